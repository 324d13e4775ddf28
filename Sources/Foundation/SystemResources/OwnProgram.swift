import Foundation

#if canImport(Darwin)
import Darwin
#endif

/// The file of the program that runs.
package enum OwnProgram {
  /// Its absolute path; nil where the system does not tell. The system is asked each time, for it knows where the file was
  /// moved to while it runs.
  ///
  /// `Bundle.main` would end the process where a folder above the file may be passed, and not read.
  package static var path: String? {
    #if canImport(Darwin)
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    var count = UInt32(bytes.count)
    guard _NSGetExecutablePath(&bytes, &count) == 0 else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #else
    // The kernel marks a file that was removed. Where another was installed in its place, that is the one to start.
    let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let mark = " (deleted)"
    guard let file, file.hasSuffix(mark), access(file, F_OK) != 0 else { return file }
    return String(file.dropLast(mark.count))
    #endif
  }
}
