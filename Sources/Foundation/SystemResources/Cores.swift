import Foundation

/// The processor cores that the process may use, which in a container are fewer than the machine has.
package enum Cores {
  /// How many threads that compute make sense: the cores that the process may run on, or the processor time that its
  /// control groups allow it, whichever is less; a part of a core counts as one. At least 1.
  package static var available: Int {
    available(root: "/", active: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The same on a machine whose `/proc` and `/sys` lie below `root`.
  ///
  /// - Parameter active: the cores that the machine has.
  static func available(root: String, active: Int) -> Int {
    let runnable = min(active, runnable(root: root) ?? active)
    let groups = ControlGroups(root: root)
    let quotas =
      groups.unified("cpu.max").compactMap { line in
        let words = line.split(separator: " ")
        // "max 100000" where there is no quota.
        return words.count == 2 ? cores(quota: String(words[0]), period: String(words[1])) : nil
      }
      + groups.legacy("cpu", ["cpu.cfs_quota_us", "cpu.cfs_period_us"]).compactMap {
        cores(quota: $0[0], period: $0[1])
      }
    return max(1, min(runnable, quotas.min() ?? runnable))
  }

  /// Microseconds of processor time in each period of that many microseconds, as cores, rounded up; nil for no quota
  /// (`max`, or -1 in version 1).
  private static func cores(quota: String, period: String) -> Int? {
    guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0 else { return nil }
    return Int(min(1e6, (quota / period).rounded(.up)))
  }

  /// The cores that the process may run on, as `taskset` and cpusets leave them; nil where the system does not tell.
  ///
  /// Linux tells it in `/proc/self/status`, in groups of 32 bits: `Cpus_allowed: ff,ffffffff`.
  private static func runnable(root: String) -> Int? {
    guard let status = FileManager.default.contents(atPath: root + "/proc/self/status") else { return nil }
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n") {
      guard line.hasPrefix("Cpus_allowed:") else { continue }
      let mask = line.dropFirst("Cpus_allowed:".count).compactMap(\.hexDigitValue)
      let count = mask.reduce(0) { $0 + $1.nonzeroBitCount }
      return count > 0 ? count : nil
    }
    return nil
  }
}
