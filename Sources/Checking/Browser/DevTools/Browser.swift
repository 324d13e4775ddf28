import Foundation
import SiteFiles

/// A headless browser of our own: a fresh profile, no network but this machine, gone when it is closed.
package final class Browser: Sendable {
  /// The browser's name and version: `Chrome/147.0.7000.1`.
  package let version: String

  private let process: ChromiumProcess
  let connection: DevToolsConnection
  private let profile: String

  /// Starts a browser.
  ///
  /// - Parameters:
  ///   - program: the browser's program, from ``ChromiumFinder``.
  ///   - folder: an existing folder; the profile is made in it, and removed at the end.
  /// - Throws: ``ChromiumError``, or `FileError` where the profile cannot be made.
  package init(program: String, in folder: String) throws {
    profile = "\(folder)/browser-\(UInt32.random(in: 0...UInt32.max))"
    try FileAccess.makeFolder(profile)
    do {
      process = try ChromiumProcess(
        program, arguments: Self.arguments(profile: profile), log: profile + "/messages.log")
    } catch {
      try? FileManager.default.removeItem(atPath: profile)
      throw error
    }
    connection = DevToolsConnection(commands: process.commands, answers: process.answers)
    struct Version: Decodable { var product: String }
    do {
      version = try connection.send("Browser.getVersion", as: Version.self).product
    } catch {
      let words = process.lastWords
      connection.close()
      process.end(within: 0)
      try? FileManager.default.removeItem(atPath: profile)
      if case ChromiumError.ended = error { throw ChromiumError.ended(words) }
      throw error
    }
  }

  private static func arguments(profile: String) -> [String] {
    var list = [
      "--headless", "--remote-debugging-pipe", "--user-data-dir=\(profile)", "--disable-gpu",
      "--hide-scrollbars", "--mute-audio", "--no-first-run", "--no-default-browser-check",
      "--disable-extensions",
      "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
      "--disable-sync", "--disable-breakpad", "--metrics-recording-only", "--password-store=basic",
      "--use-mock-keychain", "--force-color-profile=srgb", "--disable-dev-shm-usage",
      // A tab is as awake beside another one as alone.
      "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
      // Frames come as fast as they are asked for.
      "--disable-frame-rate-limit", "--disable-gpu-vsync",
      // A page's remote images and fonts must neither be waited for nor change between two builds.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-proxy-server",
    ]
    // The sandbox cannot be set up for root, and Chromium refuses to start.
    if geteuid() == 0 { list.append("--no-sandbox") }
    return list
  }

  /// Opens an empty page in a browsing context of its own: no cache, cookie or stored setting of another page.
  ///
  /// - Throws: ``ChromiumError``
  package func open() throws(ChromiumError) -> Tab { try Tab(in: connection) }

  /// Ends the browser with everything it started, and removes its profile.
  package func close() {
    _ = try? connection.send("Browser.close", seconds: 5, as: DevToolsConnection.Nothing.self)
    connection.close()
    process.end(within: 5_000)
    // What has been killed lets go of its files at once, but a process of another group may take a moment.
    for _ in 0..<3 where (try? FileManager.default.removeItem(atPath: profile)) == nil { usleep(20_000) }
  }
}
