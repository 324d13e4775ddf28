import AssetModel

/// A template language that runs in posts before Markdown does.
enum TemplateSyntax: Sendable, Hashable {
  case none
  /// `{{ … }}`, `{% … %}`
  case liquid
  /// The same with comments `{# … #}`.
  case nunjucks
  /// Shortcodes: `{{< … >}}`, `{{% … %}}`.
  case hugo
  /// Shortcodes: `{{ name(…) }}`, `{% name(…) %} … {% end %}`.
  case zola
  /// `{% … %}` where the plugin `liquid_tags` is loaded.
  case liquidTags

  /// Whether a URL holds code.
  func isTemplated(_ text: String) -> Bool {
    switch self {
    case .none: false
    case .liquid, .nunjucks, .zola: LiquidURL.isTemplated(text)
    case .hugo: text.has("{", "{") && (text.contains("{{<") || text.contains("{{%"))
    case .liquidTags: text.has("{", "%")
    }
  }

  /// Whether the subset of Liquid that occurs in URLs is read.
  var isLiquid: Bool { self == .liquid || self == .nunjucks }

  /// Masks template code and lists the tags that run.
  func mask(_ file: [UInt8], _ body: Range<Int>) -> MaskedTemplates {
    switch self {
    case .none:
      // As every mask does: a NUL would mean a byte that is taken out.
      var masked = MaskedTemplates(bytes: file)
      for i in body where file[i] == .removed { masked.bytes[i] = UInt8(ascii: "?") }
      return masked
    case .liquid: return MaskedTemplates.liquid(file, body)
    case .nunjucks: return MaskedTemplates.liquid(MaskedTemplates.withoutComments(file, body), body)
    case .hugo: return ShortcodeMask.hugo(file, body)
    case .zola: return ShortcodeMask.zola(file, body)
    case .liquidTags: return ShortcodeMask.liquidTags(file, body)
    }
  }
}

/// A tag or shortcode that runs.
struct TemplateTag: Sendable {
  /// Its name.
  var name: String
  /// The whole tag.
  var range: Range<Int>
  /// What stands behind the name.
  var markup: Range<Int>
}

/// A post with its template code masked.
struct MaskedTemplates {
  /// The file's bytes, those of template code masked as ``LiquidMask`` does.
  var bytes: [UInt8]
  /// The tags that run, in order.
  var tags: [TemplateTag] = []
  /// The bodies of paired shortcodes, which decide how their text is read, with the shortcode's name; inner ones first.
  var enclosed: [(name: String, range: Range<Int>)] = []

  /// Forgets the tags that begin at or behind a position.
  mutating func removeTags(since position: Int) {
    while let last = tags.last, last.range.lowerBound >= position { tags.removeLast() }
  }

  /// Takes texts out, each byte once however many of them it is in.
  mutating func remove(_ parts: [Range<Int>]) {
    var done = 0
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where part.upperBound > done {
      for i in max(part.lowerBound, done)..<part.upperBound { bytes[i] = .removed }
      done = part.upperBound
    }
  }

  /// Liquid's.
  static func liquid(_ file: [UInt8], _ body: Range<Int>) -> MaskedTemplates {
    var mask = MaskedTemplates(bytes: file)
    mask.bytes = LiquidMask.apply(to: file, range: body) { name, range, markup in
      mask.tags.append(TemplateTag(name: name, range: range, markup: markup))
    }
    return mask
  }

  /// The file with the comments of Nunjucks as spaces, so that nothing in them is taken for a tag.
  static func withoutComments(_ file: [UInt8], _ body: Range<Int>) -> [UInt8] {
    var out = file
    var at = body.lowerBound
    while let start = file.find("{#", from: at), start < body.upperBound,
      let end = file.find("#}", from: start + 2), end < body.upperBound
    {
      for i in start..<end + 2 where file[i] != .newline { out[i] = .space }
      at = end + 2
    }
    return out
  }
}
