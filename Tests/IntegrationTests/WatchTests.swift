import Foundation
import SiteFiles
import Testing
import TestSupport

/// `optimize-assets watch` as a user runs it.
@Suite(
  "Watch", .serialized, .enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
struct WatchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("title: Watched\n", to: "site/_config.yml")
    try folder.write("markup: picture\nquality: fixed\nwidths: [200, 400]\n", to: "site/optimize-assets.yml")
    for (name, grain) in [("a", 3), ("b", 7)] {
      try folder.write(DrawnSite.picture(900, 600, grain: grain).png(), to: "site/assets/\(name).png")
    }
    try write("First.")
  }

  private func write(_ text: String, image: String = "a") throws {
    try folder.write(
      "---\ntitle: One\n---\n\n\(text)\n\n![a picture](/assets/\(image).png)\n",
      to: "site/_posts/2026-01-01-one.md")
  }

  private var copy: String {
    let data = try? FileAccess.read(folder("out/_posts/2026-01-01-one.md"))
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test(
    "The copy follows the site, until a signal ends the watch",
    arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func follows(_ signal: Int32, _ status: Int32) async throws {
    let watch = try Watched(folder)
    defer { watch.kill() }
    try await watch.expect("the first copy is made") { watch.said("ready: 1 post rewritten") }
    #expect(copy.contains("First.") && copy.contains("<picture>"))

    try write("Second.")
    try await watch.expect("a changed post is rewritten") { copy.contains("Second.") }
    #expect(copy.contains("<picture>"))
    try await watch.expect("the change is told") {
      watch.said("_posts/2026-01-01-one.md: 1 post rewritten, 0 images encoded")
    }

    try write("Third.", image: "b")
    try await watch.expect("a new image is encoded") {
      copy.contains("Third.") && copy.contains("/b-")
    }

    try folder.write("markup: [\n", to: "site/optimize-assets.yml")
    try await watch.expect("a broken configuration is told, with its line") {
      watch.said("optimize-assets.yml:")
    }
    try folder.write("markup: srcset\nquality: fixed\nwidths: [200]\n", to: "site/optimize-assets.yml")
    try await watch.expect("the mended one counts") { copy.contains("Third.") && !copy.contains("<picture>") }

    #expect(try await watch.end(signal) == status)
  }
}

/// A watch that runs beside the test.
private final class Watched {
  private let process = Process()
  private let log: String

  init(_ folder: TemporaryFolder) throws {
    log = folder("log")
    try folder.write("", to: "log")
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    output.seekToEndOfFile()
    process.executableURL = URL(filePath: try #require(Product.program))
    process.arguments = ["watch", folder("site"), "--output", folder("out"), "--cache", folder("cache")]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  func said(_ text: String) -> Bool {
    (try? FileAccess.read(log)).map { String(decoding: $0, as: UTF8.self).contains(text) } ?? false
  }

  /// Waits for something, for as long as a busy machine may take.
  func expect(_ what: Comment, _ isSo: () -> Bool) async throws {
    for _ in 0..<6_000 {
      if isSo() { return }
      try #require(process.isRunning, "the watch has ended: \(what)")
      try await Task.sleep(for: .milliseconds(10))
    }
    let text = String(decoding: try FileAccess.read(log), as: UTF8.self)
    try #require(isSo(), "\(what): \(text.suffix(1_000))")
  }

  /// Sends a signal, and waits for the end.
  func end(_ signal: Int32) async throws -> Int32 {
    Foundation.kill(process.processIdentifier, signal)
    for _ in 0..<6_000 where process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    try #require(!process.isRunning, "the signal did not end the watch")
    return process.terminationStatus
  }

  func kill() { if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) } }
}
