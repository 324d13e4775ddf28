import Foundation
import Testing

@testable import AssetModel

/// A property that a record does not list would be forgotten in the cache. So each is filled here, and looked for.
@Suite struct CompactRecordTests {
  private static let range = ByteRange(3, 7)
  private static let piece = SlotWidths.Piece(from: 320, slope: 0.5, offset: -2)
  private static let link = {
    var link = LinkForm(prefix: "/a/", suffix: ")", base: "b", keepsUnicode: true, tail: "?v=2")
    link.mounts = [LinkForm.Mount("static", at: "s")]
    return link
  }()

  private static let display = {
    var display = ImageDisplay(path: "main > img")
    display.spans = [
      ImageDisplay.Span(from: 0, slot: .own),
      ImageDisplay.Span(from: 600, slot: .upTo(SlotWidths(pieces: [piece]))),
      ImageDisplay.Span(from: 900, slot: .filled(SlotWidths(pieces: [piece, piece]))),
    ]
    (display.height, display.obstacle, display.unread) = (12.5, .grid, "a.css")
    (display.showsNaturalWidth, display.leastWidth, display.takesWidth) = (true, 9, false)
    (display.space, display.leastForDimensions, display.mayLoadLazily) = (.byStyle, 4, false)
    (display.isSometimesHidden, display.lettersBefore) = (true, 17)
    (display.textAbove.onPhones, display.textAbove.onLaptops) = (5, 6)
    return display
  }()

  private static let use = {
    var use = PageUse()
    (use.pictureObstacle, use.isObstacleUnsure, use.sizeReason) = ("p", true, "s")
    (use.takesCandidatesAlone, use.group, use.list, use.width) = (true, 4, range, 640)
    (use.density, use.fillsSizes) = (2, true)
    use.rungs = [PageUse.Rung(format: .avif, width: 320)]
    return use
  }()

  private static let reference = {
    var reference = Reference(
      post: "a.html", kind: .videoPoster, range: range, urlRange: range, attributeListRange: range, line: 4,
      column: 5, url: "u", alt: "a", title: "t", status: .missing, reason: "r", source: "s", link: link,
      htmlLink: link, keptBecause: "k", printsPath: true, changesText: true, attributes: ["a": "b"],
      field: "f", context: [.link, .table], imageOverride: ImageOverride(content: .graphic))
    (reference.isInSummary, reference.embeddedBytes, reference.file) = (true, 8, "c")
    (reference.display, reference.page) = (display, use)
    return reference
  }()

  private static let post = {
    var post = Post(
      path: "a.md", dialect: .mdx, allowsHTML: false, url: "/a", layout: "l", hookName: "h", bytes: 7,
      sha256: "00")
    (post.hasDoor, post.keepsMarkup, post.keepsFormat) = (true, "k", true)
    return post
  }()

  private static let source = {
    var source = Source(
      path: "a.png", sha256: "11", bytes: 5, format: .png, width: 4, height: 3, frames: 2, orientation: 6,
      alpha: true, icc: true, gps: true, content: .icon, contentReason: "r", wideGamut: true,
      credit: Credit(copyright: "d", creator: "c"))
    (source.leftAlone, source.correction, source.placeholder) = ("l", "c", "#fff")
    return source
  }()

  private static let problem = Diagnostic(
    .error, .tooLarge, file: "a", line: 1, column: 2, message: "m", advice: "a", figures: ["b": 1.5])

  /// The properties of a record that are what a blank one has: nobody would miss them.
  private func unfilled<Record: CompactRecord>(_ record: Record) -> [String] {
    zip(properties(of: record), properties(of: Record.blank))
      .filter { "\($0.value)" == "\($1.value)" }.map { $0.0.label ?? "" }
  }

  /// The properties of a value, or of the one thing that it consists of.
  private func properties(of value: Any) -> [Mirror.Child] {
    let children = Array(Mirror(reflecting: value).children)
    return children.count == 1 ? properties(of: children[0].value) : children
  }

  private func expectKept<Record: CompactRecord & Equatable>(_ record: Record) throws {
    #expect(unfilled(record) == [])
    let data = try #require(CompactEncoder.data(of: record))
    #expect(CompactDecoder.value(Record.self, of: data) == record)
    let list = try #require(CompactEncoder.data(of: [record, .blank, record]))
    #expect(CompactDecoder.value([Record].self, of: list) == [record, .blank, record])
    for length in data.indices {
      #expect(CompactDecoder.value(Record.self, of: data.prefix(length)) == nil)
    }
    #expect(CompactDecoder.value(Record.self, of: data + [0]) == nil)
    // Any byte may be any other: another value, or none, and no trap.
    for position in data.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = data
        damaged[position] ^= change
        _ = CompactDecoder.value(Record.self, of: damaged)
      }
    }
  }

  @Test func everyPropertyIsKept() throws {
    try expectKept(Self.range)
    try expectKept(Self.piece)
    try expectKept(Self.link)
    try expectKept(Self.display)
    try expectKept(Self.use)
    try expectKept(Self.reference)
    try expectKept(Self.post)
    try expectKept(Self.source)
    try expectKept(Self.problem)
    try expectKept(ImageDisplay.Span(from: 600, slot: .filled(SlotWidths(pieces: [Self.piece]))))
    try expectKept(LinkForm.Mount("static", at: "s"))
    try expectKept(PageUse.Rung(format: .avif, width: 320))
  }

  @Test(arguments: Reference.Kind.allCases) func everyKindIsKept(_ kind: Reference.Kind) throws {
    var reference = Reference.blank
    reference.kind = kind
    let data = try #require(CompactEncoder.data(of: reference))
    #expect(CompactDecoder.value(Reference.self, of: data) == reference)
  }
}
