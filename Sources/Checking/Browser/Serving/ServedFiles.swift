import Foundation
import SiteFiles

/// The files that a server has, by the paths of requests.
struct ServedFiles: Sendable {
  let root: SiteRoot
  let baseurl: String
  /// The scheme and host that the site is published at, which its pages may name; empty where none is known.
  var origin = ""

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
    if case .file(let file) = root.resolve(name) { return .file(root.absolute(file)) }
    if case .file(let file) = root.resolve(name.isEmpty ? "index.html" : name + "/index.html") {
      return path.hasSuffix("/") ? .file(root.absolute(file)) : .redirect(encoded + "/")
    }
    if !name.isEmpty, case .file(let file) = root.resolve(name + ".html") {
      return .file(root.absolute(file))
    }
    return .none
  }

  /// A file's bytes as they are sent: what a page names on its own host is here, and not there yet.
  func content(of path: String) -> Data? {
    guard let data = try? FileAccess.read(path) else { return nil }
    let type = Self.type(of: path)
    guard !origin.isEmpty, type.hasPrefix("text/html") || type.hasPrefix("text/css"),
      let text = String(validating: data, as: UTF8.self)
    else { return data }
    // Some template languages write slashes in attributes as references.
    let escaped = (origin + "/").replacing("/", with: "&#x2F;")
    return Data(text.replacing(origin + "/", with: "/").replacing(escaped, with: "/").utf8)
  }

  /// The scheme and host of an address that names no path.
  static func origin(of address: String) -> String {
    guard address.hasPrefix("http"), address.split(separator: "/").count == 2 else { return "" }
    return address.hasSuffix("/") ? String(address.dropLast()) : address
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
