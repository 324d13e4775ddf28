import Foundation
import Testing

@testable import VariantWorkers
@testable import Vips

/// zlib streams, beside those that libpng's zlib writes.
struct InflateTests {
  /// The rows of a PNG without a filter, as they are compressed.
  private func rows(_ drawing: Drawing) throws -> (stream: [UInt8], rows: [UInt8]) {
    let image = try drawing.image()
    let png = try image.operation(
      "pngsave_buffer",
      ["in": .image(image), "compression": .int(9), "strip": .bool(true)]
    ).bytes()
    var stream: [UInt8] = []
    var offset = 8
    while let length = png.bigEndian(at: offset, count: 4), offset + 12 + length <= png.count {
      if png.matches("IDAT", at: offset + 4) { stream += png[(offset + 8)..<(offset + 8 + length)] }
      offset += 12 + length
    }
    let stride = drawing.width * drawing.bands
    let rows = (0..<drawing.height).flatMap { [0] + drawing.pixels[($0 * stride)..<(($0 + 1) * stride)] }
    return (stream, rows)
  }

  @Test("Of noise, of lines, of nothing but one color", arguments: [0, 1, 2])
  func sameAsZlib(_ kind: Int) throws {
    let drawing =
      switch kind {
      case 0: Drawing.photograph(120, 90)
      case 1: Drawing.screenshot(300, 200)
      default: Drawing(width: 40, height: 3) { _, _ in [7, 7, 7] }
      }
    let (stream, rows) = try rows(drawing)
    #expect(Inflate.bytes(ofZlib: stream) == rows)
  }

  @Test func storedIsReadBack() {
    for count in [0, 1, 65_535, 65_536, 200_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(Inflate.bytes(ofZlib: Inflate.stored(bytes)) == bytes)
    }
  }

  @Test func damageIsNil() {
    #expect(Inflate.bytes(ofZlib: []) == nil)
    #expect(Inflate.bytes(ofZlib: Array("no stream at all".utf8)) == nil)
    #expect(Inflate.bytes(ofZlib: Array(Inflate.stored(Array("some text".utf8)).prefix(9))) == nil)
  }
}
