import AssetCache
import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Remembers what the pages of a tree say, so that a page is parsed again only where its own bytes have changed, or what a
/// path leads to that was looked for when it was read: whether an image is there, what a stylesheet or a script holds.
package struct PageMemory<Finding: Codable & Sendable>: Sendable {
  /// What a page says, and the paths that were looked for.
  package struct Answer: Sendable {
    package var finding: Finding
    package var paths: [String]
  }

  /// Reads a page, and puts the paths into the set that it looks for.
  package typealias Reader =
    @Sendable (_ page: String, _ file: Result<Data, FileError>, _ paths: Shared<Set<String>>) -> Finding

  private struct Entry: Codable, Sendable {
    var finding: Finding
    /// The paths in byte order, in one text: there are many of them.
    var paths: String
    /// A digest of what they led to.
    var state: String
  }

  /// What came of one page, and what is to be remembered of it.
  private struct Outcome: Sendable {
    var answer: Answer
    var key: String?
    var data: Data?
    var sha256: String?
  }

  private static var separator: Character { "\0" }

  private let root: SiteRoot
  private let cache: AssetCache?
  private let context: String
  private let states: PathStates

  /// - Parameters:
  ///   - subject: what is found out, with everything that it depends on beside the tree.
  ///   - root: the tree.
  ///   - cache: the results of earlier runs; nil to read every page.
  package init(_ subject: [String], root: SiteRoot, cache: AssetCache?) {
    (self.root, self.cache) = (root, cache)
    context = cache?.key("page", subject.joined(separator: "\n")) ?? ""
    states = PathStates(root)
  }

  /// What pages say, in their order, after one question to the cache about all of them.
  ///
  /// - Throws: `Cancelled`
  package func answers(
    of pages: [String], jobs: Int, cancellation: Cancellation, reader: @escaping Reader
  ) throws(Cancelled) -> [Answer] {
    guard let cache else {
      return try Parallel.map(pages, jobs: jobs, cancellation: cancellation) { page in
        let paths = Shared<Set<String>>([])
        let finding = reader(page, file(page), paths)
        return Answer(finding: finding, paths: paths.withLock { $0.sorted() })
      }
    }
    let (now, digests) = (FileStamp.now, cache.digests(below: root.path))
    let stamps = pages.map { FileStamp(of: root.absolute($0)) }
    let keys = zip(pages, stamps).map { page, stamp -> String? in
      guard let recorded = digests[page], recorded.stamp == stamp else { return nil }
      return key(of: page, recorded.sha256)
    }
    let values = cache.values(.posts, keys.compactMap(\.self))
    let outcomes = try Parallel.map(Array(pages.indices), jobs: jobs, cancellation: cancellation) { index in
      if let answer = keys[index].flatMap({ values[$0] }).flatMap(remembered) {
        return Outcome(answer: answer)
      }
      var outcome = read(pages[index], isLookedFor: keys[index] != nil, cache, reader)
      // Of a file that changed since, the old stamp must not name the new bytes.
      let stamp = stamps[index]
      if stamp?.isStable(at: now) != true || stamp != FileStamp(of: root.absolute(pages[index])) {
        outcome.sha256 = nil
      }
      return outcome
    }
    remember(zip(pages, outcomes), stamps, cache)
    return outcomes.map(\.answer)
  }

  private func file(_ page: String) -> Result<Data, FileError> {
    do throws(FileError) { return .success(try FileAccess.read(root.absolute(page))) } catch {
      return .failure(error)
    }
  }

  private func key(of page: String, _ sha256: String) -> String {
    ContentDigest.sha256("\(context)\n\(sha256)\n\(page)")
  }

  private func remembered(_ data: Data) -> Answer? {
    guard let entry = CompactDecoder.value(Entry.self, of: data) else { return nil }
    let paths = entry.paths.split(separator: Self.separator).map(String.init)
    guard states.digest(of: paths) == entry.state else { return nil }
    return Answer(finding: entry.finding, paths: paths)
  }

  private func read(
    _ page: String, isLookedFor: Bool, _ cache: AssetCache, _ reader: Reader
  ) -> Outcome {
    let file = self.file(page)
    var sha256: String?
    if case .success(let data) = file { sha256 = ContentDigest.sha256(data) }
    let key = sha256.map { self.key(of: page, $0) }
    // The same page in a folder whose files are new, as one that was unpacked.
    if !isLookedFor, let key, let answer = cache.value(.posts, key).flatMap(remembered) {
      return Outcome(answer: answer, sha256: sha256)
    }
    let paths = Shared<Set<String>>([])
    let finding = reader(page, file, paths)
    let sorted = paths.withLock { $0.sorted() }
    let entry = Entry(
      finding: finding, paths: sorted.joined(separator: String(Self.separator)),
      state: states.digest(of: sorted))
    return Outcome(
      answer: Answer(finding: finding, paths: sorted), key: key,
      data: key == nil ? nil : CompactEncoder.data(of: entry), sha256: sha256)
  }

  private func remember(
    _ outcomes: some Sequence<(String, Outcome)>, _ stamps: [FileStamp?], _ cache: AssetCache
  ) {
    var values: [String: Data] = [:]
    var digests: [(path: String, stamp: FileStamp, sha256: String)] = []
    for ((page, outcome), stamp) in zip(outcomes, stamps) {
      if let key = outcome.key, let data = outcome.data { values[key] = data }
      if let stamp, let sha256 = outcome.sha256 { digests.append((root.absolute(page), stamp, sha256)) }
    }
    cache.set(values, in: .posts)
    cache.record(digests: digests)
  }
}

/// What the paths of a tree lead to while a command runs, each looked at once.
private struct PathStates: Sendable {
  private let root: SiteRoot
  private let states = Shared<[String: String]>([:])

  init(_ root: SiteRoot) { self.root = root }

  func digest(of paths: [String]) -> String {
    ContentDigest.sha256(paths.map { "\($0)\0\(state(of: $0))" }.joined(separator: "\0"))
  }

  private func state(of path: String) -> String {
    if let known = states.withLock({ $0[path] }) { return known }
    let state: String
    switch root.resolve(path) {
    // No page is read by what an image holds; browsers take no file of such a name for a stylesheet or a script.
    case .file(let file) where ImageFormat(fileName: file) != nil: state = "image \(file)"
    case .file(let file):
      let data = try? FileAccess.read(root.absolute(file))
      state = "file \(file) \(data.map { ContentDigest.sha256($0) } ?? "")"
    case .folder: state = "folder"
    case .missing: state = "missing"
    case .outside: state = "outside"
    }
    states.withLock { $0[path] = state }
    return state
  }
}
