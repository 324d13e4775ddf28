import AssetModel

/// A template tag or shortcode that carries an image, and where in it the path is.
package struct TagPattern: Hashable, Sendable {
  /// Which argument holds the path.
  package enum Argument: Hashable, Sendable {
    /// One of these, by name: `path="…"`, `src=…`, `path: …`.
    case named([String])
    /// The argument of this number without a name, from 1.
    case position(Int)
    /// The first argument without a name that looks like an image's path.
    case path
  }

  /// The tag's name; for an include the file's name behind it: `include figure.html`.
  package var name: String
  /// Which arguments may hold the path, tried in order.
  package var arguments: [Argument]
  /// Whether the tag prints the path as the `src` of an `<img>` and does nothing else with it, so that the path may be
  /// replaced by another file's.
  package var printsPath = false

  /// Makes a pattern.
  package init(_ name: String, _ arguments: Argument...) {
    self.name = name
    self.arguments = arguments
  }

  /// A pattern as a user writes it in the configuration.
  ///
  /// - Parameters:
  ///   - name: the tag's name.
  ///   - argument: the argument's name, its number from 1, or nil for the first that looks like a path.
  package init(name: String, argument: String?) {
    self.name = name
    arguments = [
      argument.map { text in Int(text).map { .position($0) } ?? .named([text]) } ?? .path
    ]
  }

  /// The same pattern of a tag that prints its path as it is: the `img` of Octopress, Hexo and `liquid_tags`.
  private var printing: TagPattern {
    var copy = self
    copy.printsPath = true
    return copy
  }

  /// The names that arguments with an image's path have.
  static let pathNames = ["path", "src", "url", "image", "image_path", "img", "image_url", "file", "link"]

  /// Liquid's: al-folio's and other themes' includes, jekyll-picture-tag, jekyll-responsive-image, the `img` of
  /// Octopress, jekyll_asset_img.
  static let liquid: [TagPattern] =
    [
      "figure", "image", "img", "picture", "responsive-image", "responsive_image", "figure_image",
      "image-gallery",
    ]
    .flatMap { name in
      ["html", "liquid"].map { TagPattern("include \(name).\($0)", .named(Array(pathNames.prefix(7)))) }
    } + [
      TagPattern("picture", .path, .named(["src", "path"])),
      TagPattern("responsive_image", .named(["path"])),
      TagPattern("responsive_image_block", .named(["path"])),
      TagPattern("image", .named(["src", "path"]), .path),
      TagPattern("img", .named(["src"]), .path).printing,
      TagPattern("asset_img", .path),
      TagPattern("figure", .named(["src", "path"]), .path),
    ]

  /// Hugo's own `figure`, whose template prints `src` as it is (`tpl/tplimpl/embedded/templates/shortcodes/figure.html`,
  /// 0.111; later versions look for a page resource of that name first).
  static let builtInFigure = TagPattern("figure", .named(["src"])).printing

  /// A `figure` of the site or its theme, and the shortcodes of common themes.
  static let hugo: [TagPattern] =
    ["figure", "img", "image", "imgproc", "picture", "responsive-image", "lazyimage", "imgc", "bsimage"]
    .map { TagPattern($0, .named(["src", "img", "path", "link", "url", "image"]), .path) }

  /// Zola's function as a shortcode of the same name, and the shortcodes of common themes.
  static let zola: [TagPattern] =
    ["resize_image", "image", "img", "figure", "resized_image", "picture", "full_width_image"]
    .map { TagPattern($0, .named(["path", "src", "url", "name", "img"]), .path) }

  /// Pelican's `liquid_tags`.
  static let liquidTags: [TagPattern] = [TagPattern("img", .path).printing, TagPattern("b64img", .path)]

  /// Hexo's own tags (`plugins/tag`), and those of common themes.
  static let hexo: [TagPattern] = [
    TagPattern("asset_img", .path), TagPattern("img", .path).printing, TagPattern("image", .path),
    TagPattern("fancybox", .path), TagPattern("inlineImage", .path),
  ]
}

/// A tag's argument.
struct TagArgument {
  /// Its name; nil for one without.
  var name: String?
  /// The value's range, without quotes.
  var value: Range<Int>
  var isQuoted: Bool

  /// Reads a tag's arguments: words and quoted texts, `name=value`, `name: value`, with spaces or commas between.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [TagArgument] {
    var arguments: [TagArgument] = []
    var at = range.lowerBound
    func isSeparator(_ byte: UInt8) -> Bool { byte.isWhitespace || byte == UInt8(ascii: ",") }
    while at < range.upperBound {
      if isSeparator(bytes[at]) {
        at += 1
        continue
      }
      var name: String?
      let word = bytes.wordOrDashEnd(from: at, to: range.upperBound)
      if word > at {
        let sign = min(bytes.skipWhitespace(from: word), range.upperBound)
        if sign < range.upperBound,
          bytes[sign] == .equals || (bytes[sign] == .colon && isName(bytes, sign, range))
        {
          name = bytes.string(at..<word)
          at = min(bytes.skipWhitespace(from: sign + 1), range.upperBound)
          guard at < range.upperBound else { break }
        }
      }
      let byte = bytes[at]
      if byte == .quote || byte == .apostrophe || byte == .backtick,
        let close = bytes[(at + 1)..<range.upperBound].firstIndex(of: byte)
      {
        arguments.append(TagArgument(name: name, value: at + 1..<close, isQuoted: true))
        at = close + 1
      } else {
        let start = at
        while at < range.upperBound, !isSeparator(bytes[at]) { at += 1 }
        arguments.append(TagArgument(name: name, value: start..<at, isQuoted: false))
      }
    }
    return arguments
  }

  /// Whether the `:` ends a name: in `https://x` and `C:\x` it does not.
  private static func isName(_ bytes: [UInt8], _ colon: Int, _ range: Range<Int>) -> Bool {
    colon + 1 < range.upperBound && (bytes[colon + 1].isWhitespace || bytes[colon + 1] == .quote)
  }
}

