import Foundation

/// Paths as the system takes them: bytes, which need no conversion to text.
enum SystemPath {
  /// Calls `body` with the path as a C string. One with a zero in it leads nowhere: the system would take its beginning.
  static func with<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    if path.contains(0) { return "".withCString(body) }
    return (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      // An array with a zero in it is never empty.
      guard let start = buffer.baseAddress else { return "".withCString(body) }
      return body(start)
    }
  }
}
