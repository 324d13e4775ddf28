import Foundation
import Testing

@testable import VariantWorkers

/// What a JPEG XL says of its colors, in the bits that its codestream begins with.
struct JXLColorsTests {
  /// Bits from the least significant on: pairs of a value and how many bits it takes.
  private func bytes(_ parts: [(Int, Int)]) -> Data {
    let bits = parts.flatMap { value, count in (0..<count).map { UInt8(value >> $0 & 1) } }
    return Data(
      stride(from: 0, to: bits.count, by: 8).map { start in
        bits[start..<min(bits.count, start + 8)].enumerated().reduce(0) {
          $0 | $1.element << UInt8($1.offset)
        }
      })
  }

  /// A codestream's header, with an orientation and an alpha channel.
  private func header(gray: Bool, transfer: Int) -> Data {
    // 64 by 64 pixels; not all as usual.
    let start = [(1, 1), (7, 5), (1, 3), (0, 1)]
    // An orientation and nothing else; twelve bits a pixel; one usual channel more; pixels as they are.
    let image = [(1, 1), (2, 3), (0, 1), (0, 1), (0, 1), (0, 1), (2, 2), (1, 1), (1, 2), (1, 1), (0, 1)]
    let white = [(0, 1), (0, 1), (gray ? 1 : 0, 2), (1, 2)]
    // BT.2100's primaries are 9.
    let primaries = gray ? [] : [(2, 2), (7, 4)]
    let curve = [(0, 1)] + (transfer < 18 ? [(2, 2), (transfer - 2, 4)] : [(3, 2), (transfer - 18, 6)])
    return Data([0xFF, 0x0A]) + bytes(start + image + white + primaries + curve) + Data(count: 40)
  }

  private func box(_ name: String, _ content: Data) -> Data {
    Data([0, 0, 0, UInt8(content.count + 8)]) + Data(name.utf8) + content
  }

  @Test(arguments: [
    (true, 16, "HDR (PQ)"), (false, 16, "HDR (PQ)"), (false, 18, "HDR (HLG)"), (true, 18, "HDR (HLG)"),
  ])
  func hdrIsLeftAlone(gray: Bool, transfer: Int, words: String) {
    let stream = header(gray: gray, transfer: transfer)
    let mark = box("JXL ", Data([0x0D, 0x0A, 0x87, 0x0A]))
    for data in [stream, mark + box("jxlc", stream), mark + box("jxlp", Data(count: 4) + stream)] {
      #expect(DeclaredColors.verdict(data, .jxl) == .unconverted(words))
    }
  }

  @Test(arguments: [13, 8, 17, 2])
  func otherCurvesAreThoseOfTheProfile(transfer: Int) {
    #expect(DeclaredColors.verdict(header(gray: false, transfer: transfer), .jxl) == .asDecoded)
    let usual = Data([0xFF, 0x0A]) + bytes([(1, 1), (7, 5), (1, 3), (1, 1)])
    #expect(DeclaredColors.verdict(usual, .jxl) == .asDecoded)
  }

  @Test func aHeaderThatEndsEarlyIsNone() {
    let stream = header(gray: false, transfer: 16)
    for length in 0..<8 {
      #expect(DeclaredColors.verdict(stream.prefix(length), .jxl) == .asDecoded, "\(length)")
    }
  }
}
