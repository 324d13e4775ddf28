/// The images that a page asks for: every URL of one, and its `<img>` elements with what they offer a browser.
package struct PageImages: Sendable {
  /// A URL of an image, and where it stands.
  package struct Use: Hashable, Sendable {
    /// The URL as it is written.
    package var url: String
    /// Where: `img src`, `source srcset`, `meta content` and the like.
    package var place: String
  }

  /// An `<img>`.
  package struct Picture: Hashable, Sendable {
    /// The `<img>` itself.
    package var img: RenderedPage.Element
    /// The `<source>` elements before it in its `<picture>`, in order.
    package var sources: [RenderedPage.Element] = []
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
  /// The value of the first `<base href>`.
  package private(set) var base: String?
  /// The URL that the page says it is published at.
  package private(set) var canonical: String?

  /// Reads a page.
  package init(_ page: RenderedPage) {
    var sources: [RenderedPage.Element] = []
    var pictureDepth = 0
    // The element whose text is CSS or JSON-LD and is read next.
    var reading: RenderedPage.Element?
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
        case "base": base = base ?? element["href"]
        default: break
        }
        take(element)
      case .end(let name):
        reading = nil
        if name == "picture" { pictureDepth = max(0, pictureDepth - 1) }
      case .text(let text):
        guard let element = reading else { continue }
        if element.name == "style" {
          uses += ImageURLs.inCSS(text).map { Use(url: String(text[$0]), place: "style") }
        } else {
          for place in ImageURLs.inJSON(text) {
            uses.append(Use(url: String(text[place]).replacing("\\/", with: "/"), place: "JSON-LD"))
          }
        }
      case .comment: break
      }
    }
  }

  private mutating func take(_ element: RenderedPage.Element) {
    switch element.name {
    case "img", "source":
      add(element, "src")
      addCandidates(element, "srcset")
    case "video": add(element, "poster")
    case "meta":
      if let content = element["content"], element.isImageMeta || ImageURLs.isImage(content) {
        uses.append(Use(url: content, place: "meta content"))
      }
      if element["property"]?.lowercased() == "og:url" { canonical = canonical ?? element["content"] }
    case "link":
      let relations = element["rel"]?.lowercased().split(separator: " ") ?? []
      if relations.contains("canonical") { canonical = element["href"] ?? canonical }
      if relations.contains("preload"), element["as"]?.lowercased() == "image" {
        add(element, "href")
        addCandidates(element, "imagesrcset")
      }
    default: break
    }
    if let style = element["style"] {
      uses += ImageURLs.inCSS(style).map { Use(url: String(style[$0]), place: "\(element.name) style") }
    }
  }

  private mutating func add(_ element: RenderedPage.Element, _ attribute: String) {
    guard let url = element[attribute] else { return }
    uses.append(Use(url: url, place: "\(element.name) \(attribute)"))
  }

  private mutating func addCandidates(_ element: RenderedPage.Element, _ attribute: String) {
    guard let value = element[attribute] else { return }
    uses += SourceCandidate.parse(value).map { Use(url: $0.url, place: "\(element.name) \(attribute)") }
  }
}

extension RenderedPage.Element {
  /// Whether it is a property that crawlers read a picture from: Open Graph, Twitter cards, microdata.
  var isImageMeta: Bool {
    guard name == "meta" else { return false }
    let property = (self["property"] ?? self["name"] ?? self["itemprop"] ?? "").lowercased()
    return [
      "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image",
    ].contains(property)
  }

  /// Whether it holds JSON-LD.
  var isLinkedData: Bool { name == "script" && self["type"]?.lowercased().contains("ld+json") == true }
}
