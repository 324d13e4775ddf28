import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// The image references of one built page.
struct PageReferences {
  let bytes: [UInt8]
  let page: String
  let urls: PageURLs
  let tree: PageTree
  let restrictions: ImageRestrictions
  private let lines: LineStarts
  /// Nil for a page that shows no image.
  let displays: PageDisplays?
  /// Whether each element stands in SVG or MathML.
  private let isForeign: [Bool]
  /// The elements whose candidates are not read, and their images.
  private(set) var oversized: Set<Int> = []

  init(
    bytes: [UInt8], page: String, tree: PageTree, root: SiteRoot, site: Site, sheets: PageSheets,
    policy: InlineStylePolicy, dependencies: Shared<Set<String>>, scripts: ScriptLibrary
  ) {
    self.bytes = bytes
    self.page = page
    self.tree = tree
    urls = PageURLs(
      root: root, page: page, location: tree.location, site: site, dependencies: dependencies)
    lines = LineStarts(bytes)
    isForeign = tree.nodes.reduce(into: []) { flags, node in
      flags.append(node.parent.map { flags[$0] || !tree.nodes[$0].isHTML } ?? false)
    }
    let showsImage = tree.nodes.contains { $0.name == "img" || $0.name == "amp-img" }
    let rules = showsImage ? sheets.rules(of: tree, page: page, urls) : nil
    displays = rules.map { PageDisplays(tree, $0, sheets, policy) }
    restrictions = ImageRestrictions(
      tree, bytes: bytes, page: page, urls: urls, scripts: scripts, sheets: rules)
    let sources = tree.nodes.lazy.filter { $0.name == "source" }.compactMap(\.parent)
    let counts = Dictionary(sources.map { ($0, 1) }, uniquingKeysWith: +)
    for (index, node) in tree.nodes.enumerated() {
      let isOfMany = node.name == "source" && node.parent.flatMap { counts[$0] } ?? 0 > Self.mostSources
      guard isOfMany || Self.isOversized(node) else { continue }
      oversized.insert(index)
      if let image = restrictions.image(of: index) { oversized.insert(image) }
    }
  }

  /// Bytes of a tag, for each of its candidates once: a thousand candidates of sixty letters each are as many.
  private static let mostRepeated = 64_000_000
  /// Sources of a `<picture>`.
  private static let mostSources = 256

  /// Whether an element says so much, and has so many candidates, that it cannot be told with each of them. Nobody writes such a
  /// one by intent.
  private static func isOversized(_ node: PageTree.Node) -> Bool {
    guard let tag = node.tag, tag.count * tag.count > mostRepeated else { return false }
    return (["srcset", "imagesrcset"] + LazyAttributes.lists).contains { name in
      (node[name] ?? "").utf8.count { $0 == UInt8(ascii: ",") } * tag.count > mostRepeated
    }
  }

  /// Every reference, in the order of the page.
  func all() -> [Reference] {
    let all = tree.nodes.indices.flatMap(references)
    return all + noscriptCopies(of: all)
  }

  /// The stylesheets whose bytes the page names by a hash (`integrity`): other bytes would be refused.
  var fixedStylesheets: Set<String> {
    Set(
      tree.nodes.lazy.filter { $0.name == "link" && $0["integrity"] != nil }.compactMap { $0["href"] }
        .compactMap(urls.file))
  }

  /// An element of the page whose tag stands in its text.
  struct Element {
    var index: Int
    var node: PageTree.Node
    var tag: ByteRange

    subscript(_ name: String) -> String? { node[name] }

    /// An attribute's value, and its bytes without quotes.
    func attribute(_ name: String) -> (value: String, range: ByteRange)? {
      guard let value = node[name], let range = node.values[name] else { return nil }
      return (value, ByteRange(range))
    }
  }

