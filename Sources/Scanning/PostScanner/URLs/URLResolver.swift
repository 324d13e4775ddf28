import AssetModel
import Foundation

/// Finds what an image's URL leads to, as a browser that shows the page would.
struct URLResolver: Sendable {
  /// What a URL leads to.
  struct Result: Hashable, Sendable {
    var status: Reference.Status
    var source: String?
    var link: LinkForm?
    /// How a URL is written in raw HTML there, where that differs.
    var htmlLink: LinkForm?
    /// Why the reference stays unchanged although its file was resolved.
    var obstacle: String?
    /// Why it is not a local image.
    var message: String?
    /// What to do about it.
    var advice: String?
    /// The site path that does not exist.
    var missing: String?
  }

  /// The part of a post that contains a URL.
  enum Region: String, Codable, Hashable, Sendable {
    /// A Markdown image of a page's body: relative URLs start from the page's folder.
    case body
    /// A Markdown image of a page's body whose URL stands in a definition.
    case definition
    /// Raw HTML in a page's body.
    case html
    /// An argument of a template tag, which prints it as a layout does.
    case tag
    /// What a note embeds by name.
    case embed
    /// In front matter, where a layout prints it: paths start from the site's root.
    case frontMatter

    /// Whether a layout prints the URL, with the site's root in front of it.
    var isLayout: Bool { self == .frontMatter || self == .tag }

    /// Whether the renderer reads the URL as Markdown.
    var isMarkdown: Bool { self == .body || self == .definition }
  }

  /// A post and its page.
  struct Page: Sendable {
    /// The post's path.
    var path: String
    /// The folder of the page's URL, without slashes at its ends.
    var folder: String
    var page: PostPage
  }

  let index: SiteIndex
  /// The path at which the site is published, empty or with a leading `/`.
  let baseurl: String
  /// The site's scheme and host.
  let url: String
  let rules: ReadingRules
  /// The folders of page bundles by the URL folder of their page.
  let bundles: [String: String]
  /// The site's images by their names, where notes embed them by name.
  var names: NamedFiles?

  /// Resolves a URL.
  ///
  /// - Parameters:
  ///   - written: the URL as it stands in the file.
  ///   - syntax: how it is written.
  ///   - region: the part of the post that contains it.
  ///   - page: the post that it stands in.
  ///   - isTemplated: whether the template language renders the post.
  func resolve(
    _ written: String,
    syntax: Candidate.Syntax,
    region: Region,
    page: Page,
    isTemplated: Bool
  ) -> Result {
    let isCode = rules.template.isTemplated(written)
    let isRendered = isTemplated && region != .frontMatter
    guard isRendered, rules.template.isLiquid, isCode else {
      // Front matter is not rendered itself, yet a theme may render what it holds.
      if isCode && (isTemplated || region == .frontMatter)
        || region == .frontMatter && LiquidURL.isTemplated(written)
      {
        return Self.templated
      }
      let text = Self.clean(Self.decode(written, syntax))
      return resolve(text, written: written.trimmed, template: nil, region, page)
    }
    guard let template = LiquidURL(written.trimmed, url: url, baseurl: baseurl) else { return Self.templated }
    return resolve(
      Self.clean(Self.decode(template.value, syntax)),
      written: written.trimmed,
      template: template,
      region,
      page
    )
  }

  static let templated = Result(
    status: .templated,
    message: "the URL is template code whose value only the generator knows",
    advice: "write the path out, or with site.baseurl, relative_url or absolute_url"
  )

  static let generated = Result(
    status: .templated,
    message: "a plugin of the site makes the file when the site is built",
    advice: "build the site, and name the folder with its pages"
  )

  // MARK: Kinds of URLs

