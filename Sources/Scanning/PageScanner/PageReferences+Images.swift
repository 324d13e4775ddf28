import AssetModel
import Web

/// `<img>` with what belongs to it: candidates, `<source>` elements, what lazy loaders keep, and copies for browsers without
/// scripts.
extension PageReferences {
  func image(_ element: Element) -> [Reference?] {
    let isGroup = restrictions.isGroup(element.index)
    let reason = markupReason(of: element.index)
    var image = reference(.htmlImage, element, "src")
    image?.page = restrictions.use(of: element.index)
    image?.display = displays?.display(of: element.index)
    var lazy = lazyURLs(element).filter { $0.source != image?.source }
    if isGroup {
      image?.page?.group = element.tag.start
      for index in lazy.indices { lazy[index].page?.group = element.tag.start }
    }
    image?.keptBecause = reason
    if reason == nil, !lazy.isEmpty || isLazyGroup(element) {
      image?.keptBecause = "a placeholder, in whose place a script puts another image"
    }
    let lists = candidates(element, "srcset") + LazyAttributes.lists.flatMap { candidates(element, $0) }
    let fillsSizes = image?.display.flatMap { $0.fills(sizes: element["sizes"]) ? true : nil }
    return [image]
      + lists.map {
        var candidate = grouped($0, of: element.index, attributes: element)
        candidate?.page?.fillsSizes = fillsSizes
        return candidate
      } + lazy
  }

  /// Why an image keeps its markup, whatever else is known of it.
  private func markupReason(of image: Int) -> String? {
    oversized.contains(image)
      ? "it has more candidates than are read" : restrictions.markupReason(of: image)
  }

  func source(_ element: Element) -> [Reference?] {
    let lists = candidates(element, "srcset") + LazyAttributes.lists.flatMap { candidates(element, $0) }
    guard let image = restrictions.image(of: element.index) else { return lists }
    return lists.map { grouped($0, of: image, attributes: element) }
  }

  /// A candidate with the image that it is for.
  private func grouped(_ candidate: Reference?, of image: Int, attributes element: Element) -> Reference? {
    guard var reference = candidate, let tag = tree.nodes[image].tag, var use = reference.page else {
      return candidate
    }
    let imageUse = restrictions.use(of: image)
    use.group = tag.lowerBound
    (use.pictureObstacle, use.takesCandidatesAlone) = (
      imageUse.pictureObstacle, imageUse.takesCandidatesAlone
    )
    reference.page = use
    reference.attributes = element.node.element.attributes
    reference.attributes["srcset"] = nil
    reference.keptBecause = markupReason(of: image).flatMap { isLazy(element) ? nil : $0 }
    // Narrower candidates would give the script fewer pixels than before.
    if reference.keptBecause == nil, let reason = imageUse.sizeReason { reference.keptBecause = reason }
    return reference
  }

  private func isLazy(_ element: Element) -> Bool { LazyAttributes.lists.contains { element[$0] != nil } }

  private func isLazyGroup(_ element: Element) -> Bool { isLazy(element) && element["srcset"] == nil }

  /// What a lazy loader will put into a `src` or a background: one file each, which may be a lighter one of the same size.
  func lazyURLs(_ element: Element) -> [Reference] {
    let names = LazyAttributes.urls.filter { element[$0] != nil }
    guard !names.isEmpty, restrictions.isFree else { return [] }
    return names.compactMap { name in
      guard var candidate = reference(.htmlSource, element, name), candidate.status == .local else {
        return nil
      }
      var use = PageUse()
      use.sizeReason = "a script puts it into place"
      candidate.page = use
      candidate.field = name
      return candidate
    }
  }

  /// What browsers without scripts show of lazy images: it stays the picture that those with scripts show.
  func noscriptCopies(of references: [Reference]) -> [Reference] {
    let loaders = references.filter { $0.kind == .htmlSource && $0.keptBecause == nil && isOfLoader($0) }
    guard !loaders.isEmpty else { return [] }
    let lazy = Dictionary(
      loaders.compactMap { loader in loader.source.map { ($0, loader.page?.group) } },
      uniquingKeysWith: { first, second in first ?? second })
    var copies: [Reference] = []
    for (index, node) in tree.nodes.enumerated() where node.name == "noscript" {
      guard let tag = node.tag, let end = bytes[tag.upperBound...].firstRange(of: Array("</noscript".utf8)),
        let inner = PageTree(Array(bytes[tag.upperBound..<end.lowerBound]))
      else { continue }
      for node in inner.nodes where node.name == "img" && node["srcset"] == nil {
        guard let tagRange = node.tag, let url = node["src"], let range = node.values["src"] else { continue }
        let element = Element(index: index, node: node, tag: ByteRange(tagRange).shifted(by: tag.upperBound))
        guard
          var copy = reference(
            .htmlSource, element, url: url, range: ByteRange(range).shifted(by: tag.upperBound)),
          let source = copy.source, let group = lazy[source]
        else { continue }
        var use = PageUse()
        use.group = group
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