extension [UInt8] {
  fileprivate func wordOrDashEnd(from start: Int, to end: Int) -> Int {
    var i = start
    while i < end, self[i].isLetter || self[i].isDigit || self[i] == .dash || self[i] == .underscore {
      i += 1
    }
    return i
  }
}

/// Finds the images that a post's tags carry.
struct TagReferences {
  let patterns: [TagPattern]
  let syntax: TemplateSyntax

  /// The images of the tags that run and are not shown as code.
  func candidates(_ mask: MaskedTemplates, file: [UInt8], body: Range<Int>, isMarkdown: Bool) -> [Candidate] {
    let images = mask.tags.flatMap { tag in
      candidate(tag, file).map { [(tag, $0)] } ?? guesses(tag, file).map { (tag, $0) }
    }
    guard !images.isEmpty else { return [] }
    guard isMarkdown else { return images.map(\.1) }
    let visible = TagVisibility.visible(
      images.map(\.0.range), mask.bytes, body, prefix: CmarkOracle.tokenPrefix(for: file))
    return images.indices.filter { visible.contains($0) }.map { images[$0].1 }
  }

  private func candidate(_ tag: TemplateTag, _ file: [UInt8]) -> Candidate? {
    var name = tag.name
    var arguments = TagArgument.all(in: file, tag.markup)
    if name == "include" || name == "include_cached" || name == "include_relative" || name == "render" {
      guard let first = arguments.first, first.name == nil else { return nil }
      let path = file.string(first.value)
      name = "include " + (path.split(separator: "/").last.map(String.init) ?? path)
      arguments.removeFirst()
    }
    for pattern in patterns where pattern.name == name {
      for argument in pattern.arguments {
        guard let value = Self.value(argument, arguments, file) else { continue }
        var candidate = candidate(tag, name: name, value, arguments, file)
        candidate?.printsPath = pattern.printsPath
        if pattern.printsPath, let width = Self.width(behind: value, arguments, file) {
          candidate?.attributes["width"] = width
        }
        return candidate
      }
    }
    return nil
  }

  /// The arguments of an include of any name that look like an image's path.
  private func guesses(_ tag: TemplateTag, _ file: [UInt8]) -> [Candidate] {
    guard syntax.isLiquid, ["include", "include_cached", "include_relative"].contains(tag.name) else {
      return []
    }
    let arguments = TagArgument.all(in: file, tag.markup)
    guard let first = arguments.first, first.name == nil else { return [] }
    let name = file.string(first.value)
    return arguments.dropFirst().compactMap { argument in
      let text = file.string(argument.value).prefix { $0 != "?" && $0 != "#" }
      guard argument.name != nil, argument.isQuoted, ImageFormat(fileName: text) != nil else { return nil }
      var guess = candidate(tag, name: "include " + name, argument, arguments, file)
      guess?.isGuess = true
      return guess
    }
  }

  private static func value(
    _ argument: TagPattern.Argument, _ arguments: [TagArgument], _ file: [UInt8]
  ) -> TagArgument? {
    switch argument {
    case .named(let names):
      for name in names {
        if let match = arguments.first(where: { $0.name == name }) { return match }
      }
      return nil
    case .position(let number):
      let bare = arguments.filter { $0.name == nil }
      return bare.indices.contains(number - 1) ? bare[number - 1] : nil
    case .path:
      return arguments.first { argument in
        guard argument.name == nil else { return false }
        let text = file.string(argument.value)
        return ImageFormat(fileName: text.prefix { $0 != "?" && $0 != "#" }) != nil
          || text.hasPrefix("/") || text.hasPrefix("http://") || text.hasPrefix("https://")
      }
    }
  }

  /// The width of `{% img path 300 200 %}`: the number behind the path.
  private static func width(behind path: TagArgument, _ arguments: [TagArgument], _ file: [UInt8]) -> String?
  {
    let next = arguments.first { $0.value.lowerBound > path.value.lowerBound }
    guard let next, next.name == nil, !next.isQuoted else { return nil }
    let text = file.string(next.value)
    return text.utf8.allSatisfy(\.isDigit) && text.utf8.count < 6 ? text : nil
  }

  private func candidate(
    _ tag: TemplateTag, name: String, _ value: TagArgument, _ arguments: [TagArgument], _ file: [UInt8]
  ) -> Candidate? {
    guard !value.value.isEmpty else { return nil }
    let text = file.string(value.value)
    // In Liquid a word without quotes is a variable, but for tags that read their markup as plain text.
    let isVariable =
      syntax.isLiquid && !value.isQuoted && name.hasPrefix("include ")
      && ImageFormat(fileName: text) == nil
    return Candidate(
      kind: .templateTag,
      range: ByteRange(tag.range.lowerBound, tag.range.upperBound),
      urlRange: ByteRange(value.value.lowerBound, value.value.upperBound),
      url: text,
      syntax: .plain,
      alt: arguments.first { $0.name == "alt" }.map { file.string($0.value) },
      title: arguments.first { $0.name == "title" }.map { file.string($0.value) },
      field: name,
      isVariable: isVariable
    )
  }
}
