/// The images that a page asks for: every URL of one, and its `<img>` elements with what they offer a browser.
package struct PageImages: Sendable {
  /// A URL of an image, and where it stands.
  package struct Use: Hashable, Sendable {
    /// The URL as it is written.
    package var url: String
    /// Where: `img src`, `source srcset`, `meta content` and the like.
    package var location: String
  }

  /// An `<img>`.
  package struct Picture: Hashable, Sendable {
    /// The `<img>` itself.
    package var img: HTMLElement
    /// The `<source>` elements before it in its `<picture>`, in order.
    package var sources: [HTMLElement] = []
    /// Whether it stands in a `<picture>`.
    package var isInPicture = false

    /// What a browser may choose from, by media type; nil is the type of the `<img>` itself, which is not said.
    package var candidates: [(type: String?, candidate: SourceCandidate)] {
      var all: [(type: String?, candidate: SourceCandidate)] = []
      for source in sources {
        all += SourceCandidate.parse(source["srcset"] ?? "").map { (source["type"], $0) }
      }
      return all + SourceCandidate.parse(img["srcset"] ?? "").map { (nil, $0) }
    }
  }

  /// Every URL in the order of the page.
  package private(set) var uses: [Use] = []
  /// Every `<img>` in the order of the page.
  package private(set) var pictures: [Picture] = []
  /// What the page says of its own URL.
  package private(set) var location = PageLocation()

  /// Reads a page.
  package init(_ page: RenderedPage) {
    var sources: [HTMLElement] = []
    var pictureDepth = 0
    // The element whose text is CSS or JSON-LD and is read next.
    var reading: HTMLElement?
    for token in page.tokens {
      switch token {
      case .start(let element):
        reading = element.name == "style" || element.isLinkedData ? element : nil
        switch element.name {
        case "picture":
          pictureDepth += 1
          sources = []
        case "source" where pictureDepth > 0: sources.append(element)
        case "img":
          pictures.append(
            Picture(img: element, sources: pictureDepth > 0 ? sources : [], isInPicture: pictureDepth > 0))
        default: break
        }
        location.add(element)
        take(element)
      case .end(let name):
        reading = nil
        if name == "picture" { pictureDepth = max(0, pictureDepth - 1) }
      case .text(let text):
        guard let element = reading else { continue }
        if element.name == "style" {
          uses += ImageURLs.inCSS(text).map { Use(url: String(text[$0]), location: "style") }
        } else {
          for range in ImageURLs.inJSON(text) {
            uses.append(Use(url: String(text[range]).replacing("\\/", with: "/"), location: "JSON-LD"))
          }
        }
      case .comment: break
      }
    }
  }

  private mutating func take(_ element: HTMLElement) {
    switch element.name {
    case "img", "source":
      add(element, "src")
      addCandidates(element, "srcset")
    case "video": add(element, "poster")
    case "meta":
      if let content = element["content"], element.isImageMeta || ImageURLs.isImage(content) {
        uses.append(Use(url: content, location: "meta content"))
      }
    case "link" where element.isImagePreload:
      add(element, "href")
      addCandidates(element, "imagesrcset")
    default: break
    }
    if let style = element["style"] {
      uses += ImageURLs.inCSS(style).map { Use(url: String(style[$0]), location: "\(element.name) style") }
    }
  }

  private mutating func add(_ element: HTMLElement, _ attribute: String) {
    guard let url = element[attribute] else { return }
    uses.append(Use(url: url, location: "\(element.name) \(attribute)"))
  }

  private mutating func addCandidates(_ element: HTMLElement, _ attribute: String) {
    guard let value = element[attribute] else { return }
    uses += SourceCandidate.parse(value).map { Use(url: $0.url, location: "\(element.name) \(attribute)") }
  }
}
