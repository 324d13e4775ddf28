import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// The image references of one built page.
struct PageReferences {
  private let bytes: [UInt8]
  private let page: String
  private let urls: PageURLs
  private let elements: [GumboPage.Element]
  private let lines: LineStarts

  init(
    bytes: [UInt8], page: String, elements: [GumboPage.Element], root: SiteRoot, site: Site,
    dependencies: Shared<Set<String>>
  ) {
    self.bytes = bytes
    self.page = page
    self.elements = elements
    urls = PageURLs(root: root, page: page, elements: elements, site: site, dependencies: dependencies)
    lines = LineStarts(bytes)
  }

  /// Every reference, in the order of the page.
  func all() -> [Reference] { elements.flatMap(references) }

  private func references(_ element: GumboPage.Element) -> [Reference] {
    var found: [Reference?] = []
    switch element.name {
    case "img":
      found.append(reference(.htmlImage, element, "src"))
      found += candidates(element, "srcset")
    case "source": found += candidates(element, "srcset")
    case "video": found.append(reference(.videoPoster, element, "poster"))
    case "link": found += preload(element)
    case "meta":
      if Self.isImageMeta(element) { found.append(reference(.metaImage, element, "content")) }
    case "style":
      if let text = element.text { found += styleURLs(element, in: text) }
    default: break
    }
    if let style = element.attribute("style"), style.range.count > 0 {
      found += styleURLs(element, in: style.range)
    }
    return found.compactMap(\.self)
  }

  private func preload(_ element: GumboPage.Element) -> [Reference?] {
    let rel = element["rel"]?.lowercased().split(separator: " ") ?? []
    guard rel.contains("preload"), element["as"]?.lowercased() == "image" else { return [] }
    return [reference(.preload, element, "href")] + candidates(element, "imagesrcset")
  }

  /// The properties that crawlers read a picture from: Open Graph and Twitter cards.
  private static func isImageMeta(_ element: GumboPage.Element) -> Bool {
    let name = (element["property"] ?? element["name"] ?? element["itemprop"] ?? "").lowercased()
    return ["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image"]
      .contains(name)
  }

  private func reference(
    _ kind: Reference.Kind, _ element: GumboPage.Element, _ name: String
  ) -> Reference? {
    guard let attribute = element.attribute(name) else { return nil }
    return reference(kind, element, url: attribute.value, range: attribute.range)
  }

  /// One reference for each candidate. Its range is found by its text: a candidate written with character
  /// references has none of its own, and gets the attribute's.
  private func candidates(_ element: GumboPage.Element, _ name: String) -> [Reference?] {
    guard let attribute = element.attribute(name) else { return [] }
    var start = attribute.range.start
    return SourceCandidate.parse(attribute.value).map { candidate in
      let url = candidate.url
      let text = Array(url.utf8)
      var range = attribute.range
      if let place = bytes[start..<attribute.range.end].firstRange(of: text) {
        range = ByteRange(place.lowerBound, place.upperBound)
        start = place.upperBound
      }
      return reference(.htmlSource, element, url: url, range: range)
    }
  }

  private func styleURLs(_ element: GumboPage.Element, in part: ByteRange) -> [Reference?] {
    PageStyleURLs.find(in: bytes, part).map { found in
      let url = String(decoding: bytes[found.range.range], as: UTF8.self)
      var reference = reference(.css, element, url: url, range: found.range)
      reference?.range = found.range
      reference?.field = found.property
      return reference
    }
  }

  private func reference(
    _ kind: Reference.Kind, _ element: GumboPage.Element, url: String, range: ByteRange
  ) -> Reference? {
    guard let resolution = urls.resolve(url) else { return nil }
    let place = lines.place(of: element.range.start, in: bytes)
    var attributes: [String: String] = [:]
    if kind == .htmlImage || kind == .preload {
      for attribute in element.attributes { attributes[attribute.name] = attribute.value }
      attributes["src"] = nil
    }
    return Reference(
      post: page, kind: kind, range: element.range, urlRange: range, line: place.line, column: place.column,
      url: url, alt: kind == .htmlImage ? element["alt"] : nil,
      title: kind == .htmlImage ? element["title"] : nil,
      status: resolution.status, reason: resolution.reason, source: resolution.source, link: resolution.link,
      attributes: attributes, context: contexts(element))
  }

  private func contexts(_ element: GumboPage.Element) -> [Reference.Context] {
    var contexts: Set<Reference.Context> = []
    for ancestor in element.ancestors {
      switch ancestor {
      case "picture": contexts.insert(.picture)
      case "a": contexts.insert(.link)
      case "h1", "h2", "h3", "h4", "h5", "h6": contexts.insert(.heading)
      default: break
      }
    }
    return contexts.sorted()
  }
}
