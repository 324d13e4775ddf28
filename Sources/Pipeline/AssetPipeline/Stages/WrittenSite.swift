import AssetCache
import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SizeBudget

/// A site that is written, and the run in figures.
struct WrittenSite {
  let rendered: RenderedSite
  var manifest: AssetManifest
  /// Posts with new markup, and those of them that were written now.
  var postsRewritten = 0
  var postsWritten = 0
  /// References that were edited.
  var referencesRewritten = 0
  /// What gives images of posts candidates in the generator's own build; nil where none does.
  var door: String?
  /// Pages that were read again once they were written.
  var pagesProven = 0
  /// When the first of the variants that are kept for a while goes, in seconds since 1970; nil for none.
  var until: Int?
  /// Pictures that no post names; nil where posts name most of them.
  var unnamed: Summary.Unnamed?
  /// What the site weighs after the run.
  var weight: SiteWeight?

  init(_ rendered: RenderedSite) {
    self.rendered = rendered
    manifest = rendered.manifest
  }

  /// Adds what a post was rewritten to.
  ///
  /// - Returns: its new bytes; nil where it stays as it is.
  mutating func add(_ result: PostRewriter.Result, of post: Post) -> Data? {
    let isRewritten = result.bytes != nil && !post.isStylesheet
    add(edited: result.edited, result.problems, isRewritten: isRewritten)
    if isRewritten { postsWritten += 1 }
    return result.bytes
  }

  /// Takes back what a page was rewritten to.
  mutating func giveBack(_ path: String, edited: Int, _ problem: Diagnostic) {
    manifest.problems.append(problem)
    referencesRewritten -= edited
    if !Post.isStylesheet(path) { postsRewritten -= 1 }
  }

  /// Adds the figures of a post.
  mutating func add(edited: Int, _ problems: [Diagnostic], isRewritten: Bool) {
    manifest.problems += problems
    referencesRewritten += edited
    if isRewritten { postsRewritten += 1 }
  }

  /// The site as the copy holds it: pictures that were made lighter at their own URLs have other bytes there.
  var published: AssetManifest {
    let keepsPosition = rendered.planned.configuration.privacy == .keep
    return rendered.originals?.published(manifest, keepsPosition: keepsPosition) ?? manifest
  }

  /// What the run gives back.
  ///
  /// - Parameters:
  ///   - output: where the result is, as the user named it.
  ///   - file: where the manifest is kept; nil to keep none.
  ///   - cache: what was wrong with it is told, and not kept in the manifest's file: that says what the site is, however
  ///     its variants came about.
  func result(
    output: String, manifest file: String?, cache: AssetCache, since start: ContinuousClock.Instant
  ) throws(FileError) -> Pipeline.Result {
    var manifest = manifest.sorted()
    // The manifest's types always encode; a file system that refuses is the only failure there is.
    if let file, let data = try? manifest.data(forFile: file) {
      try FileAccess.writeIfChanged(data, to: file)
    }
    manifest.problems += cache.problems
    var summary = rendered.planned.summary(of: manifest, since: start)
    summary.encoded = rendered.encoded
    summary.postsRewritten = postsRewritten
    summary.referencesRewritten = referencesRewritten
    summary.door = door
    summary.originals = rendered.originals?.summary
    summary.downloads = weight?.downloads
    summary.pagesProven = pagesProven
    summary.unnamed = unnamed
    summary.output = output
    var result = Pipeline.Result(manifest: manifest, summary: summary)
    result.postsWritten = postsWritten
    result.weight = weight
    return result
  }
}

extension PlannedSite {
  /// What a run that makes nothing gives back: the variants it counts are those that are wanted.
  func result(since start: ContinuousClock.Instant) -> Pipeline.Result {
    let manifest = manifest
    var summary = summary(of: manifest, since: start)
    summary.variants = plan.jobs.reduce(0) {
      $0 + (existing[$1.source.path] == nil ? $1.renditions.count : 0)
    }
    return Pipeline.Result(manifest: manifest.sorted(), summary: summary)
  }

  fileprivate func summary(of manifest: AssetManifest, since start: ContinuousClock.Instant) -> Summary {
    var summary = Summary(manifest: manifest)
    summary.markup = Summary.Markup(
      configured: configuration.markup, measured: configuration.layouts.markup, theme: theme)
    summary.downloadsBefore = downloadsBefore
    summary.seconds = (ContinuousClock.now - start).seconds
    return summary
  }
}

extension AssetManifest {
  /// The name of the file that a staged copy's records hold it in.
  static let fileName = "manifest.json"
  /// The name of the one that a build keeps for the next, which nobody else reads: JSON of a thousand pages takes a tenth of
  /// the time of a build in which one has changed.
  static let buildFileName = "manifest"

  /// The bytes of a file that holds the manifest: JSON, or those that this program reads fastest.
  ///
  /// - Throws: `EncodingError`, `CompactFailure`, which the manifest's own types never cause.
  fileprivate func data(forFile path: String) throws -> Data {
    path.hasSuffix("/" + Self.buildFileName) ? Data(try CompactEncoder.bytes(of: self)) : try json()
  }

  /// Reads the file that a run of this program has written.
  ///
  /// - Throws: `FileError`, `DecodingError`
  init(file path: String) throws {
    let data = try FileAccess.read(path)
    guard path.hasSuffix("/" + Self.buildFileName) else {
      self = try AssetManifest(json: data)
      return
    }
    guard let manifest = CompactDecoder.value(AssetManifest.self, of: data) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "\(path) is not what a build of this program has written"))
    }
    self = manifest
  }
}

extension FileAccess {
  /// Writes a file unless it holds the bytes already.
  static func writeIfChanged(_ data: Data, to path: String) throws(FileError) {
    if let old = try? read(path), old == data { return }
    try write(data, to: path)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
