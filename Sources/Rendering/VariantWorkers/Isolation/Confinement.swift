import CConfinement
import Foundation

/// The restrictions of a process, as far as the kernel supports them: Linux only.
package struct Confinement: Codable, Hashable, Sendable {
  /// Whether it can only read the site and the system's libraries, and only write its scratch folder.
  package var files = false
  /// Whether it opens no socket and starts no program.
  package var calls = false

  /// Irreversible restrictions that depend on no setting: no core dumps, no new privileges, an end with the parent.
  ///
  /// - Returns: false where the parent is gone already.
  static func begin(parent: pid_t) -> Bool { confinement_begin(parent) != ESRCH }

  /// Holds the calling thread and those that it starts to what a worker needs.
  ///
  /// - Parameters:
  ///   - readable: folders and files that may be read, beside the system's libraries.
  ///   - writable: the one folder that may be written to.
  static func holding(readable: [String], writable: String) -> Confinement {
    let read = (readable + system + Self.libraries).map { strdup($0) }
    let write = [strdup(writable)]
    defer { for text in read + write { free(text) } }
    var held = Confinement()
    let readable = read.map { UnsafePointer($0) }
    let writable = write.map { UnsafePointer($0) }
    held.files = confinement_files(readable, readable.count, writable, writable.count) == 1
    held.calls = confinement_calls() == 1
    return held
  }

  /// Where libraries are, and what they ask of the system: the loader's list, the time zone, the processors.
  private static let system = [
    "/usr", "/lib", "/lib32", "/lib64", "/opt", "/nix/store", "/home/linuxbrew", "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d", "/etc/localtime", "/etc/fonts", "/proc/self", "/proc/cpuinfo", "/proc/meminfo",
    "/proc/stat", "/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom",
  ]

  /// The folders of what is loaded into the process: modules lie beside or below.
  private static var libraries: [String] {
    guard let maps = FileManager.default.contents(atPath: "/proc/self/maps") else { return [] }
    let files = String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap { line in
      line.firstIndex(of: "/").map { String(line[$0...]) }
    }
    return Set(files.map { ($0 as NSString).deletingLastPathComponent }.filter { $0.count > 1 }).sorted()
  }
}
