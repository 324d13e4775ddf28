import Dispatch
import Foundation
import Manifest
import SiteFiles

/// What a scan found.
package struct ScanResult: Sendable {
  /// The site.
  package var site: Site
  /// Every file that was read for references, by path.
  package var posts: [Post]
  /// Every place that names an image, by post and position.
  package var references: [Reference]
  /// What a person should know, in the order of problems.
  package var problems: [Problem]
}

/// Reads a site's posts and finds every place that names an image.
///
/// A Jekyll site is read as Jekyll 4.3 reads it: the same files are posts and pages, the same bytes are front
/// matter, and what kramdown does not show is no reference.
package struct PostScanner: Sendable {
  private let root: SiteRoot
  private let name: String
  private let options: ScanOptions

  /// - Parameters:
  ///   - root: the site's root.
  ///   - name: the root as the user named it.
  ///   - options: what the user chose.
  package init(root: SiteRoot, name: String, options: ScanOptions = ScanOptions()) {
    self.root = root
    self.name = name
    self.options = options
  }

  /// Scans the site.
  ///
  /// - Throws: ``ScanError`` where the folder is no site, or its configuration cannot be read. What is wrong with
  ///   a post is a problem in the result.
  package func scan() throws -> ScanResult {
    let found = try configuration()
    let files = JekyllFiles(found.configuration, excludedFolders: options.excludedFolders)
    let entries: [FileEntry]
    do throws(FileError) {
      entries = try FileTree.files(below: root.absolute("")) { files.isSkipped(folder: $0) }
    } catch {
      throw ScanError.unreadable(file: error.path, message: error.reason)
    }
    let pages = PageURL(found.configuration)
    let index = SiteIndex(root: root, entries: entries, files: files, pages: pages)
    let reading = PostReading(
      root: root,
      configuration: found.configuration,
      pages: pages,
      resolver: URLResolver(index: index, baseurl: found.configuration.baseurl, url: found.configuration.url),
      fields: options.frontMatterFields,
      confirmed: options.confirmed
    )
    let work = entries.compactMap { Self.work($0, files, found.configuration) }
    var outcomes = Self.inParallel(work, jobs: options.jobs) { reading.read($0) }
    readPartials(of: &outcomes, entries, reading)
    var result = ScanResult(
      site: Site(
        kind: .jekyll,
        reason: found.reason,
        root: name,
        baseurl: found.configuration.baseurl,
        url: found.configuration.url
      ),
      posts: outcomes.compactMap(\.post),
      references: [],
      problems: found.problems
    )
    collect(outcomes, index, &result)
    return result
  }

  // MARK: The site

  private func configuration() throws(ScanError) -> (
    configuration: JekyllConfiguration, reason: String, problems: [Problem]
  ) {
    for file in ["_config.yml", "_config.yaml"] {
      guard case .file = root.resolve(file) else { continue }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = [UInt8](try FileAccess.read(root.absolute(file)))
      } catch {
        throw .unreadable(file: file, message: error.reason)
      }
      let configuration = try JekyllConfiguration(yaml: bytes, file: file)
      var problems: [Problem] = []
      if let engine = configuration.otherMarkdown {
        problems.append(
          Problem(
            .warning,
            .siteConfiguration,
            file: file,
            message: "posts are rendered by \(engine), and are read here as kramdown reads them",
            advice: "check the result, or set markdown: kramdown"
          )
        )
      }
      return (configuration, "\(file) is there", problems)
    }
    guard case .folder = root.resolve("_posts") else { throw .unknownSite(folder: name) }
    return (JekyllConfiguration(), "a folder _posts is there, without a configuration", [])
  }

  /// What is to be read of a file; nil where it cannot hold references.
  private static func work(
    _ entry: FileEntry,
    _ files: JekyllFiles,
    _ configuration: JekyllConfiguration
  ) -> PostReading.Work? {
    guard entry.kind == .file else { return nil }
    let name = FileName(entry.path)
    let dialect: Post.Dialect
    if configuration.markdownExtensions.contains(name.kind) {
      dialect = .kramdown
    } else if ["html", "htm", "xhtml"].contains(name.kind) {
      dialect = .html
    } else {
      return nil
    }
    guard let role = files.role(of: entry.path) else { return nil }
    // Jekyll reads nothing from `_posts` whose name has no date.
    if role == .post, name.date == nil { return nil }
    return PostReading.Work(entry: entry, role: role, dialect: dialect)
  }

  /// Reads the Markdown files that posts take in, and those that these take in. A file that several posts take in
  /// is read once, as part of the first.
  private func readPartials(
    of outcomes: inout [PostReading.Outcome],
    _ entries: [FileEntry],
    _ reading: PostReading
  ) {
    var known = Set(outcomes.compactMap { $0.post?.path })
    var next = 0
    var byPath: [String: FileEntry]?
    while next < outcomes.count {
      let outcome = outcomes[next]
      next += 1
      guard let post = outcome.post else { continue }
      for path in outcome.partials where known.insert(path).inserted {
        let index = byPath ?? Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }
        byPath = index
        guard let entry = index[path] else { continue }
        outcomes.append(
          reading.read(PostReading.Work(entry: entry, role: .partial(of: post.url), dialect: .kramdown))
        )
      }
    }
    outcomes.sort { ($0.post?.path ?? "") < ($1.post?.path ?? "") }
  }

  // MARK: The work

  private func collect(_ outcomes: [PostReading.Outcome], _ index: SiteIndex, _ result: inout ScanResult) {
    var nearest: NearestFile?
    for outcome in outcomes {
      result.problems += outcome.problems
      for (var reference, sought) in zip(outcome.references, outcome.sought) {
        var words = (message: reference.reason ?? "", advice: nil as String?)
        if let sought {
          let finder = nearest ?? NearestFile(index.allPaths)
          nearest = finder
          words = finder.advice(for: sought)
          reference.reason = PostReading.reason(words.message, words.advice)
        }
        result.references.append(reference)
        if let problem = Self.problem(reference, words.message, words.advice) {
          result.problems.append(problem)
        }
      }
    }
    result.problems.sort()
  }

  /// What a person should know about a reference that leads to no image of the site.
  private static func problem(_ reference: Reference, _ message: String, _ advice: String?) -> Problem? {
    let code: Problem.Code
    var severity = Problem.Severity.warning
    switch reference.status {
    case .missing: code = .missingFile
    case .outsideSite: code = .outsideSite
    case .templated:
      code = .templated
      severity = .note
    case .unsupported:
      code = .passedThrough
      severity = .note
    case .local, .remote, .data: return nil
    }
    return Problem(
      severity,
      code,
      file: reference.post,
      line: reference.line,
      column: reference.column,
      message: message,
      advice: advice
    )
  }

  /// Does work on several threads. The results are in the order of the work, whoever did it.
  private static func inParallel<Work: Sendable, Outcome: Sendable>(
    _ work: [Work],
    jobs: Int,
    _ body: @escaping @Sendable (Work) -> Outcome
  ) -> [Outcome] {
    let threads = max(1, min(jobs, work.count))
    guard threads > 1 else { return work.map(body) }
    var outcomes = [Outcome?](repeating: nil, count: work.count)
    outcomes.withUnsafeMutableBufferPointer { buffer in
      // Safe: each index is written by the one thread whose stride it is in, and read after all have finished.
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for index in stride(from: thread, to: work.count, by: threads) { slots[index] = body(work[index]) }
      }
    }
    return outcomes.compactMap(\.self)
  }
}
