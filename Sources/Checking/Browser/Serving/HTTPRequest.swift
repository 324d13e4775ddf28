/// The head of a request, as far as it matters here.
struct HTTPRequest: Hashable {
  var method: String
  /// A path with its query, or of a request to a proxy a whole address.
  var target: String
  /// The host and port that the client takes the server for, in lowercase; empty where there is none, or more than one.
  var host: String

  /// Reads a head, up to the empty line; nil where it is none.
  init?(_ head: [UInt8]) {
    let lines = String(decoding: head, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    method = String(words[0])
    target = String(words[1])
    let hosts = lines.dropFirst().compactMap { line -> String? in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "host" else { return nil }
      return parts[1].filter { $0 != " " && $0 != "\t" }.lowercased()
    }
    host = hosts.count == 1 ? hosts[0] : ""
  }
}
