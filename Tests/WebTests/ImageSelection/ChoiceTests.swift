import Foundation
import Testing
import Web

/// Ours against what Chromium chose, as `record-choices` found it out.
struct ChoiceTests {
  struct Table: Decodable {
    struct Size: Decodable { var width, height, density: Double }
    struct Source: Decodable { var srcset, sizes, media, type: String? }
    struct Case: Decodable {
      var sources: [Source]?
      var src, srcset, sizes: String?
      var chosen: [String?]
    }
    var screens: [Size]
    var cases: [Case]
  }

  static func table() throws -> Table {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "choices.json")
    return try JSONDecoder().decode(Table.self, from: Data(contentsOf: path))
  }

  @Test func choosesWhatChromiumChooses() throws {
    let table = try Self.table()
    #expect(table.cases.count >= 120)
    for item in table.cases {
      let set = SourceSet(
        sources: (item.sources ?? []).map {
          .init(srcset: $0.srcset, sizes: $0.sizes, media: $0.media, type: $0.type)
        }, src: item.src, srcset: item.srcset, sizes: item.sizes)
      try #require(item.chosen.count == table.screens.count)
      for (size, chosen) in zip(table.screens, item.chosen) {
        let screen = Screen(
          width: Int(size.width), height: Int(size.height), density: size.density)
        #expect(
          set.choice(on: screen)?.url == chosen,
          "\(set.sources.isEmpty ? "" : "\(set.sources)") srcset \(item.srcset?.prefix(60) ?? "none") sizes \(item.sizes ?? "none") at \(screen)"
        )
      }
    }
  }
}

struct SourceCandidateTests {
  @Test(arguments: [
    ("a.png", ["a.png"]), ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
    ("a.png,b.png", ["a.png,b.png"]),
    ("a.png, b.png", ["a.png", "b.png"]), (" , a.png 320w ,b.png 640w", ["a.png", "b.png"]),
    ("a,b.png 1x", ["a,b.png"]), ("a.png (x, y) 1x, b.png", ["b.png"]), ("", []), (",,", []),
    ("a.png 100w  50h", ["a.png"]), ("a.png 0w, b.png 1q, c.png 2x 3x", []),
  ])
  func splits(srcset: String, expected: [String]) {
    #expect(SourceCandidate.parse(srcset).map(\.url) == expected)
  }
}
