import AssetModel
import AssetPipeline
import Synchronization

/// Shows a run's progress on standard error.
struct ProgressReporter: Sendable {
  private let isQuiet: Bool
  /// What a generator builds.
  private let built: String
  private let draws: Bool
  private let state = State()

  /// The tenth of the images that was reported last, where progress is plain lines.
  private final class State: Sendable {
    let tenth = Mutex(-1)
  }

  init(isQuiet: Bool, building built: String = "a copy of the site") {
    (self.isQuiet, self.built) = (isQuiet, built)
    draws = Terminal.drawsProgress
  }

  func report(_ progress: PipelineProgress) {
    guard !isQuiet else { return }
    switch progress {
    case .scanning: step("reading posts")
    case .building(let command):
      tell("building \(built)" + (command.map { ": \($0)" } ?? ""))
    case .unsandboxed(let reason):
      tell("the browser runs without its sandbox, which cannot be set up: \(reason)")
    case .inspecting(let sources): step("looking at \(sources.counted("image"))")
    case .rendering(let done, let total): if total > 0 { rendered(done, of: total, "image") }
    case .looking(let done, let total): if total > 0 { rendered(done, of: total, "view") }
    case .writing: step("writing the site")
    }
  }

  /// Clears the bar, so that what follows starts on a line of its own.
  func finish() {
    if draws, !isQuiet { Terminal.write("\r\u{1B}[K") }
  }

  private func step(_ text: String) {
    Terminal.write(draws ? "\r\u{1B}[K\(text)…" : "\(text)\n")
  }

  /// A program is about to run: that line stays, whatever is drawn after it.
  private func tell(_ text: String) {
    Terminal.write((draws ? "\r\u{1B}[K" : "") + text.printable + "\n")
  }

  private func rendered(_ done: Int, of total: Int, _ thing: String) {
    if draws {
      let width = 30
      let filled = done * width / total
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      Terminal.write("\r\u{1B}[K\(bar) \(done)/\(total.counted(thing))")
      return
    }
    let isNew = state.tenth.withLock { tenth in
      // A count that starts again is another thing's.
      if done == 0 { tenth = -1 }
      guard done * 10 / total > tenth else { return false }
      tenth = done * 10 / total
      return true
    }
    if isNew { Terminal.write("\(done)/\(total.counted(thing))\n") }
  }
}
