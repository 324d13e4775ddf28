import AssetModel
import Foundation
import TestSupport

@testable import PostScanner

/// The images that the scanner finds in a text, in the words of what renders it.
enum ScannedMarkdown {
  typealias Image = RecordedImages.Image

  /// Whether the scanner finds what a renderer shows, and no more.
  static func agrees(_ source: String, with rendered: [Image], of renderer: RecordedImages.Renderer) -> Bool {
    switch renderer {
    case .kramdown: agrees(rendered, kramdown(source))
    case .goldmark: goldmark(source) == rendered
    case .pythonMarkdown: pythonMarkdown(source) == rendered
    }
  }

  /// What the scanner finds, for people.
  static func description(_ source: String, of renderer: RecordedImages.Renderer) -> String {
    switch renderer {
    case .kramdown: "\(kramdown(source))"
    case .goldmark: "\(goldmark(source))"
    case .pythonMarkdown: "\(pythonMarkdown(source))"
    }
  }

  private static func candidates(
    _ source: String, _ reader: any BodyReader, isLiquid: Bool = false
  ) -> [Candidate] {
    let file = Array(source.utf8)
    let body = 0..<file.count
    let masked = isLiquid ? LiquidMask.apply(to: file, range: body) : file
    return reader.candidates(file: file, masked: masked, body: body)
      .filter { $0.kind != .htmlSource && $0.kind != .videoPoster }
  }

  // MARK: Jekyll

  /// An image of a Jekyll post. A URL that only the generator can evaluate is nil and fits any.
  private struct ScannedImage: CustomStringConvertible {
    var src: String?
    var alt: String
    var description: String { "\(src ?? "{…}") [\(alt)]" }
  }

  private static func kramdown(_ source: String) -> [ScannedImage] {
    candidates(source, KramdownReader(), isLiquid: true).map { candidate in
      let isTemplated = LiquidURL.isTemplated(candidate.url)
      let url = isTemplated ? LiquidURL(candidate.url, url: "", baseurl: "/b")?.value : candidate.url
      return ScannedImage(src: url.map { Entities.decode($0) }, alt: candidate.alt ?? "")
    }
  }

  /// Every image of one side is on the other, however often a loop prints it.
  private static func agrees(_ rendered: [Image], _ scanned: [ScannedImage]) -> Bool {
    func same(_ image: Image, _ scanned: ScannedImage) -> Bool {
      (scanned.src == nil || scanned.src == image.src) && scanned.alt == image.alt
    }
    return rendered.allSatisfy { image in scanned.contains { same(image, $0) } }
      && scanned.allSatisfy { one in rendered.contains { same($0, one) } }
      && rendered.count >= scanned.count
  }

  // MARK: Hugo

  private static func goldmark(_ source: String) -> [Image] {
    candidates(source, CommonMarkReader()).map { Image(src: printedURL($0), alt: $0.alt ?? "") }
  }

  /// A URL as goldmark prints it: entities and backslashes read, what is no part of a URL percent-encoded.
  private static func printedURL(_ candidate: Candidate) -> String {
    guard candidate.syntax == .commonMark else { return Entities.decode(candidate.url) }
    let text = Entities.decode(CommonMarkText.unescape(candidate.url))
    let unescaped = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:/?#[]@!$&'()*+,;=%".utf8)
    return text.utf8.reduce(into: "") { printed, byte in
      printed += unescaped.contains(byte) ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
    }
  }

  // MARK: MkDocs and Pelican

  private static func pythonMarkdown(_ source: String) -> [Image] {
    candidates(source, PythonMarkdownReader()).map { candidate in
      let url = candidate.syntax == .commonMark ? CommonMarkText.unescape(candidate.url) : candidate.url
      return Image(src: Entities.decode(url), alt: candidate.alt ?? "")
    }
  }
}
