import AssetModel
import Foundation

/// Names what the rewrite of a post depends on, so that a post is not rewritten that would come to the same.
///
/// What names a post covers its bytes, its references, the sources these lead to with all that was made of them, and the
/// options.
package struct RewriteKeys: Sendable {
  private let options: String
  private let references: [String: ArraySlice<Reference>]
  /// The digest of each source and its variants, by the source's path.
  private let sources: [String: String]

  /// - Parameters:
  ///   - manifest: the scanned site with the variants that were made.
  ///   - options: the form of the markup.
  package init(manifest: AssetManifest, options: RewriteOptions) {
    var options = options
    // What a theme's answer says for a person counts images, and is another with each new one.
    options.theme?.forgetWords()
    self.options = StableText.of(options) ?? ""
    references = Self.byPost(manifest.references)
    let digests = Dictionary(
      manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    // Sources with the same bytes share their variants, in the order of the manifest.
    let variants = Dictionary(grouping: manifest.variants) { digests[$0.source] ?? $0.source }
    sources = Dictionary(
      manifest.sources.map { source in
        (source.path, Self.digest(source, variants[source.sha256] ?? []))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A scan gives the references of a post one after the other.
  private static func byPost(_ references: [Reference]) -> [String: ArraySlice<Reference>] {
    var slices: [String: ArraySlice<Reference>] = [:]
    var start = references.startIndex
    for index in references.indices {
      let next = index + 1
      guard next == references.endIndex || references[next].post != references[index].post else { continue }
      slices[references[index].post, default: []] += references[start..<next]
      start = next
    }
    return slices
  }

  /// The key of a post.
  package func key(of post: Post) -> String {
    let references = references[post.path] ?? []
    return CompactEncoder.digest(
      of: Dependencies(
        options: options, post: post, references: Array(references),
        sources: references.map { $0.source.flatMap { sources[$0] } ?? "" }))
  }

  /// All that the rewrite of a post goes by.
  private struct Dependencies: Encodable {
    var options: String
    var post: Post
    var references: [Reference]
    /// The digests of the references' sources; empty where there is none.
    var sources: [String]
  }

  /// A digest of a source and its variants, but for who made the one and how good the others look, which no markup says.
  private static func digest(_ source: Source, _ variants: [Variant]) -> String {
    struct Content: Encodable {
      var source: Source
      var variants: [Variant]
    }
    var content = Content(source: source, variants: variants)
    content.source.credit = nil
    for number in content.variants.indices { content.variants[number].score = nil }
    return CompactEncoder.digest(of: content)
  }
}
