import AssetCache
import AssetModel
import Foundation
import SizeBudget

@testable import AssetPipeline
@testable import Browser
@testable import PostRewriter
@testable import PostScanner
@testable import SiteFiles

/// What holds for every file and message that the program reads beside the site's texts: a pull request, another machine or
/// a page can bring each of them.
enum RecordTexts {
  /// The properties, by name.
  static let checks: [String: @Sendable ([UInt8]) throws -> Void] = [
    "journals": journal, "copy-lists": copyList, "configurations": configuration, "budgets": budgets,
    "manifests": manifest, "cache-values": cacheValue, "cache-indexes": cacheIndex, "requests": request,
    "worker-messages": WorkerTexts.check,
  ]

  private static func fail(_ reason: String) throws -> Never {
    throw Properties.Violation(description: reason)
  }

  // MARK: The journal

  /// A journal comes back as it was written, a merge with itself is itself, and what was undone gives the post when it is
  /// done again.
  private static func journal(_ file: [UInt8]) throws {
    guard let read = try? EditJournal(json: Data(file), file: "j") else { return }
    let json = try read.json()
    guard try EditJournal(json: json, file: "j").json() == json else {
      try fail("another journal comes back")
    }
    let both = Data("<<<<<<< a\n".utf8) + json + Data("=======\n".utf8) + json + Data(">>>>>>> b\n".utf8)
    guard !Set(read.posts.map(\.path)).isEmpty, Set(read.posts.map(\.path)).count == read.posts.count else {
      return
    }
    let merged = try EditJournal(json: both, file: "j")
    guard merged.isSettled, merged.posts.map(\.path) == read.posts.map(\.path) else {
      try fail("a merge with itself gives other posts")
    }
    for post in read.posts { try undo(post, Data(file)) }
  }

  private static func undo(_ post: EditJournal.Post, _ text: Data) throws {
    let author = AuthorText(text, post)
    var again = Data()
    var position = 0
    for match in author.matches {
      guard match.range.start >= position, match.range.end <= author.bytes.count else {
        try fail("a span stands outside the author's text: \(match)")
      }
      again += author.bytes[position..<match.range.start] + Data(match.span.new.utf8)
      position = match.range.end
    }
    again += author.bytes[position...]
    guard again == text else { try fail("done again, the text differs") }
  }

  // MARK: Lists and settings

  /// A list proves no file of another length, and comes back as it was written.
  private static func copyList(_ file: [UInt8]) throws {
    guard let list = CopyRecord(Data(file)) else { return }
    let lines = list.lines.compactMapValues(\.first)
    guard let again = CopyRecord(list.text(with: lines)), again.lines.compactMapValues(\.first) == lines,
      again.site == list.site
    else { try fail("another list comes back") }
    for (path, line) in lines {
      let other = FileEntry(
        path: path, kind: .file, bytes: line.bytes &+ 1, mode: 0o644, modified: line.modified, changed: 0,
        identity: 0)
      let known = list.lines[path]?.map(\.bytes) ?? []
      if list.proves(path, other, digest: { nil }), !known.contains(other.bytes) {
        try fail("a file of another length is proven: \(path)")
      }
    }
  }

  /// A refusal says what is wrong, and what is read can be described.
  private static func configuration(_ file: [UInt8]) throws {
    let read: Configuration
    do throws(ConfigurationError) {
      read = try Configuration(yaml: String(decoding: file, as: UTF8.self), file: "c.yml")
    } catch {
      if error.diagnostic.message.isEmpty { try fail("a refusal without words") }
      return
    }
    guard StableText.of(read) != nil else { try fail("a configuration without a fingerprint") }
  }

  /// Budgets, baselines and the pointers of Git LFS.
  private static func budgets(_ file: [UInt8]) throws {
    do throws(ConfigurationError) {
      _ = try BudgetFile.parse(String(decoding: file, as: UTF8.self), file: "b.yml")
    } catch {
      if error.diagnostic.message.isEmpty { try fail("a refusal without words") }
    }
    if let baseline = try? Baseline(json: file) {
      let again = try Baseline(json: Array(baseline.json()))
      guard again == baseline else { try fail("another baseline comes back") }
    }
    if let bytes = GitBaseline.bytes(ofPointer: Data(file)), bytes < 0 { try fail("a length of \(bytes)") }
  }

  private static func manifest(_ file: [UInt8]) throws {
    guard let manifest = try? AssetManifest(json: Data(file)) else { return }
    let json = try manifest.sorted().json()
    guard try AssetManifest(json: json).json() == json else { try fail("another manifest comes back") }
  }

  // MARK: The cache

  /// What the cache remembers of a post is read whole or not at all.
  private static func cacheValue(_ file: [UInt8]) throws {
    guard let outcome = CompactDecoder.value(PostReading.Outcome.self, of: Data(file)),
      let bytes = CompactEncoder.data(of: outcome)
    else { return }
    let again = CompactDecoder.value(PostReading.Outcome.self, of: bytes)
    // A set has no order of its own.
    guard again.flatMap({ CompactEncoder.data(of: $0) })?.sorted() == bytes.sorted() else {
      try fail("another outcome comes back")
    }
  }

  /// Whatever an index holds: a cache answers, and keeps what it is given.
  private static func cacheIndex(_ file: [UInt8]) throws {
    let folder = NSTemporaryDirectory() + "/optimize-assets-index-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    AssetCache(folder: folder).close()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("index-") {
      // What belongs to a database that is not there any more is part of it.
      if name.hasSuffix(".sqlite") {
        try Data(file).write(to: URL(fileURLWithPath: folder + "/" + name))
      } else {
        try FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
    let cache = AssetCache(folder: folder)
    _ = (cache.digests(below: "/a"), cache.values(.posts, ["a", "b"]), cache.actions(["a"]))
    cache.set(["k": Data("v".utf8)], in: .posts)
    guard cache.value(.posts, "k") == Data("v".utf8) else { try fail("what was kept is gone") }
    cache.finish()
    cache.close()
  }

  // MARK: Messages

  /// A request leads to no file outside, and a message of the browser is not longer than what it came in.
  private static func request(_ file: [UInt8]) throws {
    var framing = MessageFraming()
    let messages = framing.take(Data(file))
    guard messages.reduce(0, { $0 + $1.count + 1 }) <= file.count else { try fail("a message from nowhere") }
    guard let request = HTTPRequest(file), let root = try? SiteRoot(NSTemporaryDirectory()) else { return }
    let files = ServedFiles(root: root, baseurl: "")
    if case .file(let path) = files.answer(to: request.target), !path.hasPrefix(root.path + "/") {
      try fail("a file outside: \(path)")
    }
    if case .answer = PageGate.reply(to: request, [80: files]),
      !request.target.hasPrefix("http://127.0.0.1:80")
    {
      try fail("an address that was not let in: \(request.target)")
    }
  }
}
