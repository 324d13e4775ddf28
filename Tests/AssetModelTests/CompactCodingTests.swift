import Foundation
import Testing

@testable import AssetModel

@Suite struct CompactCodingTests {
  private enum Kind: String, Codable { case one = "the-first", two }
  private struct Location: Codable, Hashable { var line: Int }

  /// One property of each kind that is kept.
  private struct Sample: Codable, Equatable {
    var kind = Kind.one
    var location = Location(line: -1)
    var other: Location?
    var text = "größe"
    var note: String?
    var count: Int?
    var flag: Bool?
    var share: Double?
    var number = 0.25
    var small: Int32 = -7
    var locations: [Location] = []
    var texts: [String] = []
    var more: [String]?
    var set: Set<Location> = []
    var names: [String: String] = [:]
    var sizes: [String: Int] = [:]
    var figures: [String: Double]?
  }

  private static let full = Sample(
    kind: .two, location: Location(line: 1 << 40), other: Location(line: 2), text: "", note: "n", count: 0,
    flag: false,
    share: -0.5, number: .infinity, small: .max, locations: [Location(line: 3), Location(line: 4)],
    texts: ["", "b"],
    more: [], set: [Location(line: 5)], names: ["b": "1", "a": ""], sizes: ["s": .min], figures: ["f": 1])

  @Test func whatIsWrittenIsRead() throws {
    for sample in [Sample(), Self.full] {
      let data = try #require(CompactEncoder.data(of: sample))
      #expect(CompactDecoder.value(Sample.self, of: data) == sample)
      let two = try #require(CompactEncoder.data(of: [sample, sample]))
      #expect(CompactDecoder.value([Sample].self, of: two) == [sample, sample])
    }
  }

  private enum Width: Codable, Equatable {
    case own
    case upTo(Location)
    case both(first: Int, second: [String])
  }

  @Test func enumerationsWithValues() throws {
    let widths: [Width] = [.own, .upTo(Location(line: 7)), .both(first: -1, second: ["a", ""]), .own]
    let bytes = try CompactEncoder.bytes(of: widths)
    #expect(CompactDecoder.value([Width].self, of: Data(bytes)) == widths)
    for length in bytes.indices {
      #expect(CompactDecoder.value([Width].self, of: Data(bytes[..<length])) == nil)
    }
    enum Renamed: Codable { case none, upTo(Location), both(first: Int, second: [String]) }
    #expect(CompactDecoder.value([Renamed].self, of: Data(bytes)) == nil)
  }

  @Test(arguments: [[:], ["a": [1]], ["own": [1, 2], "b": []]])
  func dictionariesOfOtherValuesAreNotRead(_ map: [String: [Int]]) throws {
    #expect(CompactDecoder.value([String: [Int]].self, of: Data(try CompactEncoder.bytes(of: map))) == nil)
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, 127, 128, 1 << 40, .max, .min])
  func numbers(_ number: Int) throws {
    #expect(CompactDecoder.value(Int.self, of: Data(try CompactEncoder.bytes(of: number))) == number)
  }

  @Test func damageIsNoValue() throws {
    let bytes = try CompactEncoder.bytes(of: Self.full)
    for length in bytes.indices {
      #expect(CompactDecoder.value(Sample.self, of: Data(bytes[..<length])) == nil)
    }
    #expect(CompactDecoder.value(Sample.self, of: Data(bytes + [0])) == nil)
    // Any byte may be any other: another value, or none, and no trap.
    for position in bytes.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var damaged = bytes
        damaged[position] ^= change
        _ = CompactDecoder.value(Sample.self, of: Data(damaged))
      }
    }
  }

  @Test func aValueOfAnotherTypeIsNone() throws {
    struct Before: Codable { var kind = Kind.one }
    struct After: Codable { var name = Kind.one }
    #expect(CompactDecoder.value(After.self, of: Data(try CompactEncoder.bytes(of: Before()))) == nil)
    // What has no compact form is never read as if it were empty.
    let odd = try CompactEncoder.bytes(of: [1: 2, 3: 4])
    #expect(CompactDecoder.value([Int: String].self, of: Data(odd)) == nil)
    #expect(throws: (any Error).self) { try CompactEncoder.bytes(of: [1, nil]) }
  }

  @Test func aDigestTellsValuesApart() {
    var other = Self.full
    other.names["a"] = "x"
    #expect(CompactEncoder.digest(of: Self.full) == CompactEncoder.digest(of: Self.full))
    #expect(CompactEncoder.digest(of: other) != CompactEncoder.digest(of: Self.full))
  }
}
