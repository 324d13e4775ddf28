import Synchronization

/// The only way out of a browser: a proxy that gives out the files of some servers, and nothing else.
///
/// A page's scripts can ask for any address, and a browser has many ways to ask: requests, sockets, streams, early
/// connections. With a proxy all of them come here. What is no request for a file of one of the servers is closed without a
/// word, which is what the page of a host that is not there gets. Datagrams know no proxies and are switched off; see
/// ``Browser``.
final class PageGate: Sendable {
  private let listener: LoopbackListener
  private let servers: Servers

  private final class Servers: Sendable {
    let files = Mutex<[UInt16: ServedFiles]>([:])
  }

  /// - Throws: ``ChromiumError/cannotServe(_:)``
  init() throws(ChromiumError) {
    let servers = Servers()
    self.servers = servers
    listener = try LoopbackListener { connection, _ in
      HTTPExchange(descriptor: connection) { request in
        servers.files.withLock { Self.reply(to: request, $0) }
      }.serve()
    }
  }

  /// What a browser is told of its proxy.
  var address: String { "http://127.0.0.1:\(listener.port)" }

  /// Lets pages ask for a server's files.
  func admit(_ server: StaticServer) {
    servers.files.withLock { $0[server.port] = server.files }
  }

  func stop() { listener.stop() }

  /// What a request to the proxy comes to, where servers of some ports may be asked.
  static func reply(to request: HTTPRequest, _ servers: [UInt16: ServedFiles]) -> HTTPExchange.Reply {
    let start = "http://127.0.0.1:"
    guard request.target.hasPrefix(start) else { return .nothing }
    let rest = request.target.dropFirst(start.count)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let path = rest.dropFirst(digits.count)
    guard let port = UInt16(digits), let files = servers[port], path.isEmpty || path.hasPrefix("/") else {
      return .nothing
    }
    return .answer(files.answer(to: path.isEmpty ? "/" : String(path)), of: files)
  }
}
