import AssetModel
import Web

/// A built page as gumbo parses it: its elements in document order, each with the bytes it stands at.
///
/// gumbo's positions are byte offsets into the page and were found exact; those of elements that the parser made
/// up (a missing `<tbody>`) do not exist, and such elements are not listed.
struct GumboPage {
  /// An element of the page.
  struct Element {
    /// The tag's name in lower case. `<image>` is listed as `img`, which is what browsers make of it.
    var name: String
    /// The start tag, `<` to `>`.
    var range: ByteRange
    /// The attributes, in order, names in lower case.
    var attributes: [Attribute]
    /// The text inside, for elements whose content is text (`<style>`).
    var text: ByteRange?
    /// The names of the elements around it, outermost first.
    var ancestors: [String]

    /// An attribute's value, decoded.
    subscript(_ name: String) -> String? { attribute(name)?.value }

    /// An attribute by its name.
    func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
  }

  /// An attribute of an element.
  struct Attribute {
    var name: String
    /// The value with character references decoded.
    var value: String
    /// The bytes of the value without its quotes; empty where there is none.
    var range: ByteRange
  }

  /// Pages nested deeper than this are not parsed.
  static let deepestNesting = GumboTree.deepestNesting

  /// The page's elements, or nil where the page is nested too deeply to be parsed safely.
  static func elements(of bytes: [UInt8]) -> [Element]? {
    var found: [Element] = []
    var ancestors: [String] = []
    let isParsed = GumboTree.walk(bytes) { event in
      switch event {
      case .start(let element):
        if let range = element.range, element.name != "template" {
          found.append(Element(element, range: range, ancestors: ancestors))
        }
        guard !GumboTree.unshown.contains(element.name), element.isHTML else { return .past }
        ancestors.append(element.name)
      case .end: ancestors.removeLast()
      case .comment, .text: break
      }
      return .inside
    }
    return isParsed ? found : nil
  }
}

extension GumboPage.Element {
  fileprivate init(_ element: GumboTree.Element, range: Range<Int>, ancestors: [String]) {
    self.init(
      name: element.name, range: ByteRange(range),
      attributes: element.attributes.map {
        GumboPage.Attribute(name: $0.name, value: $0.value, range: ByteRange($0.range))
      },
      text: element.name == "style" ? element.textRange.map(ByteRange.init) : nil, ancestors: ancestors)
  }
}

extension ByteRange {
  fileprivate init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }
}
