import PageScanner
import Web

/// An element that asks for an image by its attributes.
struct ImageElement {
  private let role: PageRequest.Role
  private let set: SourceSet
  private let index: Int
  private let element: HTMLElement

  /// Nil for an element that asks for none.
  init?(_ page: PageTree, _ index: Int) {
    let element = page.nodes[index].element
    self.element = element
    self.index = index
    switch element.name {
    case "img":
      role = .content
      // What a lazy loader puts into place is what a reader downloads.
      set = SourceSet(
        sources: page.sources(before: index).map { source in
          SourceSet.Source(
            srcset: source["srcset"] ?? Self.lazyList(source), sizes: source["sizes"], media: source["media"],
            type: source["type"])
        },
        src: Self.lazyURL(element) ?? element["src"], srcset: Self.lazyList(element) ?? element["srcset"],
        sizes: element["sizes"])
    case "amp-img":
      role = .content
      set = SourceSet(src: element["src"], srcset: element["srcset"], sizes: element["sizes"])
    case "input":
      guard element["type"]?.lowercased() == "image" else { return nil }
      role = .content
      set = SourceSet(src: element["src"])
    case "image":
      // Of SVG; in HTML the parser makes it an `<img>`.
      role = .content
      set = SourceSet(src: element["href"] ?? element["xlink:href"])
    case "video":
      role = .poster
      set = SourceSet(src: element["poster"])
    case "body", "table", "tr", "td", "th", "thead", "tbody", "tfoot":
      guard let url = element["background"] else { return nil }
      role = .background
      set = SourceSet(src: url)
    case "link":
      guard element.isImagePreload else { return nil }
      role = .preload
      // The HTML specification's "preload": media and type decide as they do of a `<source>`.
      let list = element["imagesrcset"] ?? ""
      set = SourceSet(
        sources: [
          SourceSet.Source(
            srcset: list.isEmpty ? element["href"] : list, sizes: element["imagesizes"],
            media: element["media"], type: element["type"])
        ], src: nil)
    default: return nil
    }
    if set.src ?? "" == "", set.srcset ?? "" == "", set.sources.isEmpty { return nil }
  }

  private static func lazyURL(_ element: HTMLElement) -> String? {
    LazyAttributes.urls.lazy.compactMap { element[$0] }.first { ImageURLs.isImage($0) }
  }

  private static func lazyList(_ element: HTMLElement) -> String? {
    LazyAttributes.lists.lazy.compactMap { element[$0] }.first
  }

  /// The request with what its URLs lead to.
  func resolved(
    at position: (line: Int, column: Int)?, _ urls: PageURLs,
    _ views: [(screen: Screen, styles: PageStyles)]
  ) -> PageRequest {
    let first = set.src ?? set.srcset.flatMap { SourceCandidate.parse($0).first?.url }
    let written = first ?? set.sources.lazy.compactMap(\.srcset).flatMap(SourceCandidate.parse).first?.url
    var request = PageRequest(
      role: role, line: position?.line, column: position?.column, url: written ?? "",
      attributes: element.attributes)
    request.hasCandidates = set.srcset != nil || !set.sources.isEmpty
    request.isLazy = role == .content && element["loading"]?.lowercased() == "lazy"
    let resolution = urls.resolve(request.url)
    request.file = resolution?.source
    request.isMissing = resolution?.status == .missing
    for (screen, styles) in views {
      // A lazy image without a box never comes near the viewport.
      if request.isLazy, styles.isHidden(index) { continue }
      guard let choice = set.choice(on: screen, autoSlot: autoSlot(on: screen)),
        let file = urls.file(choice.url)
      else { continue }
      request.choices[screen.name] = PageRequest.Choice(file: file, slot: slot(of: choice, on: screen))
    }
    return request
  }

  /// What `sizes="auto"` means of a lazy image whose other sizes say nothing: as wide as its attribute says, within the
  /// window. Where sizes follow `auto`, whoever wrote them knew the layout better.
  private func autoSlot(on screen: Screen) -> Double? {
    guard element["loading"]?.lowercased() == "lazy", let sizes = element["sizes"], !sizes.contains(",")
    else {
      return nil
    }
    return width.map { min($0, Double(screen.width)) }
  }

  /// The `width` attribute, in CSS pixels.
  private var width: Double? {
    guard let text = element["width"], !text.contains("%") else { return nil }
    return Double(text.prefix { $0.isNumber })
  }

  private func slot(of choice: SourceSet.Choice, on screen: Screen) -> Double? {
    guard role == .content else { return nil }
    return choice.narrowSlot(on: screen) ?? width.map { min($0, Double(screen.width)) }
  }
}
