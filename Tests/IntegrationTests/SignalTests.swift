import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

/// What a signal leaves behind, whenever it comes.
@Suite(
  "Signals", .serialized,
  .enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
struct SignalTests {
  /// What is waited for before the signals are sent.
  enum Moment: CustomTestStringConvertible, Sendable {
    /// The tool has said this on standard error.
    case says(String)
    /// So many images are in the output.
    case variants(Int)

    var testDescription: String {
      switch self {
      case .says(let text): "when it says \(text)"
      case .variants(let count): "after \(count) variants"
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var signals: [Int32]
    var moment: Moment
    /// Where the tool may have been done before the signal came, 0 is among them.
    var statuses: Set<Int32>
    var testDescription: String { "\(signals) \(moment.testDescription)" }
  }

  @Test(
    "A run that is stopped leaves whole files, and the next one completes it",
    arguments: [
      Case(signals: [SIGINT], moment: .says("reading posts"), statuses: [130]),
      Case(signals: [SIGTERM], moment: .says("0/4 images"), statuses: [143]),
      Case(signals: [SIGINT], moment: .variants(1), statuses: [130]),
      Case(signals: [SIGTERM], moment: .variants(3), statuses: [143]),
      Case(signals: [SIGINT, SIGINT], moment: .variants(2), statuses: [130]),
      Case(signals: [SIGINT, SIGTERM], moment: .variants(1), statuses: [130, 143]),
      Case(signals: [SIGTERM], moment: .says("writing the site"), statuses: [0, 143]),
    ])
  func stopped(_ test: Case) async throws {
    let folder = try TemporaryFolder()
    try Self.writeSite(to: folder)
    let status = try await Self.run(test, [folder("site"), "--output", folder("out")], folder, folder("out"))
    #expect(test.statuses.contains(status), "it ended with \(status)")
    // A run that was stopped while it read the posts has made no folder. A second signal ends the program wherever it
    // is, in the middle of a write too: what that leaves under a temporary name, the next run removes.
    for file in (try? FileTree.files(below: folder("out"))) ?? [] where test.signals.count == 1 {
      #expect(
        !FileAccess.isTemporary((file.path as NSString).lastPathComponent), "\(file.path) is half a file")
    }
    for path in Self.variants(below: folder("out")) { try Self.checkDecodes(path) }

    _ = try await Product.optimize(folder("site"), "--output", folder("out"))
    _ = try await Product.optimize(folder("site"), "--output", folder("undisturbed"), "--no-cache")
    #expect(try Self.tree(folder("out")) == Self.tree(folder("undisturbed")))
  }

  @Test(
    "Pages that are rewritten where they stand are old or new",
    arguments: [
      Case(signals: [SIGINT], moment: .says("0/3 images"), statuses: [130]),
      Case(signals: [SIGTERM], moment: .says("writing the site"), statuses: [0, 143]),
    ])
  func inPlace(_ test: Case) async throws {
    let folder = try TemporaryFolder()
    try Self.writePages(to: folder, name: "site")
    try folder.copy(folder("site"), to: "undisturbed")
    let old = try Self.tree(folder("site"))
    let status = try await Self.run(test, [folder("site"), "--in-place"], folder, folder("site"))
    #expect(test.statuses.contains(status), "it ended with \(status)")

    let stopped = try Self.tree(folder("site"))
    _ = try await Product.optimize(folder("undisturbed"), "--in-place")
    let new = try Self.tree(folder("undisturbed"))
    for (path, digest) in stopped {
      #expect(digest == old[path] || digest == new[path], "\(path) is neither old nor new")
    }
    _ = try await Product.optimize(folder("site"), "--in-place")
    #expect(try Self.tree(folder("site")) == new)
  }

  @Test(
    "A verification that is stopped ends at once, and leaves nothing behind",
    .enabled(if: Programs.jekyll != nil, "jekyll is not installed"),
    arguments: [
      Case(signals: [SIGINT], moment: .says("0/4 images"), statuses: [130]),
      Case(signals: [SIGTERM], moment: .says("writing the site"), statuses: [143]),
    ])
  func verify(_ test: Case) async throws {
    let folder = try TemporaryFolder()
    try Self.writeSite(to: folder)
    let old = try Self.tree(folder("site"))
    let status = try await Self.run(test, ["verify", folder("site")], folder, folder("site"))
    #expect(test.statuses.contains(status), "it ended with \(status)")
    #expect(try Self.tree(folder("site")) == old)
  }

  // MARK: The sites

  private static let configuration = """
    markup: picture
    quality: fixed
    widths: [480, 1280]
    """

  private static func writeSite(to folder: TemporaryFolder) throws {
    try folder.write("title: Stopped\n", to: "site/_config.yml")
    try folder.write(configuration, to: "site/optimize-assets.yml")
    for number in 0..<4 {
      let name = "assets/photo-\(number).png"
      try folder.write(DrawnSite.picture(2400, 1600, grain: number + 1).png(), to: "site/" + name)
      try folder.write(
        "---\ntitle: \(number)\n---\n\n![a picture](/\(name))\n",
        to: "site/_posts/2026-01-0\(number + 1)-a.md")
    }
  }

  private static func writePages(to folder: TemporaryFolder, name: String) throws {
    try folder.write(configuration, to: name + "/optimize-assets.yml")
    for number in 0..<3 {
      try folder.write(
        DrawnSite.picture(2400, 1600, grain: number + 1).png(), to: "\(name)/photo-\(number).png")
    }
    for number in 0..<300 {
      let body = "<p><img src=\"photo-\(number % 3).png\" width=\"600\" height=\"400\" alt=\"\"></p>"
      try folder.write(
        "<!DOCTYPE html><html><head><title>\(number)</title></head><body>\(body)</body></html>",
        to: "\(name)/page-\(number).html")
    }
  }

  // MARK: The run

  /// Starts the tool, sends the signals at their moment, and waits for its end.
  ///
  /// - Returns: the exit code; 256 and the signal's number where a signal ended it without the tool's doing.
  private static func run(
    _ test: Case, _ arguments: [String], _ folder: TemporaryFolder, _ output: String
  ) async throws -> Int32 {
    try folder.write("", to: "errors")
    let process = Process()
    process.executableURL = URL(filePath: try #require(Product.program))
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder("errors")))
    // Other tests keep Swift's own threads busy, and the moment would be missed.
    return try await withCheckedThrowingContinuation { end in
      DispatchQueue(label: "signals").async {
        end.resume(
          with: Result {
            try process.run()
            while process.isRunning, !hasCome(test.moment, folder("errors"), output) { usleep(1000) }
            for signal in test.signals where process.isRunning { kill(process.processIdentifier, signal) }
            process.waitUntilExit()
            return (process.terminationReason == .uncaughtSignal ? 256 : 0) + process.terminationStatus
          })
      }
    }
  }

  private static func hasCome(_ moment: Moment, _ errors: String, _ output: String) -> Bool {
    switch moment {
    case .says(let text):
      (try? FileAccess.read(errors)).map { String(decoding: $0, as: UTF8.self).contains(text) } ?? false
    case .variants(let count): variants(below: output).count >= count
    }
  }

  /// The images that the tool has made, as absolute paths.
  private static func variants(below output: String) -> [String] {
    guard let files = try? FileTree.files(below: output + "/assets/optimized") else { return [] }
    return files.map(\.path).filter { !FileAccess.isTemporary(($0 as NSString).lastPathComponent) }
      .map { output + "/assets/optimized/" + $0 }
  }

  private static func checkDecodes(_ path: String) throws {
    let loaders: [String: Loader] = ["avif": .heif, "webp": .webp, "png": .png, "jpg": .jpeg]
    let loader = try #require(loaders[(path as NSString).pathExtension], "\(path)")
    _ = try Image.open(FileAccess.read(path), with: loader, file: path, failOn: .warning).inMemory()
  }

  /// Digests by path, without the tool's own records.
  private static func tree(_ folder: String) throws -> [String: String] {
    var digests: [String: String] = [:]
    for file in try FileTree.files(below: folder) where !file.path.hasPrefix(".optimize-assets/") {
      digests[file.path] = ContentDigest.sha256(try FileAccess.read(folder + "/" + file.path))
    }
    return digests
  }
}
