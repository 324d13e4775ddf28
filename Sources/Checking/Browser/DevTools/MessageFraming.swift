import Foundation

/// Splits what a browser writes to its pipe into messages. Each message ends with a NUL byte, which JSON never holds
/// (Chromium, `devtools_pipe_handler.cc`).
package struct MessageFraming: Sendable {
  private var rest = Data()

  package init() {}

  /// Takes bytes as they come in, and gives back the messages that they complete.
  package mutating func take(_ bytes: Data) -> [Data] {
    var messages: [Data] = []
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0) {
      messages.append(rest + bytes[start..<end])
      rest = Data()
      start = bytes.index(after: end)
    }
    rest += bytes[start...]
    return messages
  }

  /// A message as it goes over the pipe.
  package static func framed(_ message: Data) -> Data { message + Data([0]) }
}
