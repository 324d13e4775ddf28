import Foundation
import SiteFiles

/// One request and its answer.
struct HTTPExchange {
  /// What a request comes to.
  enum Reply {
    case answer(ServedFiles.Answer, of: ServedFiles)
    /// A refusal, by its status.
    case status(String)
    /// The connection is closed without a word, as if there were nobody.
    case nothing
  }

  let descriptor: Int32
  let reply: (HTTPRequest) -> Reply

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
    guard let request = HTTPRequest(request) else { return refuse("400 Bad Request") }
    switch reply(request) {
    case .nothing: return
    case .status(let status): refuse(status)
    case .answer(let result, let files):
      guard request.method == "GET" || request.method == "HEAD" else {
        return refuse("405 Method Not Allowed")
      }
      send(result, of: files, isHead: request.method == "HEAD")
    }
  }

  private func send(_ result: ServedFiles.Answer, of files: ServedFiles, isHead: Bool) {
    switch result {
    case .file(let path):
      guard let data = files.content(of: path) else { return refuse("404 Not Found") }
      answer("200 OK", type: ServedFiles.type(of: path), data, isHead: isHead)
    case .redirect(let target):
      answer("301 Moved Permanently", type: "text/plain", Data(), "Location: \(target)\r\n")
    case .none: refuse("404 Not Found")
    }
  }

  private func refuse(_ status: String) {
    answer(status, type: "text/plain", Data(status.dropFirst(4).lowercased().utf8))
  }

  private func answer(
    _ status: String, type: String, _ body: Data, _ more: String = "", isHead: Bool = false
  ) {
    let head =
      "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
      + "Cache-Control: max-age=3600\r\nTiming-Allow-Origin: *\r\nConnection: close\r\n\(more)\r\n"
    let bytes = Array(head.utf8) + (isHead ? Data() : body)
    var offset = 0
    while offset < bytes.count {
      #if canImport(Darwin)
      let flags: Int32 = 0
      #else
      let flags = Int32(MSG_NOSIGNAL)
      #endif
      let sent = bytes.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress?.advanced(by: offset), $0.count - offset, flags)
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
