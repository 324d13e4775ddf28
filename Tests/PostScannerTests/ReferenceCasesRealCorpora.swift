import Foundation
import Testing
import TestSupport

@testable import PostScanner

/// Further texts with what kramdown and goldmark render of them.
@Suite(.tags(.realCorpora), .needsRealCorpora("findings/reference-cases.json"))
struct ReferenceCasesRealCorpora {
  private struct Case: Decodable {
    var name: String
    var source: String
    var kramdown: [RecordedImages.Image]
    var goldmark: [RecordedImages.Image]
  }

  private static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: RealCorpora.path("findings/reference-cases.json"))
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  @Test func kramdown() throws {
    let cases = try Self.cases()
    let right = cases.count { ScannedMarkdown.agrees($0.source, with: $0.kramdown, of: .kramdown) }
    #expect(right >= 180)
  }

  @Test func goldmark() throws {
    let cases = try Self.cases()
    let right = cases.count { ScannedMarkdown.agrees($0.source, with: $0.goldmark, of: .goldmark) }
    #expect(right >= 180)
  }
}
