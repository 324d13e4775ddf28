import Foundation
import SiteFiles

/// A headless browser of our own: a fresh profile, nothing to reach but the servers that it is told of, gone when it is
/// closed.
package final class Browser: Sendable {
  /// The browser's name and version: `Chrome/147.0.7000.1`.
  package var version: String { started.version }
  /// Why it runs without its sandbox; nil where it has one.
  package let unsandboxed: String?

  var connection: DevToolsConnection { started.connection }
  private let started: Started
  private let profile: String
  private let gate: PageGate

  /// A browser that answers.
  private struct Started {
    var process: ChromiumProcess
    var connection: DevToolsConnection
    var version: String
  }

  /// Starts a browser, in its sandbox where that can be set up.
  ///
  /// - Parameters:
  ///   - program: the browser's program, from ``ChromiumFinder``.
  ///   - folder: an existing folder; the profile is made in it, and removed at the end.
  /// - Throws: ``ChromiumError``, or `FileError` where the profile cannot be made.
  package init(program: String, in folder: String) throws {
    gate = try PageGate()
    profile = "\(folder)/browser-\(UInt32.random(in: 0...UInt32.max))"
    try FileAccess.makeFolder(profile)
    let arguments = Self.arguments(profile: profile, proxy: gate.address)
    do {
      do {
        started = try Self.start(program, arguments, profile: profile)
        unsandboxed = nil
      } catch ChromiumError.ended(let words) where words.contains("sandbox") {
        // It says so and ends: for root, and where the system gives an ordinary user no namespaces.
        started = try Self.start(program, arguments + ["--no-sandbox"], profile: profile)
        unsandboxed = words
      }
    } catch {
      gate.stop()
      try? FileManager.default.removeItem(atPath: profile)
      throw error
    }
  }

  private static func start(_ program: String, _ arguments: [String], profile: String) throws(ChromiumError)
    -> Started
  {
    let process = try ChromiumProcess(program, arguments: arguments, log: profile + "/messages.log")
    let connection = DevToolsConnection(commands: process.commands, answers: process.answers)
    struct Version: Decodable { var product: String }
    do {
      let version = try connection.send("Browser.getVersion", as: Version.self).product
      return Started(process: process, connection: connection, version: version)
    } catch {
      let words = process.lastWords
      connection.close()
      process.end(within: 0)
      if case .ended = error { throw .ended(words) }
      throw error
    }
  }

  private static func arguments(profile: String, proxy: String) -> [String] {
    [
      "--headless", "--remote-debugging-pipe", "--user-data-dir=\(profile)", "--disable-gpu",
      "--hide-scrollbars", "--mute-audio", "--no-first-run", "--no-default-browser-check",
      "--disable-extensions",
      "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
      "--disable-sync", "--disable-breakpad", "--metrics-recording-only", "--password-store=basic",
      "--use-mock-keychain", "--force-color-profile=srgb", "--disable-dev-shm-usage",
      // A tab is as awake beside another one as alone.
      "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
      // A page that is gone back to is loaded, as in most browsers after a while, and its tab stays one.
      "--disable-features=BackForwardCache",
      // Frames come as fast as they are asked for.
      "--disable-frame-rate-limit", "--disable-gpu-vsync",
      // A page's remote images and fonts must neither be waited for nor change between two builds, and its scripts reach
      // nothing on this machine: see ``PageGate``. A browser goes around its proxy to this machine's own addresses, unless
      // it is told not to, and to nobody's with datagrams.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=\(proxy)",
      "--proxy-bypass-list=<-loopback>", "--disable-quic",
      "--webrtc-ip-handling-policy=disable_non_proxied_udp",
      "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    ]
  }

  /// Lets pages ask for a server's files.
  package func admit(_ server: StaticServer) { gate.admit(server) }

  /// Opens an empty page in a browsing context of its own: no cache, cookie or stored setting of another page.
  ///
  /// - Throws: ``ChromiumError``
  package func open() throws(ChromiumError) -> Tab { try Tab(in: connection) }

  /// Ends the browser with everything it started, and removes its profile.
  package func close() {
    _ = try? connection.send("Browser.close", seconds: 5, as: DevToolsConnection.Nothing.self)
    connection.close()
    started.process.end(within: 5_000)
    gate.stop()
    // What has been killed lets go of its files at once, but a process of another group may take a moment.
    for _ in 0..<3 where (try? FileManager.default.removeItem(atPath: profile)) == nil { usleep(20_000) }
  }
}
