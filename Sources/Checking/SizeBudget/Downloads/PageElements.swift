import Web

/// The elements of a built page, as far as they decide what a browser downloads for it.
struct PageElements {
  /// An element.
  struct Element {
    /// The name in lower case.
    var name: String
    /// The attributes by name, names in lower case, values decoded.
    var attributes: [String: String]
    /// The index of the element around it; nil for the root.
    var parent: Int?
    /// The byte that its start tag begins at; nil for one that the parser made up.
    var offset: Int?
    /// The text of a `<style>`.
    var text = ""

    subscript(_ name: String) -> String? { attributes[name] }
  }

  /// The elements in document order.
  private(set) var all: [Element] = []

  /// Parses a page; nil where it is nested too deeply to be parsed safely.
  init?(_ bytes: [UInt8]) {
    var found: [Element] = []
    var open: [Int] = []
    let isParsed = GumboTree.walk(bytes) { event in
      switch event {
      case .start(let element):
        guard !GumboTree.unshown.contains(element.name) else { return .past }
        let attributes = Dictionary(
          element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        found.append(
          Element(
            name: element.name, attributes: attributes, parent: open.last,
            offset: element.range?.lowerBound))
        open.append(found.count - 1)
      case .end: open.removeLast()
      case .text(let text):
        if let last = open.last, found[last].name == "style" { found[last].text += text.string }
      case .comment: break
      }
      return .inside
    }
    guard isParsed else { return nil }
    all = found
  }

  /// The value of the first `<base href>`.
  var base: String? { all.first { $0.name == "base" && $0["href"] != nil }?["href"] }

  /// The URL that the page says it is published at.
  var canonical: String? {
    all.first { $0.name == "link" && $0["rel"]?.lowercased() == "canonical" }?["href"]
      ?? all.first { $0.name == "meta" && $0["property"]?.lowercased() == "og:url" }?["content"]
  }

  /// The `<source>` elements that a browser tries before an `<img>` in a `<picture>`.
  func sources(before image: Int) -> [Element] {
    guard let parent = all[image].parent, all[parent].name == "picture" else { return [] }
    return all[parent..<image].filter { $0.name == "source" && $0.parent == parent }
  }
}
