import Foundation
import SiteFiles
import Synchronization

/// A server of a folder's files on this machine's own address, for as long as it is kept.
package final class StaticServer: Sendable {
  /// The port on 127.0.0.1.
  package let port: UInt16
  /// The path that the files are published below: `/blog`, or empty.
  package let baseurl: String

  private let listener: Int32

  /// - Parameters:
  ///   - folder: the folder. No file outside it is served, whatever its links say.
  ///   - baseurl: the path that the files are published below.
  /// - Throws: ``ChromiumError/cannotServe(_:)``
  package init(folder: String, baseurl: String = "") throws(ChromiumError) {
    let root: SiteRoot
    do {
      root = try SiteRoot(folder)
    } catch {
      throw .cannotServe("\(error)")
    }
    self.baseurl = baseurl
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
    port = UInt16(bigEndian: address.sin_port)
    let files = ServedFiles(root: root, baseurl: baseurl)
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
        guard connection >= 0 else { return }
        Thread.detachNewThread { HTTPExchange(descriptor: connection, files: files).serve() }
      }
    }
  }

  deinit {
    stop()
    close(listener)
  }

  /// Takes no more connections.
  package func stop() {
    // Wakes the thread that accepts, which then ends.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// The address of a file of the folder. That of an `index.html` is its folder's, as on a real host.
  package func url(of path: String) -> String {
    var parts = path.split(separator: "/").map(String.init)
    let isIndex = parts.last == "index.html"
    if isIndex { parts.removeLast() }
    let encoded = parts.map { $0.addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? $0 }
    return "http://127.0.0.1:\(port)\(baseurl)/" + encoded.joined(separator: "/")
      + (isIndex && !parts.isEmpty ? "/" : "")
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// The files that a server has, by the paths of requests.
struct ServedFiles: Sendable {
  let root: SiteRoot
  let baseurl: String

  /// What a request is answered with.
  enum Answer: Hashable {
    /// A file's path on this machine.
    case file(String)
    /// A folder's address without its `/`: relative URLs on its page count from the folder.
    case redirect(String)
    case none
  }

  /// - Parameter target: a request's target, encoded, perhaps with a query.
  func answer(to target: String) -> Answer {
    let encoded = String(target.prefix { $0 != "?" && $0 != "#" })
    let path = encoded.removingPercentEncoding ?? encoded
    guard baseurl.isEmpty || path == baseurl || path.hasPrefix(baseurl + "/") else { return .none }
    let inside = path.dropFirst(baseurl.count)
    guard let parts = SiteRoot.normalize(String(inside)) else { return .none }
    let name = parts.joined(separator: "/")
    if case .file(let found) = root.resolve(name) { return .file(root.absolute(found)) }
    if case .file(let found) = root.resolve(name.isEmpty ? "index.html" : name + "/index.html") {
      return path.hasSuffix("/") ? .file(root.absolute(found)) : .redirect(encoded + "/")
    }
    if !name.isEmpty, case .file(let found) = root.resolve(name + ".html") {
      return .file(root.absolute(found))
    }
    return .none
  }

  /// The media type of a file by its name.
  static func type(of name: String) -> String {
    switch (name as NSString).pathExtension.lowercased() {
    case "html", "htm": "text/html; charset=utf-8"
    case "xhtml": "application/xhtml+xml; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js", "mjs": "text/javascript; charset=utf-8"
    case "json", "webmanifest": "application/json"
    case "xml": "application/xml"
    case "svg": "image/svg+xml"
    case "jpg", "jpeg", "jpe", "jfif": "image/jpeg"
    case "png", "apng": "image/png"
    case "webp": "image/webp"
    case "avif": "image/avif"
    case "jxl": "image/jxl"
    case "gif": "image/gif"
    case "bmp": "image/bmp"
    case "ico": "image/x-icon"
    case "woff": "font/woff"
    case "woff2": "font/woff2"
    case "ttf": "font/ttf"
    case "otf": "font/otf"
    default: "application/octet-stream"
    }
  }
}

/// One request and its answer.
private struct HTTPExchange {
  let descriptor: Int32
  let files: ServedFiles

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
    while request.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
      guard request.count < 1 << 16, receive(&request) else { return }
    }
    let words = String(decoding: request, as: UTF8.self).prefix { $0 != "\r\n" }.split(separator: " ")
    guard words.count > 1 else { return }
    switch files.answer(to: String(words[1])) {
    case .file(let path):
      guard let data = try? FileAccess.read(path) else { return notFound() }
      answer("200 OK", type: ServedFiles.type(of: path), data)
    case .redirect(let place):
      answer("301 Moved Permanently", type: "text/plain", Data(), "Location: \(place)\r\n")
    case .none: notFound()
    }
  }

  private func notFound() { answer("404 Not Found", type: "text/plain", Data("not found".utf8)) }

  private func answer(_ status: String, type: String, _ body: Data, _ more: String = "") {
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
      + "Cache-Control: max-age=3600\r\nTiming-Allow-Origin: *\r\nConnection: close\r\n\(more)\r\n"
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
}
