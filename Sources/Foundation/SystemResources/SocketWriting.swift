import Foundation

/// Writing to a connected socket.
package enum SocketWriting {
  /// Writes all of some bytes. Where nobody listens any more no signal is raised: on Linux the call asks for that, on macOS
  /// the socket has to be one with `SO_NOSIGPIPE`.
  ///
  /// - Returns: false where not all could be written.
  package static func send(_ data: Data, to descriptor: Int32) -> Bool {
    #if canImport(Darwin)
    let flags: Int32 = 0
    #else
    let flags = Int32(MSG_NOSIGNAL)
    #endif
    return data.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let sent = Foundation.send(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, flags)
        if sent < 0, errno == EINTR { continue }
        guard sent > 0 else { return false }
        rest = rest.dropFirst(sent)
      }
      return true
    }
  }
}
