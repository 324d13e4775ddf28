import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import Browser

struct ChromiumFinderTests {
  private let scratch: TemporaryFolder
  private var folder: String { scratch.path }

  init() throws { scratch = try TemporaryFolder() }

  @Test func looksWhereItIsTold() throws {
    let path = folder + "/bin/chromium"
    try FileAccess.write(Data(), to: path, mode: 0o755)
    try FileAccess.write(Data(), to: folder + "/bin/plain", mode: 0o644)
    #expect(try ChromiumFinder.find(path, environment: [:]) == path)
    #expect(try ChromiumFinder.find(environment: ["PATH": folder + "/bin"]) == path)
    #expect(try ChromiumFinder.find("chromium", environment: ["PATH": "/nowhere:" + folder + "/bin"]) == path)
    #expect(try ChromiumFinder.find(environment: ["CHROME_PATH": path, "PATH": ""]) == path)
    #expect(throws: ChromiumError.notFound("plain")) {
      try ChromiumFinder.find("plain", environment: ["PATH": folder + "/bin"])
    }
    #expect(throws: ChromiumError.notFound(folder)) { try ChromiumFinder.find(folder, environment: [:]) }
  }

  /// A program that is no browser ends, and says so, rather than hanging.
  @Test func endsWithAProgramThatIsNoBrowser() throws {
    let script = folder + "/no-browser"
    try FileAccess.write(Data("#!/bin/sh\necho no display >&2\nexit 3\n".utf8), to: script, mode: 0o755)
    #expect(throws: ChromiumError.ended("no display")) { try Browser(program: script, in: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["no-browser"])
  }
}
