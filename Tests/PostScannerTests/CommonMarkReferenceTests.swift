import Foundation
import Manifest
import Testing

@testable import PostScanner

/// What Hugo makes of small sources, against what the scanner says.
@Suite struct CommonMarkReferenceTests {
  private struct Case: Decodable {
    struct Image: Decodable, Hashable, CustomStringConvertible {
      var src: String
      var alt: String
      var description: String { "\(src) [\(alt)]" }
    }
    var name: String
    var source: String
    var goldmark: [Image]
  }

  /// A URL as goldmark prints it: entities and backslashes read, what is no part of a URL percent-encoded.
  private static func printed(_ candidate: Candidate) -> String {
    guard candidate.syntax == .commonMark else { return Entities.decode(candidate.url) }
    let text = Entities.decode(CommonMarkText.unescape(candidate.url))
    let kept = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:/?#[]@!$&'()*+,;=%".utf8
    )
    var out = ""
    for byte in text.utf8 {
      out += kept.contains(byte) ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
    }
    return out
  }

  @Test func goldmarkVerdicts() throws {
    guard let path = SharedInputs.path("findings/reference-cases.json") else { return }
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    var wrong: [String] = []
    for one in cases {
      let file = Array(one.source.utf8)
      let seen = CommonMarkReader().candidates(file: file, masked: file, body: 0..<file.count)
        .filter { $0.kind != .htmlSource && $0.kind != .videoPoster }
        .map { Case.Image(src: Self.printed($0), alt: $0.alt ?? "") }
      if seen != one.goldmark { wrong.append("  \(one.name): real \(one.goldmark), ours \(seen)") }
    }
    print("goldmark \(cases.count - wrong.count)/\(cases.count)")
    for line in wrong { print(line) }
    #expect(cases.count - wrong.count >= 180)
  }
}
