import AssetModel
import Testing

@testable import AssetPipeline

/// What `originals:` and `quality:` ask of the pictures that a build publishes, and of those that `shrink` replaces.
@Suite struct PublishedWishTests {
  static let cases: [(yaml: String, format: ImageFormat, scores: [Double?]?, keepsPNG: Bool)] = [
    ("{}", .jpeg, [70, 80], false), ("{}", .png, [70, 80], false),
    ("originals: lighter", .webp, [70, 80], false), ("originals: keep", .jpeg, nil, false),
    ("originals: {build: keep, target: 90}", .jpeg, nil, false),
    ("quality: high", .avif, [80, 80], false), ("quality: visually-lossless", .png, [90, 90], false),
    ("quality: 60", .jpeg, [85, nil], false), ("originals: {target: 92}", .jpeg, [92, nil], false),
    ("originals: {target: 60}", .png, [60, nil], false),
    ("originals: {png: lossless}", .png, [70, 80], true),
    ("originals: {apply: [{glob: img/**, build: keep}]}", .jpeg, nil, false),
    (
      "originals: {build: keep, apply: [{glob: img/**, build: lighter, target: 75}]}", .jpeg, [75, nil], false
    ),
    ("originals: {apply: [{glob: other/**, target: 75}]}", .jpeg, [70, 80], false),
  ]

  @Test(arguments: cases.indices)
  func followsTheConfiguration(_ index: Int) throws {
    let (yaml, format, scores, keepsPNG) = Self.cases[index]
    let configuration = try Configuration(yaml: yaml, file: "c.yml")
    let source = Source(path: "img/a", sha256: "", bytes: 1, format: format)
    let wish = configuration.originals.wish(published: source, configuration)
    #expect(wish.map { [$0.target, $0.targetOfGraphics] } == scores, "\(yaml)")
    #expect(wish.map(\.keepsPNG) ?? false == keepsPNG, "\(yaml)")
    #expect(wish?.longestSide == nil && wish?.keepsPosition != true)
  }

  @Test func shrinkAsksForWhatItDid() throws {
    let configuration = try Configuration(yaml: "{}", file: "c.yml")
    let wish = configuration.originals.wish(
      for: "a.png", longest: nil, saving: .init(), configuration)
    #expect(wish.target == 85 && wish.targetOfGraphics == nil && wish.keepsPNG)
  }

  @Test(arguments: ["originals: lightest", "originals: {build: 1}", "originals: [keep]"])
  func refusesWhatItDoesNotKnow(_ yaml: String) {
    #expect(throws: ConfigurationError.self, "\(yaml)") { try Configuration(yaml: yaml, file: "c.yml") }
  }
}
