import Dispatch
import Foundation
import SiteFiles
import Synchronization

/// One run of a site's generator, with a time limit, its output handed on as it comes.
struct DeployRun {
  /// The program and its arguments.
  var words: [String]
  /// The command for people.
  var line: String
  /// The folder it runs in.
  var folder: String
  /// Variables beside those of this process.
  var environment: [String: String]
  /// How long it may take, in seconds.
  var seconds: Int
  /// How long it may print nothing behind a question, in seconds: nobody is going to answer.
  var patience = 30
  /// Records the process for as long as it runs.
  var guardian: BuildGuard
  /// Called with what it prints.
  var show: @Sendable (Data) -> Void

  /// - Throws: ``GeneratorOracleError``
  func run() throws {
    let process = try GeneratorProcess(
      words, in: folder, environment: environment, seconds: seconds, guardian: guardian)
    let pipe = Pipe()
    var output: Output?
    let start = ContinuousClock.now
    let status = try process.run(into: pipe.fileHandleForWriting) {
      try? pipe.fileHandleForWriting.close()
      output = handOn(pipe.fileHandleForReading.fileDescriptor)
    } isStuck: {
      output?.asks(for: patience) ?? false
    }
    // What it has started may live on and hold the pipe open: what was printed until now is enough.
    _ = output?.done.wait(timeout: .now() + .seconds(1))
    try? pipe.fileHandleForReading.close()
    guard let status else {
      let elapsed = Int((ContinuousClock.now - start).components.seconds)
      throw GeneratorOracleError.timedOut(
        command: line, seconds: min(seconds, elapsed), output: output?.lines() ?? [])
    }
    guard status == 0 else {
      throw GeneratorOracleError.failed(command: line, status: status, output: output?.lines() ?? [])
    }
  }

  /// The end of what was printed, which tells why a build failed.
  private final class Output: Sendable {
    let done = DispatchSemaphore(value: 0)
    private let tail = Mutex((data: Data(), last: ContinuousClock.now))

    func add(_ data: Data) {
      tail.withLock { tail in
        tail.data.append(data)
        if tail.data.count > 65_536 { tail.data = Data(tail.data.suffix(32_768)) }
        tail.last = .now
      }
    }

    /// Whether it has been silent for some seconds, and what it printed last is a question.
    func asks(for seconds: Int) -> Bool {
      let last = tail.withLock { $0.last }
      return ContinuousClock.now - last >= .seconds(seconds) && DeployFailure.isQuestion(lines().last)
    }

    func lines() -> [String] {
      String(decoding: tail.withLock { $0.data }, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(
        200
      )
      .map(String.init)
    }
  }

  private func handOn(_ descriptor: Int32) -> Output {
    let output = Output()
    let show = show
    // A copy of the descriptor of its own, which no other thread closes.
    let copy = dup(descriptor)
    DispatchQueue(label: "optimize-assets.generator-output").async {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while copy >= 0 {
        let count = read(copy, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        let data = Data(buffer[..<count])
        output.add(data)
        show(data)
      }
      if copy >= 0 { close(copy) }
      output.done.signal()
    }
    return output
  }
}
