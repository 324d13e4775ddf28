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
    for reference in references where reference.status == .local {
      guard let source = reference.source, let reason = leftReason(reference, in: posts[reference.post])
      else {
        continue
      }
      counts[reason, default: 0] += 1
      files[reason, default: []].insert(source)
    }
    return counts.map { reason, count in
      Summary.Left(
        reason: reason.text, allowsURLs: reason.allowsURLs, references: count,
        bytes: (files[reason] ?? []).reduce(0) { $0 + (bytes[$1] ?? 0) })
    }.sorted { ($1.references, $0.reason) < ($0.references, $1.reason) }
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
