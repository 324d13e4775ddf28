/// An element of a page, as a browser's parser sees it.
package struct HTMLElement: Hashable, Sendable {
  /// The tag's name in lower case. `<image>` is named `img`, which is what browsers make of it.
  package var name: String
  /// The attributes by name, names in lower case, values decoded. Their order means nothing to a page, and of a name that
  /// is written twice the first counts.
  package var attributes: [String: String]

  /// Makes an element.
  package init(_ name: String, _ attributes: [String: String] = [:]) {
    self.name = name
    self.attributes = attributes
  }

  /// An element that a walk has come across.
  package init(_ element: GumboTree.Element) {
    self.init(
      element.name,
      Dictionary(element.attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  /// An attribute's value.
  package subscript(_ name: String) -> String? { attributes[name] }

  /// The words of an attribute that is a list of them, in lower case.
  package func words(_ name: String) -> [Substring] {
    (self[name] ?? "").lowercased().split(whereSeparator: \.isWhitespace)
  }

  /// Whether it is a property that crawlers read a picture from: Open Graph, Twitter cards, microdata.
  package var isImageMeta: Bool {
    guard name == "meta" else { return false }
    let property = (self["property"] ?? self["name"] ?? self["itemprop"] ?? "").lowercased()
    return [
      "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image",
    ].contains(property)
  }

  /// Whether it has an image loaded before the page asks for one.
  package var isImagePreload: Bool {
    name == "link" && words("rel").contains("preload") && self["as"]?.lowercased() == "image"
  }

  /// Whether it holds JSON-LD.
  package var isLinkedData: Bool {
    name == "script" && self["type"]?.lowercased().contains("ld+json") == true
  }
}

/// What a page says of its own URL.
package struct PageLocation: Hashable, Sendable {
  /// The value of the first `<base href>`, which relative URLs start from.
  package private(set) var base: String?
  /// The URL that the page says it is published at: that of its canonical link, or else Open Graph's.
  package var canonical: String? { link ?? openGraph }

  private var link: String?
  private var openGraph: String?

  /// - Parameter elements: those of the page, in document order.
  package init(_ elements: some Sequence<HTMLElement> = []) {
    for element in elements { add(element) }
  }

  /// Takes in the next element.
  mutating func add(_ element: HTMLElement) {
    switch element.name {
    case "base": base = base ?? element["href"]
    case "link" where element.words("rel").contains("canonical"): link = link ?? element["href"]
    case "meta" where element["property"]?.lowercased() == "og:url":
      openGraph = openGraph ?? element["content"]
    default: break
    }
  }
}
