import Foundation

/// A file operation that the system refused.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried, as a verb: `read`, `write`, `rename`.
  public var operation: String
  /// The file's path.
  public var path: String
  /// The system's error number.
  public var code: Int32

  /// Makes an error from `errno`, or from the number given.
  public init(_ operation: String, _ path: String, code: Int32 = errno) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// `cannot write /site/x.webp: No space left on device`
  public var description: String { "cannot \(operation) \(path): \(reason)" }

  /// The system's own words for ``code``.
  public var reason: String {
    switch code {
    case Self.notRegular: "it is not a regular file"
    case Self.tooLarge: "it has more than 256 MiB"
    default: String(cString: strerror(code))
    }
  }

  /// The code for a pipe, a socket or a device where a file is wanted, for which the system has none.
  package static let notRegular: Int32 = -1
  /// The code for a file that is larger than what is read as a whole.
  package static let tooLarge: Int32 = -2
}
