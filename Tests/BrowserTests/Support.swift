import Foundation

/// Sockets of this machine's own, which a page must not reach.
enum Loopback {
  /// A socket on a free port of 127.0.0.1 that nobody waits at.
  final class Ear {
    let descriptor: Int32
    let port: UInt16

    init(stream: Bool) {
      #if canImport(Darwin)
      let type = stream ? SOCK_STREAM : SOCK_DGRAM
      #else
      let type = Int32((stream ? SOCK_STREAM : SOCK_DGRAM).rawValue)
      #endif
      let descriptor = socket(AF_INET, type, 0)
      self.descriptor = descriptor
      var address = Loopback.address(0)
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      _ = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, length) + getsockname(descriptor, $0, &length)
        }
      }
      if stream { listen(descriptor, 16) }
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    /// Whether a connection was asked for.
    var hasCaller: Bool { accept(descriptor, nil, nil) >= 0 }

    /// Whether a datagram came.
    var hasDatagram: Bool {
      var byte: UInt8 = 0
      return recv(descriptor, &byte, 1, 0) > 0
    }
  }

  static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }

  /// What a server answers to some bytes, up to the end of the connection.
  static func answer(to text: String, port: UInt16) -> String {
    #if canImport(Darwin)
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    defer { close(descriptor) }
    var address = address(port)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { return "no connection" }
    _ = text.utf8.withContiguousStorageIfAvailable { send(descriptor, $0.baseAddress, $0.count, 0) }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let got = recv(descriptor, &buffer, buffer.count, 0)
      guard got > 0 else { break }
      answer += buffer[..<got]
    }
    return String(decoding: answer, as: UTF8.self)
  }
}
