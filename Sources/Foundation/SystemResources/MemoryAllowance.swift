import Foundation

/// The memory that the process may use, which in a container is less than the machine has.
package enum MemoryAllowance {
  /// Bytes: the machine's memory, the limit of each of the process's control groups, or the limit of its address space
  /// (`ulimit -v`), whichever is least.
  package static var bytes: Int {
    bytes(root: "/", physical: physical, addressSpace: addressSpace)
  }

  /// The same on a machine whose `/proc` and `/sys` lie below `root`.
  ///
  /// - Parameters:
  ///   - physical: bytes that the machine has.
  ///   - addressSpace: bytes that the process may map; nil for no limit.
  static func bytes(root: String, physical: Int, addressSpace: Int?) -> Int {
    let groups = ControlGroups(root: root)
    // "max" is no limit in version 2; version 1 says so with a number that no machine has.
    let limits =
      groups.unified("memory.max").compactMap(Int.init)
      + groups.legacy("memory", ["memory.limit_in_bytes"]).compactMap { Int($0[0]) }
    return ([physical] + limits + (addressSpace.map { [$0] } ?? [])).filter { $0 > 0 }.min() ?? physical
  }

  /// Bytes of the process that are in memory now; nil where the system does not tell.
  package static var resident: Int? {
    #if os(Linux)
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
    let words = String(decoding: data, as: UTF8.self).split(separator: " ")
    guard words.count > 1, let pages = Int(words[1]) else { return nil }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    #else
    return nil
    #endif
  }

  private static var physical: Int {
    Int(truncatingIfNeeded: min(ProcessInfo.processInfo.physicalMemory, UInt64(Int.max)))
  }

  private static var addressSpace: Int? {
    var limit = rlimit()
    #if os(Linux)
    let isAvailable = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #else
    let isAvailable = getrlimit(RLIMIT_AS, &limit) == 0
    #endif
    // "No limit" is the largest number there is.
    guard isAvailable, limit.rlim_cur < rlim_t(Int64.max) else { return nil }
    return Int(limit.rlim_cur)
  }
}
