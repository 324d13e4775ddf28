import Foundation
import SiteFiles
import Testing
import TestSupport

/// `optimize-assets build --watch` as a user runs it.
@Suite(
  "Build --watch", .serialized,
  .enabled(if: Product.program != nil, "optimize-assets is not built beside the tests"))
struct BuildWatchCommandTests {
  /// Its generator writes a log into the site in every build.
  private static let script = """
    test -f fail && { echo "the template is broken"; exit 3; }
    date +%N > build.log; mkdir -p "$1" && cp -r pages/. "$1"
    """

  @Test(.endsAtLast) func pagesFollowTheSite() async throws {
    let site = try ScriptedGenerator(Self.script)
    let log = site.folder("log")
    try site.folder.write("", to: "log")
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    let process = Process()
    process.executableURL = URL(filePath: try #require(Product.program))
    process.arguments = ["build", site.folder("site"), "--cache", site.folder("cache"), "--watch"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    func said() -> String { (try? site.folder.text("log")) ?? "" }
    func page() -> String { (try? site.folder.text("site/_site/about.html")) ?? "" }
    func expect(_ what: Comment, _ isSo: () -> Bool) async throws {
      for _ in 0..<6_000 where !isSo() {
        try #require(process.isRunning, "the watch has ended: \(what) \(said())")
        try await Task.sleep(for: .milliseconds(10))
      }
      try #require(isSo(), "\(what): \(said().suffix(2_000))")
    }
    // A file that each build writes does not make it build for ever.
    try await expect("the first build is done, and the next waits") { said().contains("waiting for changes") }
    #expect(said().contains("build.log changes in every build"), "\(said())")
    #expect(page().contains("srcset"))

    try site.folder.write("<!doctype html><p>Second</p>", to: "site/pages/about.html")
    try await expect("a changed page is published") { page().contains("Second") }
    #expect(said().contains("changed: pages/about.html"), "\(said())")

    try site.folder.write("", to: "site/fail")
    try await expect("a broken build is told") { said().contains("the template is broken") }
    #expect(page().contains("Second"))
    try site.folder.write("<!doctype html><p>Third</p>", to: "site/pages/about.html")
    try FileManager.default.removeItem(atPath: site.folder("site/fail"))
    try await expect("the mended one is published") { page().contains("Third") }

    kill(process.processIdentifier, SIGTERM)
    for _ in 0..<6_000 where process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    try #require(!process.isRunning, "the signal did not end the watch")
    #expect(process.terminationStatus == 143)
  }
}
