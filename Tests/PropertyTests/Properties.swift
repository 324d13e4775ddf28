import AssetModel
import Foundation

import Web
@testable import PageScanner
@testable import PostRewriter
@testable import PostScanner

/// What holds for every input, well formed or not. The fuzzer and the tests with fixed seeds check the same.
enum Properties {
  /// A property that does not hold.
  struct Violation: Error, CustomStringConvertible {
    var description: String
  }

  static let dialects: [Post.Dialect] = [.kramdown, .commonmark, .pythonMarkdown, .mdx, .html]
  static let languages: [TemplateSyntax] = [.none, .liquid, .nunjucks, .hugo, .zola, .liquidTags]

  /// The properties that ``check(_:name:)`` knows.
  static let names =
    ["bodies", "front-matter", "pages", "edits", "command-lines", "yaml", "styles"]
    + RecordTexts.checks.keys.sorted()

  /// Checks one property.
  static func check(_ file: [UInt8], name: String) throws {
    switch name {
    case "bodies": try bodies(file)
    case "front-matter": try frontMatter(file)
    case "pages": try pages(file)
    case "command-lines": try CommandLines.check(file)
    case "yaml": try YAMLTexts.check(file)
    case "styles": try StyleTexts.check(file)
    case "edits": try edits(file)
    default:
      guard let check = RecordTexts.checks[name] else { throw Violation(description: "no property \(name)") }
      try check(file)
    }
  }

  // MARK: Bodies

  /// Masks keep the length and what is outside their range; every dialect's candidates stand where they say.
  ///
  /// - Parameter chosen: the template languages to try.
  static func bodies(_ file: [UInt8], _ chosen: [TemplateSyntax] = languages) throws {
    let body = (FrontMatter.headerEnd(file, from: 0) ?? 0)..<file.count
    for language in chosen {
      let masked = language.mask(file, body).bytes
      guard masked.count == file.count, masked[..<body.lowerBound] == file[..<body.lowerBound] else {
        throw Violation(description: "the mask of \(language) changes what it should not")
      }
      for dialect in dialects where language == .none || fits(dialect, language) {
        try check(dialect.reader.candidates(file: file, masked: masked, body: body), file, body, dialect)
      }
    }
  }

  /// Whether a generator has both; the others would only cost time.
  private static func fits(_ dialect: Post.Dialect, _ language: TemplateSyntax) -> Bool {
    switch (dialect, language) {
    case (.kramdown, .liquid), (.html, .liquid), (.html, .nunjucks), (.commonmark, _),
      (.pythonMarkdown, .nunjucks), (.pythonMarkdown, .liquidTags):
      true
    default: false
    }
  }

  private static func check(
    _ found: [Candidate],
    _ file: [UInt8],
    _ body: Range<Int>,
    _ dialect: Post.Dialect
  ) throws {
    func fail(_ reason: String, _ one: Candidate) throws {
      throw Violation(description: "\(dialect): \(reason): \(one)")
    }
    var previous = 0
    var end = 0
    for one in found {
      guard one.range.start >= body.lowerBound, one.range.end <= file.count, one.range.count > 0 else {
        return try fail("range outside the body", one)
      }
      guard one.urlRange.start >= body.lowerBound, one.urlRange.end <= file.count else {
        return try fail("URL outside the body", one)
      }
      guard one.range.start >= previous else { return try fail("out of order", one) }
      previous = one.range.start
      if let list = one.attributeListRange, list.start < one.range.end || list.end > file.count {
        return try fail("attribute list in the image", one)
      }
      let text = file[one.range.range]
      switch one.kind {
      case .markdownInline, .markdownReference:
        let close: UInt8 = one.kind == .markdownInline ? .closeParen : .closeBracket
        guard one.keptBecause != nil || (text.starts(with: [.bang, .openBracket]) && text.last == close)
        else {
          return try fail("no Markdown image", one)
        }
        guard one.range.start >= end else { return try fail("overlap", one) }
      case .htmlImage, .htmlSource, .videoPoster:
        guard text.first == .less, text.last == .greater else { return try fail("no tag", one) }
      default: return try fail("kind in a body", one)
      }
      if one.kind == .markdownInline || one.kind == .htmlImage { end = max(end, one.range.end) }
    }
  }

  // MARK: Front matter

  /// Values stand where they say, between the lines that begin and end the front matter.
  static func frontMatter(_ file: [UInt8]) throws {
    let matter = FrontMatter(file, from: 0, forms: Set(FrontMatter.Form.allCases))
    guard (0...file.count).contains(matter.bodyStart) else {
      throw Violation(description: "the body begins at \(matter.bodyStart)")
    }
    for value in matter.images(["image", "header.image", "cover", "images", "resources", "title"]) {
      guard let range = value.range else { continue }
      guard range.start >= 0, range.end <= matter.bodyStart else {
        throw Violation(description: "a value outside the front matter: \(value)")
      }
      // Bytes that are not UTF-8 read as U+FFFD.
      guard String(decoding: file[range.range], as: UTF8.self) == value.text else {
        throw Violation(description: "a value that its place does not hold: \(value)")
      }
    }
  }

  // MARK: Pages

