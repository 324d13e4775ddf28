import Dispatch
import Foundation
import Synchronization
import SystemResources

/// A message of the browser that answers no command.
package struct DevToolsEvent: Sendable {
  /// `Page.loadEventFired` and the like.
  package var method: String
  /// The whole message.
  package var message: Data
}

/// Commands to a browser and what comes back, over its DevTools pipe.
///
/// A thread of its own reads what the browser writes. Commands may be sent from any thread, and block it until they
/// are answered.
final class DevToolsConnection: Sendable {
  /// How long a command may take that says nothing else, in seconds. It only ends what hangs.
  static let patience = 60

  /// One command that waits for its answer.
  private final class Waiter: Sendable {
    let answered = DispatchSemaphore(value: 0)
    let answer = Mutex<Result<Data, ChromiumError>?>(nil)

    func resolve(_ result: Result<Data, ChromiumError>) {
      answer.withLock { $0 = $0 ?? result }
      answered.signal()
    }
  }

  private struct State {
    var next = 1
    var waiting: [Int: Waiter] = [:]
    var listeners: [String: @Sendable (DevToolsEvent?) -> Void] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())
  /// The descriptor that commands are written to; nil once it is closed.
  private let commands: Mutex<Int32?>

  /// - Parameters:
  ///   - commands: a socket that the browser reads; closed by ``close()``.
  ///   - answers: a socket that the browser writes to; closed when the browser closes its end.
  init(commands: Int32, answers: Int32) {
    self.commands = Mutex(commands)
    Thread.detachNewThread { self.read(answers) }
  }

  /// Sends no more commands. The browser ends when its pipe does.
  func close() {
    commands.withLock { descriptor in
      if let descriptor { _ = systemClose(descriptor) }
      descriptor = nil
    }
  }

  // MARK: Commands

  private struct Command: Encodable {
    var id: Int
    var method: String
    var params: JSON
    var sessionId: String?
  }

  private struct Reply<Result: Decodable>: Decodable {
    var result: Result
  }

  /// What a command that answers nothing answers.
  struct Nothing: Decodable {}

  /// Sends a command and waits for its answer.
  ///
  /// - Parameters:
  ///   - session: the page it is for; nil for the browser itself.
  ///   - seconds: how long it may take.
  /// - Throws: ``ChromiumError``
  func send<Answer: Decodable>(
    _ method: String, _ params: JSON = [:], session: String? = nil, seconds: Int = patience,
    as type: Answer.Type = Answer.self
  ) throws(ChromiumError) -> Answer {
    let waiter = Waiter()
    let id = try post(method, params, session: session, waiter)
    guard waiter.answered.wait(timeout: .now() + .seconds(seconds)) == .success else {
      state.withLock { $0.waiting[id] = nil }
      throw .timedOut(what: method, seconds: seconds)
    }
    let answer: Data
    switch waiter.answer.withLock({ $0 }) {
    case .success(let data)?: answer = data
    case .failure(let error)?: throw error
    case nil: throw .ended("")
    }
    do {
      return try JSONDecoder().decode(Reply<Answer>.self, from: answer).result
    } catch {
      throw .refused(command: method, reason: "its answer cannot be read: \(error)")
    }
  }

  /// Sends a command whose answer nobody waits for: from a listener, which must not block the thread that reads.
  func post(_ method: String, _ params: JSON = [:], session: String?) {
    _ = try? post(method, params, session: session, nil)
  }

  private func post(
    _ method: String, _ params: JSON, session: String?, _ waiter: Waiter?
  ) throws(ChromiumError) -> Int {
    let id: Int? = state.withLock { state in
      guard !state.isClosed else { return nil }
      defer { state.next += 1 }
      if let waiter { state.waiting[state.next] = waiter }
      return state.next
    }
    guard let id else { throw .ended("") }
    let command = Command(id: id, method: method, params: params, sessionId: session)
    guard let data = try? JSONEncoder().encode(command) else {
      throw .refused(command: method, reason: "it cannot be written as JSON")
    }
    let isWritten = commands.withLock { descriptor in
      guard let descriptor else { return false }
      return SocketWriting.send(MessageFraming.framed(data), to: descriptor)
    }
    guard isWritten else { throw .ended("") }
    return id
  }

  // MARK: What the browser says

  /// Has a page's events handed over as they come in, on the thread that reads; nil for the end of the browser.
  func listen(to session: String, _ listener: (@Sendable (DevToolsEvent?) -> Void)?) {
    let isClosed = state.withLock { state in
      state.listeners[session] = listener
      return state.isClosed
    }
    if isClosed { listener?(nil) }
  }

  private struct Envelope: Decodable {
    struct Failure: Decodable { var message: String }
    var id: Int?
    var method: String?
    var sessionId: String?
    var error: Failure?
  }

  private func read(_ descriptor: Int32) {
    var framing = MessageFraming()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = recv(descriptor, &buffer, buffer.count, 0)
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      for message in framing.take(Data(buffer[..<got])) { take(message) }
    }
    _ = systemClose(descriptor)
    let (waiting, listeners) = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return (state.waiting.values.map(\.self), state.listeners.values.map(\.self))
    }
    for waiter in waiting { waiter.resolve(.failure(.ended(""))) }
    for listener in listeners { listener(nil) }
  }

  private func take(_ message: Data) {
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: message) else { return }
    if let id = envelope.id {
      let waiter = state.withLock { $0.waiting.removeValue(forKey: id) }
      waiter?.resolve(
        envelope.error.map { .failure(.refused(command: "a command", reason: $0.message)) }
          ?? .success(message))
    } else if let method = envelope.method, let session = envelope.sessionId {
      let listener = state.withLock { $0.listeners[session] }
      listener?(DevToolsEvent(method: method, message: message))
    }
  }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
