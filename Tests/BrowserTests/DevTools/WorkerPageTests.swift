import Testing
import TestSupport

@testable import Browser

/// Chromium tells the end of a worker's own script to the worker alone.
@Suite(.endsAtLast) struct WorkerPageTests {
  @Test(.needsBrowser) func aPageWithAWorkerComesToRest() throws {
    let folder = try TemporaryFolder([
      "site/index.html":
        "<!doctype html><title>x</title><script>new Worker('w.js').onmessage = () => document.title = 'told'</script>",
      "site/w.js": "postMessage(1)",
    ])
    let server = try StaticServer(folder: folder("site"))
    let browser = try Browser(program: #require(Programs.chromium), in: folder.path)
    defer { browser.close() }
    browser.admit(server)
    let tab = try browser.open()
    try tab.go(to: server.url(of: "index.html"), seconds: 20)
    let title =
      "new Promise(done => setInterval(() => document.title === 'told' && done(document.title), 20))"
    #expect(try tab.evaluate(title, as: String.self) == "told")
    #expect(try tab.waitForQuiet(seconds: 20))
  }
}
