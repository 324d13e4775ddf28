import AssetCache
import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// Remembers what posts were rewritten to, so that a post is neither read nor rewritten whose copy is what it would become.
struct RewriteCache {
  /// What a rewrite came to.
  struct CachedRewrite: Codable, Equatable {
    /// The digest of the new bytes; nil where the post stays as it is.
    var sha256: String?
    /// How many references were edited.
    var edited = 0
    var problems: [Diagnostic] = []
  }

  private let cache: AssetCache
  private let output: String
  private let keys: [String: String]
  private let cached: [String: CachedRewrite]
  private let copies: [String: (stamp: FileStamp, sha256: String)]
  private var rewrites: [String: CachedRewrite] = [:]

  /// - Parameters:
  ///   - posts: the posts that could change.
  ///   - keys: names what the rewrite of a post depends on.
  ///   - output: the output folder, absolute.
  init(_ posts: [Post], keys: RewriteKeys, output: String, cache: AssetCache, jobs: Int) {
    self.cache = cache
    self.output = output
    let named = Parallel.map(posts, jobs: jobs) { ($0.path, cache.key("rewrite", keys.key(of: $0))) }
    self.keys = Dictionary(named, uniquingKeysWith: { first, _ in first })
    let values = cache.values(.posts, named.map(\.1))
    cached = Dictionary(
      self.keys.compactMap { path, key in
        values[key].flatMap { CompactDecoder.value(CachedRewrite.self, of: $0) }.map { (path, $0) }
      }, uniquingKeysWith: { first, _ in first })
    copies = cache.digests(below: output)
  }

  /// What a post came to before; nil where that is not known.
  func cachedRewrite(of path: String) -> CachedRewrite? { cached[path] }

  /// Whether a copy that is in the output already is what a post would become.
  func isCurrent(_ path: String, _ copy: FileStamp) -> Bool {
    guard let sha256 = cached[path]?.sha256, let entry = copies[path] else { return false }
    return entry.stamp == copy && entry.sha256 == sha256
  }

  /// Takes what a post was rewritten to.
  mutating func take(_ result: PostRewriter.Result, of path: String) {
    rewrites[path] = CachedRewrite(
      sha256: result.bytes.map { ContentDigest.sha256($0) }, edited: result.edited, problems: result.problems)
  }

  /// The posts that were rewritten in this run, in byte order.
  var rewritten: [String] { rewrites.filter { $0.value.sha256 != nil }.keys.sorted() }

  /// Takes back what a post was rewritten to: it stays as it is, now and in the next run.
  ///
  /// - Returns: how many references had been edited.
  mutating func giveBack(_ path: String, _ problem: Diagnostic) -> Int {
    guard let rewrite = rewrites[path] else { return 0 }
    rewrites[path] = CachedRewrite(sha256: nil, edited: 0, problems: rewrite.problems + [problem])
    return rewrite.edited
  }

  /// Hands what was taken to the cache, when the copies are written.
  func record() {
    var values: [String: Data] = [:]
    var digests: [(path: String, stamp: FileStamp, sha256: String)] = []
    for (path, one) in rewrites {
      // A post that changed while the site was processed is another one next time.
      guard let key = keys[path], !one.problems.contains(where: { $0.severity == .error }) else { continue }
      values[key] = CompactEncoder.data(of: one)
      let copy = output + "/" + path
      if let sha256 = one.sha256, let stamp = FileStamp(of: copy) { digests.append((copy, stamp, sha256)) }
    }
    cache.set(values, in: .posts)
    cache.record(digests: digests)
  }
}