  private func resolve(
    _ text: String,
    written: String,
    template: LiquidURL?,
    _ region: Region,
    _ page: Page
  ) -> Result {
    guard !text.isEmpty else {
      return Result(
        status: .missing,
        message: "the URL is empty",
        advice: "name an image, or remove the place"
      )
    }
    if region == .body, let resource = resource(text, page) { return resource }
    var path = text
    var origin = ""
    if let scheme = Self.scheme(of: text) {
      switch scheme {
      case "data":
        return Result(status: .data, message: "the image is inside the page itself")
      case "http", "https": break
      default:
        return Result(
          status: .missing,
          message: "\(scheme): is no address on the web",
          advice: "copy the image into the site and write its path"
        )
      }
      guard let local = hostPath(of: text, from: text.index(text.startIndex, offsetBy: scheme.count + 1))
      else {
        return Self.remote(text)
      }
      (origin, path) = local
    } else if text.hasPrefix("//") {
      guard let local = hostPath(of: text, from: text.startIndex) else { return Self.remote(text) }
      (origin, path) = local
    }
    let tailStart = path.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == .hash } ?? path.endIndex
    let tail = String(path[tailStart...])
    path = String(path[..<tailStart])
    guard !path.isEmpty else {
      return Result(
        status: .missing,
        message: "the URL names the page itself",
        advice: "name an image, or remove the place"
      )
    }
    guard let decoded = Self.percentDecoded(path) ?? (region == .embed ? path : nil) else {
      return Result(
        status: .missing,
        message: "the URL's percent-encoding is not UTF-8",
        advice: "encode the name as UTF-8"
      )
    }
    let form = Form(written: written, origin: origin, tail: tail, template: template, region: region)
    let ways = self.rules(region)
    if !ways.isEmpty {
      let result = byRules(ways, path: decoded, isEncoded: path.contains("%"), form, page)
      return cut(result, tail) {
        byRules(ways, path: decoded + $0, isEncoded: path.contains("%"), form, page)
      }
    }
    if let prefix = page.page.imagePath, origin.isEmpty, template == nil, region != .tag {
      // The markup does not show what the theme does to the page: the reference is counted, and stays unchanged.
      let joined = Self.browserPath(prefix + "/" + decoded).joined(separator: "/")
      if case .file(let source) = index.look(up: joined), ImageFormat(fileName: source) != nil {
        return Result(
          status: .local, source: source, link: form.rooted("/"),
          obstacle: "the theme puts \(prefix) in front of the URL when it makes the page"
        )
      }
    }
    let look = { (path: String) in
      path.hasPrefix("/") || !origin.isEmpty
        ? rooted(path, form, region) : relative(path, form, region, page.folder)
    }
    return cut(look(decoded), tail) { look(decoded + $0) }
  }

  /// What is to be said where a file's name holds the sign that ends a URL's path, so that browsers look for another file.
  private func cut(_ result: Result, _ tail: String, _ look: (_ tail: String) -> Result) -> Result {
    guard result.status == .missing, let sign = tail.first, !tail.dropFirst().isEmpty,
      let path = Self.percentDecoded(tail).map(look)?.source
    else { return result }
    let written = sign == "#" ? "%23" : "%3F"
    return Result(
      status: .missing, message: "the URL's path ends in front of \(sign), and names no file",
      advice: "\(path) is there: write \(written) for \(sign) in its name")
  }

  private static func remote(_ text: String) -> Result {
    Result(
      status: .remote,
      message: "the image is on another host",
      advice: "copy it into the site to have it optimized"
    )
  }

  /// The scheme of a URL in small letters.
  private static func scheme(of text: String) -> String? {
    guard let colon = text.utf8.firstIndex(of: .colon) else { return nil }
    let scheme = text.utf8[..<colon]
    guard let first = scheme.first, first.isLetter,
      scheme.allSatisfy({
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == .dash || $0 == UInt8(ascii: ".")
      })
    else { return nil }
    return text[..<colon].lowercased()
  }

  /// The path of a URL on the site's own host, and what stands before it; nil for another host.
  private func hostPath(of text: String, from start: String.Index) -> (origin: String, path: String)? {
    guard let slashes = url.range(of: "//"), text[start...].hasPrefix("//") else { return nil }
    let hostStart = text.index(start, offsetBy: 2)
    let hostEnd = text[hostStart...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
    let host = url[slashes.upperBound...].prefix { $0 != "/" }
    guard !host.isEmpty, text[hostStart..<hostEnd].lowercased() == host.lowercased() else { return nil }
    // A site can be published below a path that its own address names.
    let basePath = url[slashes.upperBound...].dropFirst(host.count)
    var path = String(text[hostEnd...])
    var origin = String(text[..<hostEnd])
    if !basePath.isEmpty {
      guard path.hasPrefix(basePath) else { return nil }
      path.removeFirst(basePath.count)
      origin += basePath
    }
    return (origin, path.isEmpty ? "/" : path)
  }

  // MARK: Paths

  /// What is needed to write another file's URL in the author's way.
  struct Form {
    var written: String
    var origin: String
    var tail: String
    var template: LiquidURL?
    var region: Region

    /// Whether the author's path holds letters outside ASCII as they are.
    var keepsUnicode: Bool { !written.utf8.allSatisfy { $0 < 0x80 } }

    func rooted(_ prefix: String) -> LinkForm {
      if let template, let form = template.form, form.startsAtRoot {
        return LinkForm(prefix: form.prefix, suffix: form.suffix, keepsUnicode: keepsUnicode, tail: tail)
      }
      return LinkForm(prefix: origin + prefix, keepsUnicode: keepsUnicode, tail: tail)
    }

    func relative(to folder: String) -> LinkForm {
      let prefix = template?.form?.prefix ?? ""
      return LinkForm(
        prefix: prefix,
        suffix: template?.form?.suffix ?? "",
        base: folder,
        keepsUnicode: keepsUnicode,
        tail: tail
      )
    }
  }

  private func rooted(_ path: String, _ form: Form, _ region: Region) -> Result {
    let parts = Self.browserPath(path)
    let base = baseurl.split(separator: "/").map(String.init)
    let full = parts.joined(separator: "/")
    guard !base.isEmpty else { return finish(full, form.rooted("/")) }
    if parts.starts(with: base) {
      let below = finish(parts.dropFirst(base.count).joined(separator: "/"), form.rooted(baseurl + "/"))
      if below.status == .local || !region.isLayout { return below }
    }
    // Layouts put baseurl in front of front matter's paths.
    if region.isLayout, form.origin.isEmpty { return finish(full, form.rooted("/")) }
    var result = Result(
      status: .missing,
      message: "the site is published below \(baseurl), and this path is not",
      advice: "write {{ site.baseurl }} in front of it"
    )
    if case .outside = index.look(up: full) { result = Self.outside }
    return result
  }

  private func relative(_ path: String, _ form: Form, _ region: Region, _ folder: String) -> Result {
    if region.isLayout {
      let atRoot = finish(path, LinkForm(prefix: "", keepsUnicode: form.keepsUnicode, tail: form.tail))
      guard atRoot.status == .missing else { return atRoot }
      let beside = relative(path, form, .body, folder)
      return beside.status == .local ? beside : atRoot
    }
    var parts = baseurl.split(separator: "/").map(String.init) + folder.split(separator: "/").map(String.init)
    var climbs = false
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      switch part {
      case ".": continue
      case "..": if parts.popLast() == nil { climbs = true }
      default: parts.append(String(part))
      }
    }
    let base = baseurl.split(separator: "/").map(String.init)
    guard parts.starts(with: base) else { return Self.outside }
    let result = finish(parts.dropFirst(base.count).joined(separator: "/"), form.relative(to: folder))
    // A browser stops at the host's root, so such a URL still finds a file; where it does not, the author meant a
    // file outside the site.
    return climbs && result.status != .local ? Self.outside : result
  }

  static let outside = Result(
    status: .outsideSite,
    message: "the path leaves the site's root, and is not read",
    advice: "copy the image into the site"
  )

  func finish(_ path: String, _ link: LinkForm) -> Result {
    switch index.look(up: path) {
    case .file(let source):
      guard ImageFormat(fileName: source) != nil || index.holdsImage(source) else {
        return Result(
          status: .unsupported,
          message: "\(source) is not an image by its extension",
          advice: "give an image its proper extension; other files are left as they are"
        )
      }
      return Result(status: .local, source: source, link: link)
    case .unpublished(let path):
      return Result(
        status: .missing,
        message: "\(path) is there, but the generator does not copy it to the built site",
        advice: "move it to a folder that is published, such as assets"
      )
    case .folder:
      return Result(status: .missing, message: "\(path) is a folder", advice: "name a file in it")
    case .outside: return Self.outside
    case .missing: return Result(status: .missing, message: nil, missing: path)
    }
  }

  /// A path's parts with `.` and `..` resolved as a browser does, which stops at the root.
  static func browserPath(_ path: String) -> [String] {
    var parts: [String] = []
    for part in path.utf8.split(separator: .slash) {
      switch part.count {
      case 1 where part.elementsEqual(".".utf8): continue
      case 2 where part.elementsEqual("..".utf8): _ = parts.popLast()
      default: parts.append(String(Substring(part)))
      }
    }
    return parts
  }

  // MARK: Text

  /// A URL as the dialect hands it to the page.
  private static func decode(_ text: String, _ syntax: Candidate.Syntax) -> String {
    switch syntax {
    case .plain: text
    case .html: Entities.decode(text)
    case .commonMark: Entities.decode(CommonMarkText.unescape(text))
    }
  }

  /// A URL as a browser parses it (URL standard, section 4.4): no control characters or spaces at its ends, no
  /// tabs or line ends in it, `\` for `/`.
  private static func clean(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 != .backslash }) { return text }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return "" }
    let isData = text.lowercased().hasPrefix("data:")
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in bytes[first...last] where byte != .tab && byte != .newline && byte != 13 {
      out.append(byte == .backslash && !isData ? .slash : byte)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A path without its percent-encoding; a `%` that encodes nothing stays. nil where the bytes are not UTF-8.
  static func percentDecoded(_ path: String) -> String? {
    guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
    let bytes = Array(path.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.count, let high = digit(bytes[i + 1]),
        let low = digit(bytes[i + 2])
      {
        out.append(high << 4 | low)
        i += 3
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return String(validating: out, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// CommonMark's plain text.
enum CommonMarkText {
  /// Without the backslashes before ASCII punctuation (specification 0.31, section 2.4).
  static func unescape(_ text: String) -> String {
    guard text.utf8.contains(.backslash) else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == .backslash, i + 1 < bytes.count, isPunctuation(bytes[i + 1]) { i += 1 }
      out.append(bytes[i])
      i += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !byte.isLetter && !byte.isDigit
  }
}
