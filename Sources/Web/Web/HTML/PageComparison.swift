/// Whether two builds of a page are the same but for lighter images.
///
/// They are when their trees are equal once `<picture>` is unwrapped, each `<source>` in it is dropped, what an
/// `<img>` loads and when is left out, and each image URL that a layout printed into a `<meta>`, a style or JSON-LD
/// is read as one token. Runs of white space count as one space, but for those in `<pre>` and `<textarea>`.
/// Comments are left out: they show nothing. How an `<img>` stands in its `<picture>` counts for itself.
package enum PageComparison {
  /// The first place at which two pages differ.
  package struct Difference: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The place in the tree of the page before: `html > body > p[2]`; of a `<picture>`, in that of the page after.
    package var path: String
    /// What stands there before.
    package var before: String
    /// What stands there after.
    package var after: String

    package var description: String { "at \(path): before \(before), after \(after)" }
  }

  /// The attributes of an `<img>` that say what is loaded, when, and how much room it is given meanwhile.
  private static let loading: Set<String> = [
    "srcset", "sizes", "width", "height", "loading", "decoding", "fetchpriority", "style", "src",
  ]

  /// The first difference; nil where the pages are the same.
  package static func difference(_ before: RenderedPage, _ after: RenderedPage) -> Difference? {
    let a = comparable(before)
    let b = comparable(after)
    guard
      let index = zip(a, b).enumerated().first(where: { !isSame($1.0, $1.1) })?.offset
        ?? (a.count == b.count ? nil : min(a.count, b.count))
    else { return PictureComparison.misplaced(before, after) }
    return Difference(path: path(in: a, to: index), before: shown(a, index), after: shown(b, index))
  }

  // MARK: What is compared

  /// The tokens that count, each in the form in which it counts.
  private static func comparable(_ page: RenderedPage) -> [RenderedPage.Token] {
    var out: [RenderedPage.Token] = []
    out.reserveCapacity(page.tokens.count)
    var text = ""
    var pictures = 0
    var verbatim = 0
    var reading: HTMLElement?

    func endText() {
      guard !text.isEmpty else { return }
      out.append(.text(verbatim > 0 ? text : folded(text)))
      text = ""
    }

    for token in page.tokens {
      switch token {
      case .start(let element):
        reading = element
        if element.name == "picture" {
          pictures += 1
        } else if element.name != "source" || pictures == 0 {
          endText()
          if isVerbatim(element.name) { verbatim += 1 }
          out.append(.start(comparable(element)))
        }
      case .end(let name):
        reading = nil
        if name == "picture" {
          pictures = max(0, pictures - 1)
        } else if name != "source" || pictures == 0 {
          endText()
          if isVerbatim(name) { verbatim = max(0, verbatim - 1) }
          out.append(.end(name: name))
        }
      case .text(let part):
        if reading?.name == "style" {
          text += ImageURLs.masked(part, ImageURLs.inCSS(part))
        } else if reading?.isLinkedData == true {
          text += ImageURLs.masked(part, ImageURLs.inJSON(part))
        } else {
          text += part
        }
      case .comment: continue
      }
    }
    endText()
    return out
  }

  private static func comparable(_ element: HTMLElement) -> HTMLElement {
    var element = element
    switch element.name {
    case "img":
      element.attributes = element.attributes.filter { name, _ in
        !loading.contains(name) && !name.hasPrefix("data-")
      }
    case "amp-img": (element.attributes["srcset"], element.attributes["sizes"]) = (nil, nil)
    case "meta":
      if let content = element["content"], ImageURLs.isImage(content),
        element.isImageMeta || !content.contains(" ")
      {
        element.attributes["content"] = ImageURLs.token
      }
    case "video": if element["poster"] != nil { element.attributes["poster"] = ImageURLs.token }
    case "link":
      if element["as"]?.lowercased() == "image" {
        if element["href"] != nil { element.attributes["href"] = ImageURLs.token }
        element.attributes["imagesrcset"] = nil
        element.attributes["imagesizes"] = nil
        element.attributes["type"] = nil
      }
    default: break
    }
    if let style = element["style"] {
      element.attributes["style"] = ImageURLs.masked(style, ImageURLs.inCSS(style))
    }
    return element
  }

  private static func isVerbatim(_ name: String) -> Bool { name == "pre" || name == "textarea" }

  /// Runs of the white space that HTML folds, as one space. A no-break space is none of it.
  private static func folded(_ text: String) -> String {
    var out: [UInt8] = []
    var isSpace = false
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
        if !isSpace { out.append(0x20) }
        isSpace = true
      default:
        out.append(byte)
        isSpace = false
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  // MARK: When tokens are the same

  private static func isSame(_ a: RenderedPage.Token, _ b: RenderedPage.Token) -> Bool {
    switch (a, b) {
    case (.start(let a), .start(let b)):
      isSame(a.name, b.name) && a.attributes.count == b.attributes.count
        && a.attributes.allSatisfy { name, value in b[name].map { isSame($0, value) } ?? false }
    case (.end(let a), .end(let b)), (.text(let a), .text(let b)), (.comment(let a), .comment(let b)):
      isSame(a, b)
    default: false
    }
  }

  /// Swift's `==` takes the two normalization forms of one Hangul syllable for the same text. A server that is asked
  /// for a file does not.
  private static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  // MARK: How a difference is shown

  /// The elements that are open at a token, each with its number among its siblings of that name where it is not
  /// the first.
  static func path(in tokens: [RenderedPage.Token], to index: Int) -> String {
    var open: [(label: String, children: [String: Int])] = [("", [:])]
    for token in tokens.prefix(index) {
      switch token {
      case .start(let element):
        let number = open[open.count - 1].children[element.name, default: 0] + 1
        open[open.count - 1].children[element.name] = number
        open.append((number == 1 ? element.name : "\(element.name)[\(number)]", [:]))
      case .end: if open.count > 1 { open.removeLast() }
      case .comment, .text: continue
      }
    }
    let path = open.dropFirst().map(\.label).joined(separator: " > ")
    return path.isEmpty ? "the root" : path
  }

  private static func shown(_ tokens: [RenderedPage.Token], _ index: Int) -> String {
    guard index < tokens.count else { return "the end of the page" }
    switch tokens[index] {
    case .start(let element):
      let attributes = element.attributes.sorted { $0.key < $1.key }.map {
        " \($0.key)=\"\(shortened($0.value))\""
      }
      return "<\(element.name)\(attributes.joined())>"
    case .end(let name): return "</\(name)>"
    case .text(let text): return "the text “\(shortened(text))”"
    case .comment(let text): return "the comment “\(shortened(text))”"
    }
  }

  private static func shortened(_ text: String) -> String {
    text.count > 120 ? text.prefix(117) + "…" : text
  }
}
