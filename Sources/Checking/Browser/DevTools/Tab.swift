import Dispatch
import Foundation
import Synchronization

/// A page in a ``Browser``. It is used from one thread at a time.
package final class Tab: Sendable {
  /// A file that the page asked for.
  package struct Resource: Hashable, Sendable {
    package var url: String
    /// `Image`, `Stylesheet` and the like, as DevTools names them.
    package var type: String
    /// The HTTP status; nil where there was no answer.
    package var status: Int?
    /// What came over the wire, head and body, in bytes.
    package var bytes: Int
  }

  /// Something that the page, or the browser about it, had to say.
  package struct Message: Hashable, Sendable {
    /// `log`, `warning`, `error` and the like; `exception` where a script failed.
    package var level: String
    package var text: String
  }

  /// What is known of the page that is being loaded.
  private struct State {
    var isLoaded = false
    var isGone = false
    /// Requests without an end.
    var open: Set<String> = []
    var resources: [String: Resource] = [:]
    var messages: [Message] = []
    /// Requests for images that wait for the page's first paint; nil where none has to.
    var held: [String]?
  }

  private let connection: DevToolsConnection
  private let context: String
  private let target: String
  private let session: String
  private let state = Mutex(State())
  /// Signalled at each change of the state.
  private let changed = DispatchSemaphore(value: 0)

  init(in connection: DevToolsConnection) throws(ChromiumError) {
    struct Context: Decodable { var browserContextId: String }
    struct Target: Decodable { var targetId: String }
    struct Session: Decodable { var sessionId: String }
    self.connection = connection
    context = try connection.send("Target.createBrowserContext", as: Context.self).browserContextId
    target = try connection.send(
      "Target.createTarget", ["url": "about:blank", "browserContextId": .string(context)], as: Target.self
    ).targetId
    session = try connection.send(
      "Target.attachToTarget", ["targetId": .string(target), "flatten": true], as: Session.self
    ).sessionId
    connection.listen(to: session) { [weak self] in self?.take($0) }
    for domain in ["Page", "Runtime", "Network", "DOM", "Log"] { try send("\(domain).enable") }
    try send("Network.setBypassServiceWorker", ["bypass": true])
    // What moves by itself must not look like a difference.
    try send(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-reduced-motion", "value": "reduce"]]])
    try send("Emulation.setFocusEmulationEnabled", ["enabled": true])
  }

  /// Closes the page and forgets what it stored.
  package func close() {
    connection.listen(to: session, nil)
    connection.post("Target.disposeBrowserContext", ["browserContextId": .string(context)], session: nil)
  }

  func send(_ method: String, _ params: JSON = [:]) throws(ChromiumError) {
    _ = try connection.send(method, params, session: session, as: DevToolsConnection.Nothing.self)
  }

  /// Gives the page a window of a size in CSS pixels, with so many device pixels to each.
  package func setViewport(width: Int, height: Int, density: Double) throws(ChromiumError) {
    try send(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(width), "height": .integer(height), "deviceScaleFactor": .number(density),
        "mobile": false,
      ])
  }

  /// Has a script run in each page before its own.
  package func addScript(_ source: String) throws(ChromiumError) {
    try send("Page.addScriptToEvaluateOnNewDocument", ["source": .string(source)])
  }

  /// Keeps every image of the next page back until the page has painted something else, so that what an image moves when it
  /// arrives shows at each visit. A page that paints nothing else gets them after two seconds.
  func holdImages() throws(ChromiumError) {
    state.withLock { $0.held = [] }
    try send("Runtime.addBinding", ["name": "optimizeAssetsPainted"])
    try addScript(PageScript.painted)
    try send("Fetch.enable", ["patterns": [["urlPattern": "*", "resourceType": "Image"]]])
  }

  private func hold(_ request: String) {
    let isFirst = state.withLock { state -> Bool? in
      guard let held = state.held else { return nil }
      state.held?.append(request)
      return held.isEmpty
    }
    guard let isFirst else { return letGo([request]) }
    guard isFirst else { return }
    DispatchQueue(label: "optimize-assets.images").asyncAfter(deadline: .now() + .seconds(2)) {
      [weak self] in self?.releaseImages()
    }
  }

  private func releaseImages() {
    let held = state.withLock { state in
      defer { state.held = nil }
      return state.held ?? []
    }
    letGo(held)
  }

  private func letGo(_ requests: [String]) {
    for request in requests {
      connection.post("Fetch.continueRequest", ["requestId": .string(request)], session: session)
    }
  }

  /// Goes to a page and waits until it has loaded and asks for nothing more.
  ///
  /// - Parameter seconds: after which a page that still loads is taken as it is.
  /// - Throws: ``ChromiumError``
  package func go(to url: String, seconds: Int = 60) throws(ChromiumError) {
    struct Navigation: Decodable { var errorText: String? }
    state.withLock { $0 = State(isGone: $0.isGone, held: $0.held == nil ? nil : []) }
    let answer = try connection.send(
      "Page.navigate", ["url": .string(url)], session: session, as: Navigation.self)
    if let error = answer.errorText { throw .refused(command: "to open \(url)", reason: error) }
    _ = try wait(seconds: seconds) { $0.isLoaded && $0.open.isEmpty }
  }

  /// Waits until the page asks for nothing more; false where it does not come to rest.
  package func waitForQuiet(seconds: Int = 60) throws(ChromiumError) -> Bool {
    try wait(seconds: seconds) { $0.open.isEmpty }
  }

  private func wait(seconds: Int, until isDone: (State) -> Bool) throws(ChromiumError) -> Bool {
    let deadline = DispatchTime.now() + .seconds(seconds)
    while true {
      let (done, gone) = state.withLock { (isDone($0), $0.isGone) }
      if gone { throw .ended("") }
      if done { return true }
      if changed.wait(timeout: deadline) == .timedOut { return false }
    }
  }

  /// Runs an expression, waits for the promise it may give, and reads its value.
  ///
  /// - Throws: ``ChromiumError``
  package func evaluate<Value: Decodable>(
    _ expression: String, seconds: Int = 120, as type: Value.Type = Value.self
  ) throws(ChromiumError) -> Value {
    let answer = try connection.send(
      "Runtime.evaluate",
      ["expression": .string(expression), "awaitPromise": true, "returnByValue": true], session: session,
      seconds: seconds, as: Evaluation<Value>.self)
    if let failure = answer.exceptionDetails {
      throw .script(failure.exception?.description ?? failure.text)
    }
    guard let value = answer.result?.value else { throw .script("it gave no value") }
    return value
  }

  /// Every file that the page has asked for so far, by URL.
  package var resources: [Resource] {
    state.withLock { $0.resources.values.sorted { ($0.url, $0.bytes) < ($1.url, $1.bytes) } }
  }

  /// What came to the console since the page was opened: what scripts wrote and threw, and what the browser refused.
  package var messages: [Message] { state.withLock { $0.messages } }

  /// What the page looks like in its window, as a PNG.
  package func screenshot(wholePage: Bool = false) throws(ChromiumError) -> Data {
    struct Picture: Decodable { var data: Data }
    return try connection.send(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": .bool(wholePage)],
      session: session,
      as: Picture.self
    ).data
  }

  // MARK: Events

  private struct Event<Content: Decodable>: Decodable { var params: Content }
  private struct Request: Decodable {
    struct Head: Decodable { var url: String }
    var requestId: String
    var request: Head
    var type: String?
    var loaderId: String?

    /// Whether the page is told when it ends. Of a worker's own script only the worker is, and a stream of events has no end.
    var endsForPage: Bool { type != "EventSource" && !(type == "Script" && loaderId == "") }
  }
  private struct Response: Decodable {
    struct Head: Decodable { var status: Int }
    var requestId: String
    var response: Head
    var type: String
  }
  private struct Paused: Decodable { var requestId: String }
  private struct Finish: Decodable {
    var requestId: String
    var encodedDataLength: Double?
  }

  private struct ConsoleCall: Decodable {
    struct Argument: Decodable {
      struct Text: Decodable {
        var text: String
        init(from decoder: any Decoder) throws {
          text = (try? decoder.singleValueContainer().decode(String.self)) ?? ""
        }
      }
      var value: Text?
      var description: String?
    }
    var type: String
    var args: [Argument]
  }
  private struct LogEntry: Decodable {
    struct Entry: Decodable {
      var level: String
      var text: String
    }
    var entry: Entry
  }
  private struct Exception: Decodable {
    struct Details: Decodable {
      struct Thrown: Decodable { var description: String? }
      var text: String
      var exception: Thrown?
    }
    var exceptionDetails: Details
  }

  /// What an event says on the console; nil for other events.
  private static func message(_ event: DevToolsEvent) -> Message? {
    switch event.method {
    case "Runtime.consoleAPICalled":
      return read(event, as: ConsoleCall.self).map { call in
        Message(
          level: call.type,
          text: call.args.map { $0.description ?? $0.value?.text ?? "" }.joined(separator: " "))
      }
    case "Log.entryAdded":
      return read(event, as: LogEntry.self).map { Message(level: $0.entry.level, text: $0.entry.text) }
    case "Runtime.exceptionThrown":
      return read(event, as: Exception.self).map { thrown in
        let details = thrown.exceptionDetails
        return Message(level: "exception", text: details.exception?.description ?? details.text)
      }
    default: return nil
    }
  }

  private static func read<Content: Decodable>(_ event: DevToolsEvent, as type: Content.Type) -> Content? {
    (try? JSONDecoder().decode(Event<Content>.self, from: event.message))?.params
  }

  private func take(_ event: DevToolsEvent?) {
    guard let event else {
      state.withLock { $0.isGone = true }
      changed.signal()
      return
    }
    switch event.method {
    case "Page.loadEventFired": state.withLock { $0.isLoaded = true }
    case "Network.requestWillBeSent":
      guard let sent = Self.read(event, as: Request.self) else { return }
      state.withLock { state in
        state.resources[sent.requestId] = Resource(
          url: sent.request.url, type: sent.type ?? "Other", status: nil, bytes: 0)
        if sent.endsForPage { state.open.insert(sent.requestId) }
      }
    case "Network.responseReceived":
      guard let got = Self.read(event, as: Response.self) else { return }
      state.withLock {
        $0.resources[got.requestId]?.status = got.response.status
        $0.resources[got.requestId]?.type = got.type
      }
    case "Network.loadingFinished", "Network.loadingFailed":
      guard let end = Self.read(event, as: Finish.self) else { return }
      state.withLock {
        $0.open.remove(end.requestId)
        $0.resources[end.requestId]?.bytes = Int(end.encodedDataLength ?? 0)
      }
    case "Page.javascriptDialogOpening":
      // A page that asks something would wait for an answer for ever.
      connection.post("Page.handleJavaScriptDialog", ["accept": false], session: session)
      return
    case "Fetch.requestPaused":
      if let paused = Self.read(event, as: Paused.self) { hold(paused.requestId) }
      return
    case "Runtime.bindingCalled":
      releaseImages()
      return
    case "Inspector.targetCrashed": state.withLock { $0.isGone = true }
    default:
      guard let message = Self.message(event) else { return }
      state.withLock { $0.messages.append(message) }
    }
    changed.signal()
  }
}

/// What `Runtime.evaluate` answers.
private struct Evaluation<Value: Decodable>: Decodable {
  struct Object: Decodable { var value: Value? }
  struct Failure: Decodable {
    struct Thrown: Decodable { var description: String? }
    var text: String
    var exception: Thrown?
  }

  var result: Object?
  var exceptionDetails: Failure?

  enum Key: CodingKey { case result, exceptionDetails }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    exceptionDetails = try container.decodeIfPresent(Failure.self, forKey: .exceptionDetails)
    result = exceptionDetails == nil ? try container.decode(Object.self, forKey: .result) : nil
  }
}