  /// Elements, attributes and style sheets' URLs stand where they say.
  static func pages(_ file: [UInt8]) throws {
    func check(_ range: ByteRange, in outer: ByteRange, _ what: String) throws {
      guard range.start >= outer.start, range.end <= outer.end else {
        throw Violation(description: "\(what) \(range) outside \(outer)")
      }
    }
    let page = ByteRange(0, file.count)
    for found in PageStyleURLs.find(in: file, page) {
      try check(found.range, in: page, "a URL of a style sheet")
    }
    for element in PageTree(file)?.nodes ?? [] {
      guard let range = element.tag else { continue }
      let tag = ByteRange(range)
      try check(tag, in: page, "a tag")
      // The attributes of a second <html> or <body> belong to the first (HTML, "in body" insertion mode).
      let place = ["html", "body"].contains(element.name) ? page : tag
      for (name, value) in element.values where !value.isEmpty {
        let value = ByteRange(value)
        try check(value, in: place, "an attribute")
        guard name == "style" || name == "srcset" else { continue }
        _ = SourceCandidate.parse(element[name] ?? "")
        for found in PageStyleURLs.find(in: file, value) {
          try check(found.range, in: value, "a URL of a style")
        }
      }
      if let text = element.styleRange.map({ ByteRange($0) }) {
        try check(text, in: page, "a style sheet")
        for found in PageStyleURLs.find(in: file, text) {
          try check(found.range, in: text, "a URL of a style")
        }
      }
    }
  }

  // MARK: Edits

  /// Edits lie inside the references that they are for, and undone they give the original.
  static func edits(_ file: [UInt8]) throws {
    let body = 0..<file.count
    for dialect in dialects {
      let masked = dialect == .kramdown ? LiquidMask.apply(to: file, range: body) : file
      let found = dialect.reader.candidates(file: file, masked: masked, body: body)
      guard !found.isEmpty else { continue }
      for markup in [MarkupForm.srcset, .picture] {
        try checkEdits(found, file, dialect, markup)
      }
    }
  }

  private static func checkEdits(
    _ found: [Candidate],
    _ file: [UInt8],
    _ dialect: Post.Dialect,
    _ markup: MarkupForm
  ) throws {
    let data = Data(file)
    var options = RewriteOptions()
    options.markup = markup
    let post = Post(
      path: "p.md",
      dialect: dialect,
      url: "/p/",
      bytes: file.count,
      sha256: ContentDigest.sha256(data)
    )
    let references = found.enumerated().map { number, one in
      var reference = reference(one)
      reference.imageOverride = imageOverrides[number % imageOverrides.count]
      return reference
    }
    let rewriter = PostRewriter(
      manifest: AssetManifest(
        site: Site(kind: .jekyll, reason: "", root: "."),
        posts: [post],
        references: references,
        sources: [source],
        variants: variants
      ),
      options: options
    )
    let edits = rewriter.edits(in: post, bytes: data).edits
      .sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    guard !edits.isEmpty else { return }
    let places = references.flatMap { [$0.range, $0.urlRange] + ($0.attributeListRange.map { [$0] } ?? []) }
    for edit in edits {
      // The end of one place can be the start of the next.
      let start = places.contains { $0.start <= edit.range.start && edit.range.start <= $0.end }
      let end = places.contains { $0.start <= edit.range.end && edit.range.end <= $0.end }
      guard start, end else { throw Violation(description: "\(dialect): an edit outside its image: \(edit)") }
    }
    guard let rewritten = edits.applied(to: data) else {
      throw Violation(description: "\(dialect): edits overlap: \(edits)")
    }
    var original: [UInt8] = []
    var position = 0
    var shift = 0
    for edit in edits {
      let start = edit.range.start + shift
      original += rewritten[position..<start]
      original += file[edit.range.range]
      position = start + edit.text.utf8.count
      shift += edit.text.utf8.count - edit.range.count
    }
    original += rewritten[position...]
    guard original == file else { throw Violation(description: "\(dialect): undone, the file differs") }
  }

  private static let imageOverrides = [
    nil, ImageOverride(crop: .square),
    ImageOverride(crop: .square, artDirection: [.init(media: "(max-width: 9px)", crop: .square)]),
  ]

  private static func reference(_ one: Candidate) -> Reference {
    Reference(
      post: "p.md",
      kind: one.kind,
      range: one.range,
      urlRange: one.urlRange,
      attributeListRange: one.attributeListRange,
      line: 1,
      column: 1,
      url: one.url,
      alt: one.alt,
      title: one.title,
      status: .local,
      source: source.path,
      link: LinkForm(prefix: "/"),
      keptBecause: one.keptBecause,
      attributes: one.attributes,
      context: one.contexts.sorted()
    )
  }

  private static let source = Source(
    path: "x.png",
    sha256: "s",
    bytes: 9,
    format: .png,
    width: 640,
    height: 480
  )

  private static let variants = [
    variant("o/x-320w.webp", .responsive, 320, .webp), variant("o/x-640w.webp", .responsive, 640, .webp),
    variant("o/x-640w.png", .responsive, 640, .png), variant("o/x.png", .sameSize, 640, .png),
    variant("o/x-card.jpg", .standalone, 640, .jpeg),
    variant("o/x-320s.webp", .responsive, 320, .webp, .square),
    variant("o/x-480s.png", .responsive, 480, .png, .square),
    variant("o/xs.png", .sameSize, 480, .png, .square),
  ]

  private static func variant(
    _ path: String,
    _ purpose: Variant.Purpose,
    _ width: Int,
    _ format: ImageFormat,
    _ crop: Crop? = nil
  ) -> Variant {
    Variant(
      path: path,
      source: source.path,
      purpose: purpose,
      width: width,
      height: 480,
      format: format,
      bytes: 5,
      sha256: "v",
      settings: EncodingSettings(format: format, loss: .lossy),
      crop: crop
    )
  }
}
