import Foundation

/// Takes connections on a port of 127.0.0.1, each on a thread of its own, for as long as it is kept.
final class LoopbackListener: Sendable {
  /// The port.
  let port: UInt16
  private let listener: Int32

  /// - Parameter serve: is given each connection, which it closes, and the port.
  /// - Throws: ``ChromiumError/cannotServe(_:)``
  init(serve: @escaping @Sendable (_ connection: Int32, _ port: UInt16) -> Void) throws(ChromiumError) {
    #if canImport(Darwin)
    let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #endif
    guard listener >= 0 else { throw .cannotServe(String(cString: strerror(errno))) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound else {
      let reason = String(cString: strerror(errno))
      close(listener)
      throw .cannotServe(reason)
    }
    self.listener = listener
    let port = UInt16(bigEndian: address.sin_port)
    self.port = port
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
        guard connection >= 0 else { return }
        Thread.detachNewThread { serve(connection, port) }
      }
    }
  }

  deinit {
    stop()
    close(listener)
  }

  /// Takes no more connections.
  func stop() {
    // Wakes the thread that accepts, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
  }
}
