/// How an author wrote a URL, so that another file's URL can be written the same way.
///
/// `![](/a/x.png)` has the prefix `/`; `![]({{ site.baseurl }}/a/x.png)` the prefix `{{ site.baseurl }}/`;
/// `{{ "/a/x.png" | relative_url }}` the prefix `{{ "/` and the suffix `" | relative_url }}`;
/// `../a/x.png` has no prefix and a base, the folder that it starts from.
public struct LinkForm: Codable, Hashable, Sendable {
  /// What stands before the file's path.
  public var prefix: String
  /// What stands after it. The author's query and fragment are not part of it: a variant has a name of its own.
  public var suffix: String
  /// The site folder that a relative URL starts from, without a trailing `/` (empty for the site's root); nil
  /// where the path is written from the site's root.
  public var base: String?
  /// Whether the author wrote non-ASCII letters as they are instead of percent-encoding them.
  public var keepsUnicode: Bool
  /// The author's own query and fragment (`?v=2`, `#center`), kept where the image's `src` changes.
  public var tail: String

  /// Makes a form.
  public init(
    prefix: String, suffix: String = "", base: String? = nil, keepsUnicode: Bool = false, tail: String = ""
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.base = base
    self.keepsUnicode = keepsUnicode
    self.tail = tail
  }

  /// The URL of a site file in this form.
  public func url(of path: String) -> String {
    let target = base.map { Self.relative(path, from: $0) } ?? path
    return prefix + Self.encode(target, keepsUnicode: keepsUnicode) + suffix
  }

  /// Percent-encodes a path. Everything outside RFC 3986's unreserved characters and `/` is encoded: the result
  /// goes into Markdown, HTML, `srcset` (where commas and spaces separate) and YAML alike.
  static func encode(_ path: String, keepsUnicode: Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(path.utf8.count)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        out.append(byte)
      case 0x80...:
        if keepsUnicode { out.append(byte) } else { fallthrough }
      default:
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `path` as seen from the folder `base`, both relative to the site's root.
  static func relative(_ path: String, from base: String) -> String {
    var from = base.split(separator: "/").map(String.init)[...]
    var to = path.split(separator: "/").map(String.init)[...]
    while let a = from.first, let b = to.first, a == b, to.count > 1 {
      from.removeFirst()
      to.removeFirst()
    }
    return (from.map { _ in ".." } + to).joined(separator: "/")
  }
}
