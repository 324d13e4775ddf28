import AssetModel
import Foundation
import PostRewriter

extension AssetManifest {
  /// Why an image of a post stays, and whether its URL may change all the same.
  private struct LeftReason: Hashable {
    var text: String
    var allowsURLs = false
  }

  /// See ``Summary/left``.
  var leftImages: [Summary.Left] {
    let bytes = Dictionary(sources.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    let posts = Dictionary(posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var counts: [LeftReason: Int] = [:]
    var files: [LeftReason: Set<String>] = [:]
    let gaining = imagesWithNewCandidates
    for reference in references where reference.status == .local {
      if let group = reference.page?.group, gaining[reference.post]?.contains(group) == true { continue }
      guard let source = reference.source, let reason = leftReason(reference, in: posts[reference.post]),
        // A candidate of ours, which the generator has in its pages.
        reference.kind != .htmlSource || VariantMark.of(source) == nil
      else { continue }
      counts[reason, default: 0] += 1
      files[reason, default: []].insert(source)
    }
    return counts.map { reason, count in
      Summary.Left(
        reason: reason.text, allowsURLs: reason.allowsURLs, references: count,
        bytes: (files[reason] ?? []).reduce(0) { $0 + (bytes[$1] ?? 0) })
    }.sorted { ($1.references, $0.reason) < ($0.references, $1.reason) }
  }

  /// The images of built pages that their generator gave candidates, and that have gained further ones: by page, the offsets
  /// of their tags.
  var imagesWithNewCandidates: [String: Set<Int>] {
    let digests = Dictionary(
      sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    let rendered = Dictionary(grouping: variants.filter { $0.purpose == .responsive }) {
      digests[$0.source] ?? $0.source
    }
    var images: [String: Set<Int>] = [:]
    for reference in references {
      guard let use = reference.page, let group = use.group, let source = reference.source else { continue }
      let files = rendered[digests[source] ?? source] ?? []
      let hasGained = use.rungs.contains { rung in
        // Whole pixels can make a rung up to 2 % narrower.
        files.contains { $0.format == rung.format && abs($0.width - rung.width) <= max(1, rung.width / 40) }
      }
      if hasGained { images[reference.post, default: []].insert(group) }
    }
    return images
  }

  /// Files of ours that a generator has in its pages, because it was given them by its own plugin or hook.
  package var variantsOfTheGenerator: (count: Int, bytes: Int) {
    let named = Set(references.lazy.filter { $0.kind == .htmlSource }.compactMap(\.source))
    let ours = sources.filter { named.contains($0.path) && VariantMark.of($0.path) != nil }
    return (ours.count, ours.reduce(0) { $0 + $1.bytes })
  }

  private func leftReason(_ reference: Reference, in post: Post?) -> LeftReason? {
    // A format that is never rewritten has a warning of its own.
    if post?.dialect.format != nil { return nil }
    if reference.isBodyImage {
      // Its generator has given it our candidates.
      if let list = reference.attributes["srcset"], !VariantMark.all(in: Data(list.utf8)).isEmpty {
        return nil
      }
      if let obstacle = reference.obstacle, reference.replacement == nil {
        let allowsFile =
          obstacle == site.fileHook?.reason
          && site.fileHook?.mayBeLighter(reference.source ?? "", of: reference.post) == true
        return obstacle == site.keepsImages ? nil : LeftReason(text: obstacle, allowsURLs: allowsFile)
      }
      return post?.keepsMarkup.map { LeftReason(text: $0, allowsURLs: true) }
    }
    return reference.keptBecause.flatMap { $0 == site.keepsImages ? nil : LeftReason(text: $0) }
  }
}
