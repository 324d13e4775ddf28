import AssetModel
import Foundation
import Testing

@testable import PostRewriter

/// What built pages gain, from the page's bytes to the page's bytes. The image is `/x.jpg`, 1600 pixels wide; its files are
/// `/o/x-320w.webp` and so on.
@Suite struct GeneratorPictureTests {
  private static let avif = "/o/x-640w.avif 640w, /o/x-1600w.avif 1600w"
  private static let webp = "/o/x-640w.webp 640w, /o/x-1600w.webp 1600w"

  @Test(
    arguments: [
      (
        MarkupForm.picture, nil, #"<p><img src="/x.jpg"></p>"#,
        #"<p><picture><source type="image/avif" srcset="\#(avif)" sizes="(min-width: 1600px) 1600px, 100vw"><source type="image/webp" srcset="\#(webp)" sizes="(min-width: 1600px) 1600px, 100vw"><img src="/x.jpg" fetchpriority="high"></picture></p>"#
      ),
      (
        .srcset, nil, #"<p><img src="/x.jpg"></p>"#,
        #"<p><img src="/x.jpg" srcset="\#(webp)" sizes="(min-width: 1600px) 1600px, 100vw" fetchpriority="high"></p>"#
      ),
      // A rule of the page could tell.
      (
        .picture, "a rule", #"<p><img src="/x.jpg"></p>"#,
        #"<p><img src="/x.jpg" srcset="\#(webp)" sizes="(min-width: 1600px) 1600px, 100vw" fetchpriority="high"></p>"#
      ),
      // The author's sizes hold for each source.
      (
        .picture, nil, #"<img src="/x.jpg" sizes="50vw">"#,
        #"<picture><source type="image/avif" srcset="\#(avif)" sizes="50vw"><source type="image/webp" srcset="\#(webp)" sizes="50vw"><img src="/x.jpg" sizes="50vw" fetchpriority="high"></picture>"#
      ),
    ] as [(MarkupForm, String?, String, String)])
  func anImageGainsWhatThePageAllows(markup: MarkupForm, obstacle: String?, page: String, expected: String)
    throws
  {
    var built = BuiltPage(page)
    built.options.markup = markup
    built.references[0].page?.pictureObstacle = obstacle
    #expect(try built.rewritten() == expected)
  }

  /// Character references for Markdown's sake have no place in HTML.
  @Test func theTextIsEscapedAsHTMLAlone() throws {
    var built = BuiltPage(#"<img src="/x.jpg">"#)
    built.options.markup = .srcset
    built.references[0].link = LinkForm(prefix: "/a_b*c|{d} e,f&g/")
    #expect(
      try built.rewritten()
        == #"<img src="/x.jpg" srcset="/a_b*c|{d}%20e%2Cf&amp;g/o/x-640w.webp 640w, /a_b*c|{d}%20e%2Cf&amp;g/o/x-1600w.webp 1600w" sizes="(min-width: 1600px) 1600px, 100vw" fetchpriority="high">"#
    )
  }

  @Test(
    arguments: [
      // One full-size candidate a format, as eleventy-img writes it without widths.
      (
        #"<picture><source type="image/webp" srcset="/x.webp 1600w"><img src="/x.jpg"></picture>"#, "a rule",
        #"<picture><source type="image/webp" srcset="/x.webp 1600w, /o/x-640w.webp 640w"><img src="/x.jpg"></picture>"#
      ),
      // A format that is not there comes before those that are.
      (
        #"<picture><source type="image/webp" srcset="/x.webp 1600w"><img src="/x.jpg"></picture>"#, nil,
        #"<picture><source type="image/avif" srcset="\#(avif)"><source type="image/webp" srcset="/x.webp 1600w, /o/x-640w.webp 640w"><img src="/x.jpg"></picture>"#
      ),
      // Line breaks, and a comma at the end.
      (
        "<picture><source type=\"image/webp\" srcset=\"\n  /x.webp 1600w,\n\"><img src=\"/x.jpg\"></picture>",
        "a rule",
        "<picture><source type=\"image/webp\" srcset=\"\n  /x.webp 1600w, /o/x-640w.webp 640w,\n\"><img src=\"/x.jpg\"></picture>"
      ),
      // Nothing is missing: 700 is as good as 640.
      (
        #"<picture><source type="image/webp" srcset="/x-700.webp 700w, /x.webp 1600w"><img src="/x.jpg"></picture>"#,
        "a rule",
        #"<picture><source type="image/webp" srcset="/x-700.webp 700w, /x.webp 1600w"><img src="/x.jpg"></picture>"#
      ),
      // A list that says other widths than its files have is no list of one picture.
      (
        #"<picture><source type="image/webp" srcset="/x.webp 640w, /x.webp 1200w"><img src="/x.jpg"></picture>"#,
        "a rule",
        #"<picture><source type="image/webp" srcset="/x.webp 640w, /x.webp 1200w"><img src="/x.jpg"></picture>"#
      ),
      // Densities and widths do not mix.
      (
        #"<picture><source type="image/webp" srcset="/x.webp 1x, /x.webp 2x"><img src="/x.jpg"></picture>"#,
        "a rule",
        #"<picture><source type="image/webp" srcset="/x.webp 1x, /x.webp 2x"><img src="/x.jpg"></picture>"#
      ),
      // A list of one format becomes one of the best.
      (
        #"<img src="/x.jpg" srcset="/x.jpg 1600w">"#, "a rule",
        #"<img src="/x.jpg" srcset="\#(webp)">"#
      ),
      // In single quotes.
      (
        "<picture><source type='image/webp' srcset='/x.webp 1600w'><img src='/x.jpg'></picture>", "a rule",
        "<picture><source type='image/webp' srcset='/x.webp 1600w, /o/x-640w.webp 640w'><img src='/x.jpg'></picture>"
      ),
    ] as [(String, String?, String)])
  func aGeneratorsPictureGainsWhatItLacks(page: String, obstacle: String?, expected: String) throws {
    var built = BuiltPage(page)
    for index in built.references.indices { built.references[index].page?.pictureObstacle = obstacle }
    #expect(try built.rewritten() == expected)
  }

