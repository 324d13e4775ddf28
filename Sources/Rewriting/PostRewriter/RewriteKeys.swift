import AssetModel
import Foundation

/// Names what the rewrite of a post depends on, so that a post is not rewritten that would come to the same.
///
/// The key of a post covers its bytes, its references, the sources these lead to with all that was made of them, and the
/// options.
package struct RewriteKeys: Sendable {
  /// Raised whenever the same post, references and variants come to other bytes, or to other problems, than before, or
  /// what is kept of them has another form.
  private static let rewriterVersion = 3

  private let options: String
  private let references: [String: ArraySlice<Reference>]
  /// The digest of each source and its variants, by the source's path.
  private let sources: [String: String]

  /// - Parameters:
  ///   - manifest: the scanned site with the variants that were made.
  ///   - options: the form of the markup.
  package init(manifest: AssetManifest, options: RewriteOptions) {
    self.options = "\(Self.rewriterVersion) \(StableText.of(options) ?? "")"
    references = Self.byPost(manifest.references)
    let digests = Dictionary(
      manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    // Sources with the same bytes share their variants, in the order of the manifest.
    let variants = Dictionary(grouping: manifest.variants) { digests[$0.source] ?? $0.source }
    sources = Dictionary(
      manifest.sources.map { source in
        var writer = CompactWriter()
        writer.write(source)
        for variant in variants[source.sha256] ?? [] { writer.write(variant) }
        return (source.path, ContentDigest.sha256(writer.bytes))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A scan gives the references of a post one after the other.
  private static func byPost(_ references: [Reference]) -> [String: ArraySlice<Reference>] {
    var found: [String: ArraySlice<Reference>] = [:]
    var start = references.startIndex
    for index in references.indices {
      let next = index + 1
      guard next == references.endIndex || references[next].post != references[index].post else { continue }
      found[references[index].post, default: []] += references[start..<next]
      start = next
    }
    return found
  }

  /// The key of a post.
  package func key(of post: Post) -> String {
    var writer = CompactWriter()
    writer.write(options)
    writer.write(post)
    for reference in references[post.path] ?? [] {
      writer.write(reference)
      if let source = reference.source { writer.write(sources[source]) }
    }
    return ContentDigest.sha256(writer.bytes)
  }
}
