import Foundation
import Manifest
import Testing

@testable import PostScanner

/// What real renderers make of small sources, against what the scanner says.
@Suite struct ReferenceCaseTests {
  private struct Case: Decodable {
    struct Image: Decodable {
      var src: String
      var alt: String
    }
    var name: String
    var source: String
    var kramdown: [Image]
    var goldmark: [Image]
  }

  /// One image as both sides name it. A URL that only the generator can evaluate is nil and fits any.
  private struct Seen: CustomStringConvertible {
    var src: String?
    var alt: String
    var description: String { "\(src ?? "{…}") [\(alt)]" }
  }

  private static func seen(_ source: String, reader: any BodyReader, isLiquid: Bool) -> [Seen] {
    let file = Array(source.utf8)
    let body = 0..<file.count
    let masked = isLiquid ? LiquidMask.apply(to: file, range: body) : file
    return reader.candidates(file: file, masked: masked, body: body)
      .filter { $0.kind != .htmlSource && $0.kind != .videoPoster }
      .map { candidate in
        let isTemplated = isLiquid && LiquidURL.isTemplated(candidate.url)
        let url = isTemplated ? LiquidURL(candidate.url, url: "", baseurl: "/b")?.value : candidate.url
        return Seen(src: url.map { Entities.decode($0) }, alt: candidate.alt ?? "")
      }
  }

  /// Every image of one side is on the other, however often a loop prints it.
  private static func agree(_ truth: [Case.Image], _ seen: [Seen]) -> Bool {
    func same(_ image: Case.Image, _ seen: Seen) -> Bool {
      (seen.src == nil || seen.src == image.src) && seen.alt == image.alt
    }
    return truth.allSatisfy { image in seen.contains { same(image, $0) } }
      && seen.allSatisfy { one in truth.contains { same($0, one) } }
      && truth.count >= seen.count
  }

  @Test func kramdownVerdicts() throws {
    guard let path = SharedInputs.path("findings/reference-cases.json") else { return }
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    var wrong: [String] = []
    for one in cases {
      let seen = Self.seen(one.source, reader: KramdownReader(), isLiquid: true)
      if !Self.agree(one.kramdown, seen) {
        wrong.append("  \(one.name): real \(one.kramdown.map { "\($0.src) [\($0.alt)]" }), ours \(seen)")
      }
    }
    print("kramdown \(cases.count - wrong.count)/\(cases.count)")
    for line in wrong { print(line) }
    #expect(cases.count - wrong.count >= 180)
  }
}
