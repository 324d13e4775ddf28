import Foundation
import Synchronization

/// A worker's process. It reads and writes one socket, which stands as its standard input.
final class WorkerProcess: Sendable {
  let channel: MessageChannel
  private let socket: Int32
  /// The process, until it has been waited for.
  private let process: Mutex<pid_t?>

  /// Starts a worker.
  ///
  /// - Throws: ``EngineError/noWorker(_:)``
  init(_ program: WorkerProgram, scratch: String) throws(EngineError) {
    guard let (ours, theirs) = Self.pair() else {
      throw .noWorker("\(program.path): \(String(cString: strerror(errno)))")
    }
    var (id, code) = Self.spawn(program.path, input: theirs, scratch: scratch)
    // A program that has just been written is open still in a process that another thread is about to start.
    for _ in 0..<50 where code == ETXTBSY {
      usleep(20_000)
      (id, code) = Self.spawn(program.path, input: theirs, scratch: scratch)
    }
    close(theirs)
    guard code == 0 else {
      close(ours)
      throw .noWorker("\(program.path): \(String(cString: strerror(code)))")
    }
    socket = ours
    channel = MessageChannel(ours)
    process = Mutex(id)
  }

  deinit { close(socket) }

  /// Ends it at once, if it has not ended.
  func kill() {
    process.withLock { id in
      if let id { _ = Foundation.kill(id, SIGKILL) }
    }
  }

  /// Waits for its end.
  ///
  /// - Returns: what waitpid(2) tells; nil where it has been waited for.
  func wait() -> Int32? {
    guard let id = process.withLock(\.self) else { return nil }
    // This only checks and does not reap, so that a signal never goes to another process with the same number.
    var info = siginfo_t()
    while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return process.withLock { id in
      guard let process = id else { return nil }
      id = nil
      var status: Int32 = 0
      return waitpid(process, &status, 0) == process ? status : nil
    }
  }

  /// Bytes that it has in memory; nil where the system does not tell.
  var resident: Int? {
    #if os(Linux)
    guard let id = process.withLock(\.self),
      let data = FileManager.default.contents(atPath: "/proc/\(id)/statm")
    else { return nil }
    let words = String(decoding: data, as: UTF8.self).split(separator: " ")
    return words.count > 1 ? Int(words[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    #else
    return nil
    #endif
  }

  // MARK: Starting

  private static func pair() -> (ours: Int32, theirs: Int32)? {
    var ends: [Int32] = [-1, -1]
    #if os(Linux)
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
    let type = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
    #if canImport(Darwin)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var on: Int32 = 1
    setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
    return (ends[0], ends[1])
  }

  /// Starts the program as the leader of a process group, so that a terminal's signals reach the parent alone.
  private static func spawn(_ program: String, input: Int32, scratch: String) -> (pid_t, Int32) {
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
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    // What libraries print is for nobody.
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&defaults, number) }
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    #if canImport(Darwin)
    flags |= Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, flags)
    var words = copies(of: [program, WorkerProgram.argument, String(getpid())])
    var variables = copies(of: environment(scratch))
    defer { for word in words + variables { free(word) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, program, &actions, &attributes, &words, &variables)
    return (id, code)
  }

  /// The words as C has them, and the null at their end.
  private static func copies(of words: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    copies.append(nil)
    return copies
  }

  private static let wanted = [
    "LD_", "DYLD_", "VIPS", "LIBHEIF_", "MALLOC_", "GLIBC_", "LC_", "LANG", "TZ", "ASAN_", "LLVM_",
  ]

  /// The environment without what may be secret, as a token is: what tells the loader and the libraries where things are.
  private static func environment(_ scratch: String) -> [String] {
    let all = ProcessInfo.processInfo.environment
    let inherited = all.filter { entry in wanted.contains { entry.key.hasPrefix($0) } }
    let added = ["TMPDIR": scratch, "HOME": scratch, "SWIFT_BACKTRACE": "enable=no"]
    return inherited.merging(added) { $1 }.map { "\($0.key)=\($0.value)" }
  }
}
