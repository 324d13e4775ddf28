import AssetModel
import Foundation
import GeneratorOracle
import PostRewriter
import PostScanner
import SiteFiles
import SystemResources

/// A scan whose references are those that the site's own generator shows.
struct OracleScan {
  let root: SiteRoot
  let configuration: Configuration
  let jobs: Int
  /// Folders of the site that are not part of it.
  let excluded: [String]
  let cancellation: Cancellation
  /// See `ScanOptions.text`.
  let text: TextOverlay?

  /// Has a scan's references judged.
  ///
  /// - Parameters:
  ///   - scanned: what the scanner found on its own.
  ///   - scan: scans again, with places that are known to be images.
  /// - Throws: ``PipelineError/generator(_:)`` where the site cannot be built; what `scan` throws.
  func judge(_ scanned: ScanResult, again scan: ([String: Set<Int>]) throws -> ScanResult) throws
    -> ScanResult
  {
    let verdicts = try verdicts(on: scanned)
    let comparison = verdicts.compare(scanned.references)
    var confirmed: [String: Set<Int>] = [:]
    for missed in comparison.missed { confirmed[missed.post, default: []].insert(missed.judgement.offset) }
    var result = confirmed.isEmpty ? scanned : try scan(confirmed)
    result.references = verdicts.compare(result.references).retained
    result.site.oracle = .generator
    result.problems =
      Self.problems(result.problems, without: comparison.rejected, keeping: result.references)
      + Self.notShown(comparison.rejected) + Self.missed(comparison.missed, in: result.references)
      + Self.unjudged(verdicts)
    result.problems.sort()
    return result
  }

  private func verdicts(on scanned: ScanResult) throws -> Verdicts {
    var options = GeneratorOracle.Options(scanned.site, configuration, excluding: Set(excluded), jobs: jobs)
    options.text = text?.body
    let values = Dictionary(grouping: scanned.references.filter { $0.kind == .frontMatter }, by: \.post)
    let posts = scanned.posts.compactMap { post in
      Self.syntax(of: post.dialect).map { syntax in
        OraclePost(
          path: post.path, syntax: syntax, url: post.url,
          values: (values[post.path] ?? []).map { OraclePost.Value(range: $0.urlRange, url: $0.url) })
      }
    }
    let hasDrafts = posts.contains { "/\($0.path)".contains("/_drafts/") }
    do {
      return try GeneratorOracle(root: root, options: options).judge(
        posts, hasDrafts: hasDrafts, cancellation: cancellation)
    } catch let error as GeneratorOracleError {
      throw PipelineError.generator(error.diagnostic)
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)", advice: "the temporary copy of the site could not be made; make room")
    }
  }

  /// How candidates are looked for; nil in a format whose references are not judged, since they are never edited.
  private static func syntax(of dialect: Post.Dialect) -> OraclePost.Syntax? {
    switch dialect {
    case .kramdown: .kramdown
    case .commonmark, .mdx: .commonMark
    case .pythonMarkdown: .pythonMarkdown
    case .html, .page: .html
    case .asciiDoc, .notebook, .org, .reStructuredText, .textile: nil
    }
  }

  // MARK: Problems

  private struct Spot: Hashable {
    var file: String
    var line: Int?
    var column: Int?
  }

  /// The problems that are not about references that are gone.
  private static func problems(
    _ problems: [Diagnostic], without gone: [Reference], keeping retained: [Reference]
  ) -> [Diagnostic] {
    let spots = Set(gone.map { Spot(file: $0.post, line: $0.line, column: $0.column) })
      .subtracting(retained.map { Spot(file: $0.post, line: $0.line, column: $0.column) })
    return problems.filter { problem in
      switch problem.rule {
      case .missingFile, .outsideSite, .passedThrough, .templated:
        !spots.contains(Spot(file: problem.file, line: problem.line, column: problem.column))
      default: true
      }
    }
  }

  private static func notShown(_ references: [Reference]) -> [Diagnostic] {
    var spots: Set<Spot> = []
    return references.compactMap { reference in
      guard spots.insert(Spot(file: reference.post, line: reference.line, column: reference.column)).inserted
      else {
        return nil
      }
      return Diagnostic(
        .warning, .oraclesDiffer, file: reference.post, line: reference.line, column: reference.column,
        message: "\(reference.url) is no image to the site's generator, although it reads like one",
        advice: "it is left as it is")
    }
  }

  private static func missed(_ missed: [Verdicts.Missed], in references: [Reference]) -> [Diagnostic] {
    let read = Dictionary(grouping: references, by: \.post).mapValues { Set($0.map(\.range.start)) }
    return missed.map { one in
      var source = "an image"
      if case .image(let images) = one.judgement.verdict, let first = images.map(\.source).min() {
        source = first
      }
      let isRead = read[one.post]?.contains(one.judgement.offset) == true
      return Diagnostic(
        .warning, .oraclesDiffer, file: one.post, line: one.judgement.line, column: one.judgement.column,
        message: "the site's generator shows \(source) here, which does not read like an image",
        advice: isRead
          ? "it is taken for one" : "it is left as it is; write it on one line, without template code")
    }
  }

  private static func unjudged(_ verdicts: Verdicts) -> [Diagnostic] {
    let posts = verdicts.unjudged.map { path, reason in
      Diagnostic(
        .note, .notJudged, file: path, message: "not judged by the site's generator: \(reason)",
        advice: "the built-in oracle's reading stays")
    }
    return posts
      + verdicts.notes.map { Diagnostic(.warning, .siteConfiguration, file: "Gemfile", message: $0) }
  }
}
