import Foundation
import SiteFiles
import Synchronization

/// A server of a folder's files on this machine's own address, for as long as it is kept.
///
/// Beside the files it serves the pages that it is given, and hands over what is posted to it.
final class StaticServer: Sendable {
  /// The port on 127.0.0.1.
  let port: UInt16
  /// What is posted, whatever the path, until the server stops.
  let posts: AsyncStream<Data>

  private let root: String
  private let pages: [String: Data]
  private let socketDescriptor: Int32
  private let posted: AsyncStream<Data>.Continuation

  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = "cannot \(what): \(String(cString: strerror(errno)))" }
  }

  /// - Parameters:
  ///   - root: the folder.
  ///   - pages: HTML pages by their paths, which win over the folder's files.
  init(root: String, pages: [String: String]) throws {
    self.root = root
    self.pages = pages.mapValues { Data($0.utf8) }
    (posts, posted) = AsyncStream.makeStream(of: Data.self)
    #if canImport(Darwin)
    let listener = socket(AF_INET, SOCK_STREAM, 0)
    #else
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard listener >= 0 else { throw Failure("make a socket") }
    socketDescriptor = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound else {
      close(listener)
      throw Failure("listen")
    }
    port = UInt16(bigEndian: address.sin_port)
    let (root, pages, posted) = (self.root, self.pages, self.posted)
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
        guard connection >= 0 else { return }
        Thread.detachNewThread {
          Connection(descriptor: connection, root: root, pages: pages, posted: posted).serve()
        }
      }
    }
  }

  deinit {
    stop()
    close(socketDescriptor)
  }

  /// Takes no more connections.
  func stop() {
    // Wakes the thread that accepts, which then ends.
    shutdown(socketDescriptor, Int32(SHUT_RDWR))
    posted.finish()
  }
}

/// One request and its answer.
private struct Connection {
  let descriptor: Int32
  let root: String
  let pages: [String: Data]
  let posted: AsyncStream<Data>.Continuation

  func serve() {
    defer { close(descriptor) }
    // Browsers open connections ahead of need; one that stays silent is dropped.
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    #if canImport(Darwin)
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
    var request: [UInt8] = []
    let headEnd: Int
    while true {
      if let end = request.firstRange(of: Array("\r\n\r\n".utf8)) {
        headEnd = end.upperBound
        break
      }
      guard request.count < 1 << 16, receive(&request) else { return }
    }
    let head = String(decoding: request[..<headEnd], as: UTF8.self)
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
    guard words.count > 1 else { return }
    if words[0] == "POST" {
      let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
      while request.count < headEnd + (length ?? 0) { guard receive(&request) else { return } }
      posted.yield(Data(request[headEnd...]))
      answer("204 No Content", type: "text/plain", Data())
    } else {
      get(String(words[1].prefix { $0 != "?" && $0 != "#" }))
    }
  }

  private func get(_ encoded: String) {
    let path = encoded.removingPercentEncoding ?? encoded
    if let page = pages[path] { return answer("200 OK", type: "text/html; charset=utf-8", page) }
    guard let parts = SiteRoot.normalise(path) else { return notFound() }
    let file = root + "/" + parts.joined(separator: "/")
    for name in [file, file + "/index.html", file + ".html"] {
      if let data = try? FileAccess.read(name) { return answer("200 OK", type: Self.type(of: name), data) }
    }
    notFound()
  }

  private func notFound() { answer("404 Not Found", type: "text/plain", Data("not found".utf8)) }

  private func answer(_ status: String, type: String, _ body: Data) {
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
      + "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
    let bytes = Array(head.utf8) + body
    var offset = 0
    while offset < bytes.count {
      #if canImport(Darwin)
      let flags: Int32 = 0
      #else
      let flags = Int32(MSG_NOSIGNAL)
      #endif
      let sent = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset, flags)
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return }
      offset += sent
    }
  }

  private func receive(_ request: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let got = recv(descriptor, &buffer, buffer.count, 0)
    guard got > 0 else { return false }
    request += buffer[..<got]
    return true
  }

  private static func type(of name: String) -> String {
    switch (name as NSString).pathExtension.lowercased() {
    case "html", "htm": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "json": "application/json"
    case "svg": "image/svg+xml"
    case "jpg", "jpeg": "image/jpeg"
    case "png": "image/png"
    case "webp": "image/webp"
    case "avif": "image/avif"
    case "gif": "image/gif"
    default: "application/octet-stream"
    }
  }
}