  /// Where the box is as wide as `sizes` say, a list may say less than its files have: they are one picture all the same.
  @Test(
    arguments: [
      (nil, nil, #"<img src="/x.webp" srcset="/x.webp 720w, /x.jpg 1200w" sizes="100vw">"#),
      (
        true, nil,
        #"<picture><source type="image/avif" srcset="\#(avif)" sizes="100vw"><source type="image/webp" srcset="\#(webp)" sizes="100vw"><img src="/x.webp" srcset="/x.webp 720w, /x.jpg 1200w" sizes="100vw"></picture>"#
      ),
      (true, "a rule", #"<img src="/x.webp" srcset="\#(webp)" sizes="100vw">"#),
    ] as [(Bool?, String?, String)])
  func aListMaySayLessThanItsFilesHave(fillsSizes: Bool?, obstacle: String?, expected: String) throws {
    var built = BuiltPage(#"<img src="/x.webp" srcset="/x.webp 720w, /x.jpg 1200w" sizes="100vw">"#)
    for index in built.references.indices {
      built.references[index].page?.fillsSizes = fillsSizes
      built.references[index].page?.pictureObstacle = obstacle
    }
    #expect(try built.rewritten() == expected)
  }

  /// A list that ends below what the page offers now would leave large screens with less.
  @Test(
    arguments: [
      (
        ["1600w.avif"], #"<img src="/x.jpg">"#,
        #"<picture><source type="image/webp" srcset="\#(webp)" sizes="(min-width: 1600px) 1600px, 100vw"><img src="/x.jpg" fetchpriority="high"></picture>"#
      ),
      // All of today's browsers know both, so a list of two formats needs no type.
      (
        ["1600w.avif", "1600w.webp"], #"<img src="/x.jpg">"#,
        #"<picture><source srcset="/o/x-640w.webp 640w, /x.jpg 1600w" sizes="(min-width: 1600px) 1600px, 100vw"><img src="/x.jpg" fetchpriority="high"></picture>"#
      ),
      (
        ["1600w.avif"],
        #"<picture><source type="image/webp" srcset="/x.webp 1600w"><img src="/x.jpg"></picture>"#,
        #"<picture><source type="image/webp" srcset="/x.webp 1600w, /o/x-640w.webp 640w"><img src="/x.jpg"></picture>"#
      ),
    ] as [([String], String, String)])
  func noListEndsBelowTheAuthorsFile(absent: [String], page: String, expected: String) throws {
    var built = BuiltPage(page)
    built.absent = absent
    #expect(try built.rewritten() == expected)
  }

  @Test func aPictureThatAScriptOwnsStays() throws {
    let page = #"<picture><source type="image/webp" srcset="/x.webp 1600w"><img src="/x.jpg"></picture>"#
    var built = BuiltPage(page)
    for index in built.references.indices { built.references[index].keptBecause = "a script" }
    #expect(try built.rewritten() == page)
  }
}

/// A page with one image, and the references that a scan finds in it.
private struct BuiltPage {
  var references: [Reference] = []
  var options = RewriteOptions()
  /// The ends of the names of files that were not smaller than the image's own.
  var absent: [String] = []
  private let text: String

  init(_ text: String) {
    self.text = text
    options.widths = [640, 1600]
    options.markup = .picture
    let image = range("<img", ">")
    let isGroup = text.contains("srcset")
    if let source = text.range(of: "<source") {
      _ = source; add(list: range("<source", ">"), image, inPicture: true)
    }
    var own = Reference(
      post: "p.html", kind: .htmlImage, range: image, urlRange: within(image, "src"), line: 1, column: 1,
      url: "/x.jpg",
      status: .local, source: "x.jpg", link: LinkForm(prefix: "/"))
    if let sizes = value(image, "sizes") { own.attributes["sizes"] = sizes }
    own.page = PageUse()
    if isGroup {
      own.page?.group = image.start
      if text.contains("<picture") { own.context = [.picture] } else { own.attributes["srcset"] = "x" }
    }
    references.append(own)
    if isGroup, !text.contains("<picture") { add(list: image, image, inPicture: false) }
  }

  private mutating func add(list tag: ByteRange, _ image: ByteRange, inPicture: Bool) {
    let list = within(tag, "srcset")
    for item in (value(tag, "srcset") ?? "").split(separator: ",") {
      let parts = item.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let url = parts.first else { continue }
      var found = Reference(
        post: "p.html", kind: .htmlSource, range: tag, urlRange: list, line: 1, column: 1, url: url,
        status: .local,
        source: String(url.dropFirst()), link: LinkForm(prefix: "/"), context: inPicture ? [.picture] : [])
      found.page = PageUse()
      found.page?.group = image.start
      found.page?.list = list
      found.page?.width = parts.dropFirst().first.flatMap { $0.hasSuffix("w") ? Int($0.dropLast()) : nil }
      found.page?.density = parts.dropFirst().first.flatMap {
        $0.hasSuffix("x") ? Double($0.dropLast()) : nil
      }
      if inPicture { found.attributes["type"] = "image/webp" }
      references.append(found)
    }
  }

  private func range(_ start: String, _ end: String) -> ByteRange {
    let from = text.range(of: start)?.lowerBound ?? text.startIndex
    let to = text.range(of: end, range: from..<text.endIndex)?.upperBound ?? text.endIndex
    return ByteRange(
      text.utf8.distance(from: text.startIndex, to: from), text.utf8.distance(from: text.startIndex, to: to))
  }

  /// The bytes of an attribute's value, whatever its quotes.
  private func within(_ tag: ByteRange, _ name: String) -> ByteRange {
    let bytes = Array(text.utf8)
    let wanted = Array((" " + name + "=").utf8)
    guard
      let at = (tag.start..<tag.end - wanted.count).first(where: {
        Array(bytes[$0..<$0 + wanted.count]) == wanted
      })
    else {
      return tag
    }
    let open = at + wanted.count
    let close = bytes[(open + 1)...].firstIndex(of: bytes[open]) ?? tag.end
    return ByteRange(open + 1, close)
  }

  private func value(_ tag: ByteRange, _ name: String) -> String? {
    let found = within(tag, name)
    return found == tag ? nil : String(decoding: Array(text.utf8)[found.range], as: UTF8.self)
  }

  func rewritten() throws -> String {
    let data = Data(text.utf8)
    let post = Post(
      path: "p.html", dialect: .page, url: "/p.html", bytes: data.count, sha256: ContentDigest.sha256(data))
    let jpeg = Source(path: "x.jpg", sha256: "a", bytes: 900_000, format: .jpeg, width: 1600, height: 900)
    let webp = Source(path: "x.webp", sha256: "b", bytes: 300_000, format: .webp, width: 1600, height: 900)
    var variants: [Variant] = []
    for format in [ImageFormat.avif, .webp] {
      for width in [640, 1600] {
        variants.append(
          Variant(
            path: "o/x-\(width)w.\(format.rawValue)", source: "x.jpg", purpose: .responsive, width: width,
            height: width * 9 / 16, format: format, bytes: width * 20, sha256: "c\(width)\(format)",
            settings: EncodingSettings(format: format, loss: .lossy)))
      }
    }
    variants.removeAll { variant in absent.contains { variant.path.hasSuffix($0) } }
    let site = Site(kind: .html, reason: "", root: "/")
    let manifest = AssetManifest(
      site: site, posts: [post], references: references, sources: [jpeg, webp], variants: variants)
    let result = PostRewriter(manifest: manifest, options: options).rewrite(post, bytes: data)
    return String(decoding: result.bytes ?? data, as: UTF8.self)
  }
}
