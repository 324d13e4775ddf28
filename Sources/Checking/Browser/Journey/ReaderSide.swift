import Foundation
import SystemResources
import Web

/// One build of a site as a reader goes through it, in one tab.
final class ReaderSide: Sendable {
  private let tab: Tab
  private let server: StaticServer
  private let log = Log()

  /// What is kept of pages that the tab has left.
  private final class Log: Sendable {
    let messages = Noted<Tab.Message>()
    let resources = Noted<Tab.Resource>()
  }

  /// How long a page may take for one step, in seconds: what a page waits for may never come.
  private static let patience = 20

  init(_ browser: Browser, _ server: StaticServer, at viewport: Screen) throws {
    self.server = server
    browser.admit(server)
    tab = try browser.open()
    try tab.setViewport(width: viewport.width, height: viewport.height, density: viewport.density)
    try tab.addScript(PageScript.observers)
  }

  func close() { tab.close() }

  /// Does a step and waits until the page does not change any more.
  ///
  /// - Throws: `ChromiumError`
  func take(_ step: JourneyStep) throws {
    switch step {
    case .load(let path):
      note()
      try tab.go(to: origin + path, seconds: Self.patience)
    case .follow(let link, _): _ = try? tab.evaluate(PageScript.follow(link), as: Bool.self)
    case .back: _ = try? tab.evaluate("(history.back(), true)", as: Bool.self)
    case .press: _ = try? tab.evaluate(PageScript.press, as: Int.self)
    }
    try settle()
  }

  /// What the page shows, once it was read to its end.
  ///
  /// - Throws: `ChromiumError`
  func look() throws -> [PictureLook] {
    _ = try? tab.evaluate(PageScript.read, as: Bool.self)
    _ = try tab.waitForQuiet(seconds: Self.patience)
    return try tab.evaluate(PageScript.look, as: [PictureLook].self).map { look in
      var look = look
      look.file = look.file.hasPrefix(origin) ? String(look.file.dropFirst(origin.count)) : look.file
      if look.file.hasPrefix("data:") { look.file = "data:" }
      return look
    }
  }

  /// The path of the page's address.
  func page() throws -> String { try tab.evaluate("location.pathname", as: String.self) }

  func links() throws -> [PageLink] { try tab.evaluate(PageScript.links, as: [PageLink].self) }

  func canPress() throws -> Bool { try tab.evaluate(PageScript.canPress, as: Bool.self) }

  /// What scripts and the browser complained of on all pages, in order, each once.
  var complaints: [String] {
    note()
    var unique: Set<String> = []
    return log.messages.all.compactMap { $0.complaint(of: origin) }.filter { unique.insert($0).inserted }
  }

  /// The paths that the site's own server had no file for.
  var notFound: Set<String> {
    note()
    return Set(siteResources.filter { ($0.status ?? 0) >= 400 }.map(\.url))
  }

  /// Bytes of all images that came over the wire, each file once.
  var imageBytes: Int {
    note()
    let images = siteResources.filter { $0.type == "Image" && ($0.status ?? 400) < 400 }
    return Dictionary(images.map { ($0.url, $0.bytes) }, uniquingKeysWith: max).values.reduce(0, +)
  }

  private var siteResources: [Tab.Resource] {
    log.resources.all.filter { $0.url.hasPrefix(origin) }.map(stripped)
  }

  private func stripped(_ resource: Tab.Resource) -> Tab.Resource {
    var resource = resource
    resource.url = String(resource.url.dropFirst(origin.count))
    return resource
  }

  private var origin: String { "http://127.0.0.1:\(server.port)" }

  /// Keeps what is known of a page before the tab goes to another by its address, which forgets it.
  private func note() {
    log.messages.add(tab.messages)
    log.resources.add(tab.resources)
  }

  /// A link can lead to another document, whose scripts begin anew while they are waited for.
  private func settle() throws {
    var failure: (any Error)?
    for _ in 0..<5 {
      _ = try tab.waitForQuiet(seconds: Self.patience)
      do {
        _ = try tab.evaluate(PageScript.settle, seconds: Self.patience, as: Bool.self)
        if try tab.waitForQuiet(seconds: 0) { return }
        failure = nil
      } catch ChromiumError.ended(let words) {
        throw ChromiumError.ended(words)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// Values that were seen, each once, in order.
private final class Noted<Value: Hashable & Sendable>: Sendable {
  private let state = Shared<(order: [Value], unique: Set<Value>)>(([], []))

  var all: [Value] { state.withLock { $0.order } }

  func add(_ values: [Value]) {
    state.withLock { state in
      for value in values where state.unique.insert(value).inserted { state.order.append(value) }
    }
  }
}

extension Tab.Message {
  /// What a script or the browser complains of, without the server's address; nil for other words. What the network refuses
  /// is another host's, or told of by its path.
  func complaint(of origin: String) -> String? {
    guard ["error", "exception", "assert"].contains(level), !text.hasPrefix("Failed to load resource") else {
      return nil
    }
    return text.replacingOccurrences(of: origin, with: "")
  }
}
