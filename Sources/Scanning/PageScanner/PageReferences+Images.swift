import AssetModel
import Web

/// `<img>` with what belongs to it: candidates, `<source>` elements, what lazy loaders keep, and copies for browsers without
/// scripts.
extension PageReferences {
  func image(_ element: Element) -> [Reference?] {
    let isGroup = places.isGroup(element.index)
    let kept = places.keptBecause(element.index)
    var own = reference(.htmlImage, element, "src")
    own?.page = places.use(of: element.index)
    own?.display = displays?.display(of: element.index)
    let lazy = lazyURLs(element).filter { $0.source != own?.source }
    if isGroup { own?.page?.group = element.tag.start }
    own?.keptBecause = kept
    if kept == nil, !lazy.isEmpty || isLazyGroup(element) {
      own?.keptBecause = "a placeholder, in whose place a script puts another image"
    }
    let lists = candidates(element, "srcset") + LazyAttributes.lists.flatMap { candidates(element, $0) }
    return [own] + lists.map { grouped($0, of: element.index, attributes: element) } + lazy
  }

  func source(_ element: Element) -> [Reference?] {
    let found = candidates(element, "srcset") + LazyAttributes.lists.flatMap { candidates(element, $0) }
    guard let image = places.image(of: element.index) else { return found }
    return found.map { grouped($0, of: image, attributes: element) }
  }

  /// A candidate with the image that it is for.
  private func grouped(_ candidate: Reference?, of image: Int, attributes element: Element) -> Reference? {
    guard var found = candidate, let tag = tree.nodes[image].tag, var use = found.page else {
      return candidate
    }
    let known = places.use(of: image)
    use.group = tag.lowerBound
    (use.pictureObstacle, use.takesCandidatesAlone) = (known.pictureObstacle, known.takesCandidatesAlone)
    found.page = use
    found.attributes = element.node.element.attributes
    found.attributes["srcset"] = nil
    found.keptBecause = places.keptBecause(image).flatMap { isLazy(element) ? nil : $0 }
    // Narrower candidates would give the script fewer pixels than before.
    if found.keptBecause == nil, let reason = known.sizeReason { found.keptBecause = reason }
    return found
  }

  private func isLazy(_ element: Element) -> Bool { LazyAttributes.lists.contains { element[$0] != nil } }

  private func isLazyGroup(_ element: Element) -> Bool { isLazy(element) && element["srcset"] == nil }

  /// What a lazy loader will put into a `src` or a background: one file each, which may be a lighter one of the same size.
  func lazyURLs(_ element: Element) -> [Reference] {
    let names = LazyAttributes.urls.filter { element[$0] != nil }
    guard !names.isEmpty, places.isFree else { return [] }
    return names.compactMap { name in
      guard var found = reference(.htmlSource, element, name), found.status == .local else { return nil }
      var use = PageUse()
      use.sizeReason = "a script puts it into place"
      found.page = use
      found.field = name
      return found
    }
  }

  /// What browsers without scripts show of lazy images: it stays the picture that those with scripts show.
  func noscriptCopies(of found: [Reference]) -> [Reference] {
    let lazy = Set(
      found.filter { $0.kind == .htmlSource && $0.keptBecause == nil && isOfLoader($0) }.compactMap(\.source))
    guard !lazy.isEmpty else { return [] }
    var copies: [Reference] = []
    for (index, node) in tree.nodes.enumerated() where node.name == "noscript" {
      guard let tag = node.tag, let end = bytes[tag.upperBound...].firstRange(of: Array("</noscript".utf8)),
        let inner = PageTree(Array(bytes[tag.upperBound..<end.lowerBound]))
      else { continue }
      for node in inner.nodes where node.name == "img" && node["srcset"] == nil {
        guard let place = node.tag, let url = node["src"], let range = node.values["src"] else { continue }
        let element = Element(index: index, node: node, tag: ByteRange(place).shifted(by: tag.upperBound))
        guard
          var copy = reference(
            .htmlSource, element, url: url, range: ByteRange(range).shifted(by: tag.upperBound)),
          let source = copy.source, lazy.contains(source)
        else { continue }
        var use = PageUse()
        use.sizeReason = "it is the copy of a lazy image"
        (copy.page, copy.field) = (use, "noscript")
        copies.append(copy)
      }
    }
    return copies
  }

  private func isOfLoader(_ reference: Reference) -> Bool {
    if reference.page?.sizeReason != nil { return true }
    return LazyAttributes.lists.contains { reference.attributes[$0] != nil }
  }
}
