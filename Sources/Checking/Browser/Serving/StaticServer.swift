import Foundation
import SiteFiles

/// A server of a folder's files on this machine's own address, for as long as it is kept.
package final class StaticServer: Sendable {
  /// The port on 127.0.0.1.
  package var port: UInt16 { listener.port }
  /// The path that the files are published below: `/blog`, or empty.
  package let baseurl: String

  let files: ServedFiles
  private let listener: LoopbackListener

  /// - Parameters:
  ///   - folder: the folder. No file outside it is served, whatever its links say.
  ///   - baseurl: the path that the files are published below.
  ///   - address: where the site is published: what its pages name on that host is served from the folder.
  /// - Throws: ``ChromiumError/cannotServe(_:)``
  package init(folder: String, baseurl: String = "", address: String = "") throws(ChromiumError) {
    let root: SiteRoot
    do {
      root = try SiteRoot(folder)
    } catch {
      throw .cannotServe("\(error)")
    }
    self.baseurl = baseurl
    let files = ServedFiles(root: root, baseurl: baseurl, origin: ServedFiles.origin(of: address))
    self.files = files
    listener = try LoopbackListener { connection, port in
      HTTPExchange(descriptor: connection) { Self.reply(to: $0, port: port, files) }.serve()
    }
  }

  /// A page of another host, whose name leads to this machine, is none of the server's readers
  /// (https://fetch.spec.whatwg.org/#http-host-header: a browser sends the name that the page was opened by).
  private static func reply(to request: HTTPRequest, port: UInt16, _ files: ServedFiles) -> HTTPExchange.Reply
  {
    guard ["127.0.0.1:\(port)", "localhost:\(port)"].contains(request.host), request.target.hasPrefix("/")
    else { return .status("421 Misdirected Request") }
    return .answer(files.answer(to: request.target), of: files)
  }

  /// Takes no more connections.
  package func stop() { listener.stop() }

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
