/// How an author wrote a URL, so that another file's URL can be written the same way.
///
/// `![](/a/x.png)` has the prefix `/`; `![]({{ site.baseurl }}/a/x.png)` the prefix `{{ site.baseurl }}/`;
/// `{{ "/a/x.png" | relative_url }}` the prefix `{{ "/` and the suffix `" | relative_url }}`;
/// `../a/x.png` has no prefix and a base, the folder that it starts from.
public struct LinkForm: Codable, Hashable, Sendable {
  /// A site folder that is published elsewhere than at its own path.
  public struct Mount: Codable, Hashable, Sendable {
    /// The folder, relative to the site's root (`static`); empty for the root itself.
    public var folder: String
    /// The URL path of its content below baseurl, without slashes at its ends.
    public var url: String

    /// Makes a mount.
    public init(_ folder: String, at url: String = "") {
      self.folder = folder
      self.url = url
    }

    /// The URL path of a file; nil where the file is not below the folder.
    package func published(_ path: String) -> String? {
      let inner: Substring
      if folder.isEmpty {
        inner = path[...]
      } else {
        guard path.hasPrefix(folder + "/") else { return nil }
        inner = path.dropFirst(folder.count + 1)
      }
      return url.isEmpty ? String(inner) : "\(url)/\(inner)"
    }
  }

  /// What stands before the file's path.
  public var prefix: String
  /// What stands after it. The author's query and fragment are not part of it: a variant has a name of its own.
  public var suffix: String
  /// The site folder that a relative URL starts from, without a trailing `/` (empty for the site's root); nil
  /// where the path is written from the site's root.
  public var base: String?
  /// Whether the author wrote non-ASCII letters as they are instead of percent-encoding them.
  public var keepsUnicode: Bool
  /// The author's own query and fragment (`?v=2`, `#center`), retained where the image's `src` changes.
  public var tail: String
  /// Where files are published, and the first mount that contains a file counts: URLs consist of published paths, and
  /// ``base`` is one. nil if files are published at their own paths, or URLs name the files themselves.
  public var mounts: [Mount]?

  /// Makes a form.
  public init(
    prefix: String, suffix: String = "", base: String? = nil, keepsUnicode: Bool = false, tail: String = "",
    mounts: [Mount]? = nil
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.base = base
    self.keepsUnicode = keepsUnicode
    self.tail = tail
    self.mounts = mounts
  }

  /// Whether URLs have the site's host, so that they hold in feeds too.
  package var isAbsolute: Bool { prefix.contains("//") || suffix.contains("absolute_url") }

  /// Whether a URL begins with a marker of Pelican's, which it replaces in `src` and `href` alone.
  package static func isMarked(_ url: String) -> Bool {
    ["{static}", "{filename}", "{attach}", "|static|", "|filename|", "|attach|"].contains {
      url.hasPrefix($0)
    }
  }

  /// The URL of a site file in this form.
  public func url(of path: String) -> String {
    let published = mounts?.lazy.compactMap { $0.published(path) }.first ?? path
    let target = base.map { Self.relative(published, from: $0) } ?? published
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

extension LinkForm: CompactRecord {
  package static var blank: LinkForm { LinkForm(prefix: "") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&prefix)
    try fields.exchange(&suffix)
    try fields.exchange(&base)
    try fields.exchange(&keepsUnicode)
    try fields.exchange(&tail)
    try fields.exchange(&mounts)
  }
}

extension LinkForm.Mount: CompactRecord {
  package static var blank: LinkForm.Mount { LinkForm.Mount("") }

  package mutating func exchange(with fields: CompactFields) throws {
    try fields.exchange(&folder)
    try fields.exchange(&url)
  }
}