  private func references(_ index: Int) -> [Reference] {
    let node = tree.nodes[index]
    // In SVG and MathML nothing is looked for.
    guard let tag = node.tag, node.name != "template", !isForeign[index] else { return [] }
    let element = Element(index: index, node: node, tag: ByteRange(tag))
    var references: [Reference?] = []
    switch node.name {
    case "img": references += image(element)
    case "amp-img": if restrictions.isAMP { references += image(element) }
    case "source": references += source(element)
    case "video": references.append(reference(.videoPoster, element, "poster"))
    case "link": references += preload(element)
    case "meta":
      if node.element.isImageMeta { references.append(reference(.metaImage, element, "content")) }
    case "style":
      if let text = node.styleRange { references += styleURLs(element, in: ByteRange(text)) }
    case "script": if node.element.isLinkedData { references += linkedData(element) }
    default: references += lazyURLs(element)
    }
    if let style = element.attribute("style"), style.range.count > 0 {
      references += styleURLs(element, in: style.range)
    }
    return references.compactMap(\.self)
  }

  private func preload(_ element: Element) -> [Reference?] {
    guard element.node.element.isImagePreload else { return [] }
    return [reference(.preload, element, "href")] + candidates(element, "imagesrcset")
  }

  func reference(
    _ kind: Reference.Kind, _ element: Element, _ name: String
  ) -> Reference? {
    guard let attribute = element.attribute(name) else { return nil }
    return reference(kind, element, url: attribute.value, range: attribute.range)
  }

  /// One reference for each candidate. Its range is found by its text: a candidate written with character
  /// references has none of its own, and gets the attribute's.
  func candidates(_ element: Element, _ name: String) -> [Reference?] {
    guard let attribute = element.attribute(name), !oversized.contains(element.index) else { return [] }
    var start = attribute.range.start
    return SourceCandidate.parse(attribute.value).map { candidate in
      let url = candidate.url
      let text = Array(url.utf8)
      var range = attribute.range
      if let match = bytes[start..<attribute.range.end].firstRange(of: text) {
        range = ByteRange(match.lowerBound, match.upperBound)
        start = match.upperBound
      }
      var reference = reference(.htmlSource, element, url: url, range: range)
      var use = PageUse()
      (use.list, use.width, use.density) = (attribute.range, candidate.width, candidate.density)
      reference?.page = use
      return reference
    }
  }

  /// The pictures that JSON-LD gives an article or a page: one file each, as crawlers are given in `<meta>`. What an object tells
  /// the size of beside it stays.
  private func linkedData(_ element: Element) -> [Reference?] {
    let start = element.tag.end
    guard let end = bytes[start...].firstRange(of: Array("</".utf8))?.lowerBound else { return [] }
    return LinkedPictures.find(in: bytes, start..<end).map { picture in
      let range = ByteRange(picture.range)
      guard var reference = reference(.metaImage, element, url: picture.url, range: range),
        reference.status == .local
      else { return nil }
      (reference.range, reference.field) = (range, Reference.linkedData)
      return reference
    }
  }

  private func styleURLs(_ element: Element, in part: ByteRange) -> [Reference?] {
    PageStyleURLs.find(in: bytes, part).map { match in
      let url = String(decoding: bytes[match.range.range], as: UTF8.self)
      var reference = reference(.css, element, url: url, range: match.range)
      reference?.range = match.range
      reference?.field = match.property
      return reference
    }
  }

  func reference(
    _ kind: Reference.Kind, _ element: Element, url: String, range: ByteRange
  ) -> Reference? {
    guard let resolution = urls.resolve(url) else { return nil }
    let position = lines.position(of: element.tag.start, in: bytes)
    var attributes: [String: String] = [:]
    if kind == .htmlImage || kind == .preload {
      attributes = element.node.element.attributes
      attributes["src"] = nil
    }
    return Reference(
      post: page, kind: kind, range: element.tag, urlRange: range, line: position.line,
      column: position.column,
      url: url, alt: kind == .htmlImage ? element["alt"] : nil,
      title: kind == .htmlImage ? element["title"] : nil,
      status: resolution.status, reason: resolution.reason, source: resolution.source, link: resolution.link,
      attributes: attributes, context: contexts(element))
  }

  private func contexts(_ element: Element) -> [Reference.Context] {
    var contexts: Set<Reference.Context> = []
    for ancestor in tree.ancestors(of: element.index) {
      switch ancestor.name {
      case "picture": contexts.insert(.picture)
      case "a": contexts.insert(.link)
      case "h1", "h2", "h3", "h4", "h5", "h6": contexts.insert(.heading)
      default: break
      }
    }
    return contexts.sorted()
  }
}

extension ByteRange {
  init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }

  func shifted(by offset: Int) -> ByteRange { ByteRange(start + offset, end + offset) }
}
