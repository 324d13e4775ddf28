import Foundation
import Synchronization

/// A browser's process with its DevTools pipe: it reads commands from descriptor 3 and writes answers to 4.
///
/// Both are sockets rather than pipes, as other drivers of Chromium have it: writing to a browser that is gone then
/// gives an error instead of SIGPIPE, which would end this program.
final class ChromiumProcess: Sendable {
  /// Our end of what the browser reads.
  let commands: Int32
  /// Our end of what the browser writes.
  let answers: Int32
  /// The process, until it has been waited for. It leads a group of its own.
  private let process: Mutex<pid_t?>
  private let log: String

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - log: the file that its own messages go to.
  /// - Throws: ``ChromiumError/cannotStart(program:reason:)``
  init(_ program: String, arguments: [String], log: String) throws(ChromiumError) {
    self.log = log
    guard let input = Self.pair() else { throw Self.failure(program, errno) }
    guard let output = Self.pair() else {
      let code = errno
      Self.close(input.ours, input.theirs)
      throw Self.failure(program, code)
    }
    let (id, code) = Self.spawn(program, arguments, input: input.theirs, output: output.theirs, log: log)
    Self.close(input.theirs, output.theirs)
    guard code == 0 else {
      Self.close(input.ours, output.ours)
      throw Self.failure(program, code)
    }
    commands = input.ours
    answers = output.ours
    process = Mutex(id)
  }

  private static func failure(_ program: String, _ code: Int32) -> ChromiumError {
    .cannotStart(program: program, reason: String(cString: strerror(code)))
  }

  private static func close(_ descriptors: Int32...) {
    for descriptor in descriptors { _ = systemClose(descriptor) }
  }

  /// Two connected sockets, both above the descriptors that the browser's are put on, so that neither is overwritten
  /// while the other is put in place.
  private static func pair() -> (ours: Int32, theirs: Int32)? {
    var ends: [Int32] = [-1, -1]
    #if os(Linux)
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
    let type = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) }
    let code = errno
    close(ends[0], ends[1])
    guard moved.allSatisfy({ $0 >= 0 }) else {
      for descriptor in moved where descriptor >= 0 { close(descriptor) }
      errno = code
      return nil
    }
    #if canImport(Darwin)
    var on: Int32 = 1
    setsockopt(moved[0], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return (moved[0], moved[1])
  }

  /// Starts the program as the leader of a new process group; gives back its id and 0, or what went wrong.
  private static func spawn(
    _ program: String, _ arguments: [String], input: Int32, output: Int32, log: String
  ) -> (pid_t, Int32) {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, input, 3)
    posix_spawn_file_actions_adddup2(&actions, output, 4)
    // A signal that this program ignores would be ignored in the browser too, and in all that it starts.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
    flags |= Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, flags)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, program, &actions, &attributes, words, environ)
    return (id, code)
  }

  /// The last lines of the browser's own messages, for an error.
  var lastWords: String {
    guard let data = FileManager.default.contents(atPath: log) else { return "" }
    return String(decoding: data.suffix(4_096), as: UTF8.self).split(whereSeparator: \.isNewline).suffix(3)
      .joined(separator: " | ")
  }

  /// Waits for the process to end by itself, and kills its whole group once it has, or once it has had its time.
  ///
  /// - Parameter milliseconds: how long it may take to end.
  func end(within milliseconds: Int) {
    process.withLock { id in
      guard let process = id else { return }
      let deadline = ContinuousClock.now + .milliseconds(milliseconds)
      var status: Int32 = 0
      while waitpid(process, &status, WNOHANG) == 0, ContinuousClock.now < deadline { usleep(5_000) }
      kill(-process, SIGKILL)
      waitpid(process, &status, 0)
      id = nil
    }
  }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
