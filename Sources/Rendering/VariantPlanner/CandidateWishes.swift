import AssetModel

/// Writes into the references of built pages which further candidates are wanted of their files.
package enum CandidateWishes {
  package static func assign(to manifest: inout AssetManifest, options: PlanOptions) {
    guard manifest.references.contains(where: { $0.page?.group != nil }) else { return }
    let sources = Dictionary(manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var wanted: [String: Set<PageUse.Rung>] = [:]
    var unchanged: [String: Set<Int>] = [:]
    for (post, references) in Dictionary(grouping: manifest.references, by: \.post) {
      for group in CandidateGroup.all(of: references) {
        let wishes = group.wishes(
          sources, widths: options.widths, markup: options.markup, srcsetFormat: options.srcsetFormat,
          folder: options.folder)
        if group.isLazy, wishes.isEmpty { unchanged[post, default: []].insert(group.start) }
        for wish in wishes {
          wanted[wish.source.path, default: []].formUnion(
            wish.widths.map { PageUse.Rung(format: wish.format, width: $0) })
        }
      }
    }
    keepCopies(of: unchanged, in: &manifest)
    for index in manifest.references.indices where manifest.references[index].page?.group != nil {
      guard let source = manifest.references[index].source, let rungs = wanted[source] else { continue }
      manifest.references[index].page?.rungs = rungs.sorted {
        ($0.width, $0.format.rawValue) < ($1.width, $1.format.rawValue)
      }
    }
  }

  /// What a lazy image names beside its candidates shows the picture that they show: where they stay, it does.
  ///
  /// - Parameter unchanged: the images, by the offsets of their tags.
  private static func keepCopies(of unchanged: [String: Set<Int>], in manifest: inout AssetManifest) {
    for index in manifest.references.indices {
      let reference = manifest.references[index]
      guard let use = reference.page, use.list == nil, use.sizeReason != nil, let group = use.group,
        unchanged[reference.post]?.contains(group) == true
      else { continue }
      manifest.references[index].keptBecause =
        "the candidates that a script puts into its place are not of one picture, or lack nothing"
    }
  }
}
