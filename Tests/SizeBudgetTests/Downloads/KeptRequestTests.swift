import AssetModel
import Testing

@testable import SizeBudget

/// Requests as they are remembered.
struct KeptRequestTests {
  @Test func areWhatTheyWere() throws {
    let requests = [
      PageRequest(role: .preload, url: "/a.jpg"),
      PageRequest(
        role: .content, line: 3, column: 9, url: "/b.jpg", file: "b.jpg", isMissing: true,
        attributes: ["alt": "", "width": "9"], hasCandidates: true, isLazy: true,
        choices: ["phone": .init(file: "b.webp", slot: 380.5), "laptop": .init(file: "b.jpg")]),
    ]
    let data = try #require(CompactEncoder.data(of: requests.map(KeptRequest.init)))
    let kept = try #require(CompactDecoder.value([KeptRequest].self, of: data))
    #expect(kept.map(\.request) == requests)
  }
}
