import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// Bitmaps as other programs write them.
private struct Bitmap {
  var depth: Int
  var topDown = false
  var header = 40
  var compression = 0
  var masks: [UInt32] = []
  var palette: [[UInt8]] = []
  /// Rows from the top; each pixel as it is stored.
  var rows: [[UInt32]]

  var data: Data {
    var pixels = Data()
    for row in topDown ? rows : rows.reversed() {
      var bits = Data()
      if depth < 8 {
        for start in stride(from: 0, to: row.count, by: 8 / depth) {
          var byte: UInt32 = 0
          for offset in 0..<(8 / depth) {
            byte = byte << UInt32(depth) | (start + offset < row.count ? row[start + offset] : 0)
          }
          bits.append(UInt8(byte))
        }
      } else {
        for pixel in row {
          bits += Data((0..<(depth / 8)).map { UInt8(truncatingIfNeeded: pixel >> (8 * UInt32($0))) })
        }
      }
      pixels += bits + Data(count: (4 - bits.count % 4) % 4)
    }
    let (width, height) = (rows[0].count, topDown ? -rows.count : rows.count)
    var info = Data()
    let number = { (value: Int, count: Int) in
      Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    info += number(header, 4)
    if header == 12 {
      info += number(width, 2) + number(height, 2) + number(1, 2) + number(depth, 2)
    } else {
      info += number(width, 4) + number(height, 4) + number(1, 2) + number(depth, 2) + number(compression, 4)
      info += number(0, 4) + number(2835, 4) + number(2835, 4) + number(palette.count, 4) + number(0, 4)
      info += masks.reduce(Data()) { $0 + number(Int($1), 4) }
      info += Data(count: max(0, header - info.count))
    }
    for color in palette {
      info += Data(color.reversed()) + (header == 12 ? Data() : Data([0]))
    }
    return Data("BM".utf8) + number(14 + info.count + pixels.count, 4) + number(0, 4)
      + number(14 + info.count, 4)
      + info + pixels
  }
}

struct BitmapTests {
  private func pixels(_ data: Data) throws -> (size: [Int], numbers: [UInt8]) {
    let image = try BitmapDecoder.image(data, file: "a.bmp")
    return ([image.width, image.height, image.bands], try image.withPixels { [UInt8]($0) })
  }

  private static let colors: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
  private static let expected: [UInt8] =
    colors[0] + colors[1] + colors[2] + colors[2] + colors[1] + colors[0]
  private static let indices: [[UInt32]] = [[0, 1, 2], [2, 1, 0]]
  private static let full: [[UInt32]] = [[0xFF0000, 0xFF00, 0xFF], [0xFF, 0xFF00, 0xFF0000]]
  private static let five: [[UInt32]] = [[0x7C00, 0x3E0, 0x1F], [0x1F, 0x3E0, 0x7C00]]
  private static let six: [[UInt32]] = [[0xF800, 0x7E0, 0x1F], [0x1F, 0x7E0, 0xF800]]
  private static let standard: [UInt32] = [0xFF0000, 0xFF00, 0xFF]

  private static let kinds: [(String, Bitmap)] = [
    ("24 bits", Bitmap(depth: 24, rows: full)),
    ("24 bits from the top", Bitmap(depth: 24, topDown: true, rows: full)),
    ("24 bits, OS/2", Bitmap(depth: 24, header: 12, rows: full)),
    ("8 bits", Bitmap(depth: 8, palette: colors, rows: indices)),
    (
      "8 bits, OS/2",
      Bitmap(
        depth: 8, header: 12, palette: colors + [[UInt8]](repeating: [9, 9, 9], count: 253), rows: indices)
    ),
    ("4 bits", Bitmap(depth: 4, palette: colors, rows: indices)),
    ("4 bits, version 5", Bitmap(depth: 4, header: 124, palette: colors, rows: indices)),
    ("16 bits", Bitmap(depth: 16, rows: five)),
    ("16 bits, six for green", Bitmap(depth: 16, compression: 3, masks: [0xF800, 0x7E0, 0x1F], rows: six)),
    ("32 bits", Bitmap(depth: 32, rows: full)),
    ("32 bits with masks", Bitmap(depth: 32, compression: 3, masks: standard, rows: full)),
    (
      "32 bits, alpha all zero",
      Bitmap(depth: 32, header: 108, compression: 3, masks: standard + [0xFF00_0000], rows: full)
    ),
  ]

  @Test(arguments: kinds.indices)
  func everyKindIsRead(_ index: Int) throws {
    let (name, bitmap) = Self.kinds[index]
    let decoded = try pixels(bitmap.data)
    #expect(decoded.size == [3, 2, 3], "\(name)")
    #expect(decoded.numbers == Self.expected, "\(name)")
  }

  @Test func oneBitAndAlphaAreRead() throws {
    let oneBit = Bitmap(
      depth: 1, palette: [[0, 0, 0], [255, 255, 255]], rows: [[1, 0, 1, 0, 0, 0, 0, 0, 1]])
    #expect(try pixels(oneBit.data).numbers == [255, 0, 255, 0, 0, 0, 0, 0, 255].flatMap { [$0, $0, $0] })
    let alpha = Bitmap(
      depth: 32, header: 108, compression: 3, masks: Self.standard + [0xFF00_0000],
      rows: [[0x80FF_0000, 0xFF00_00FF]])
    #expect(try pixels(alpha.data) == ([2, 1, 4], [255, 0, 0, 128, 0, 0, 255, 255]))
    // An index beyond a short palette is black, as in browsers.
    #expect(
      try pixels(Bitmap(depth: 8, palette: [[9, 8, 7]], rows: [[0, 200]]).data).numbers == [9, 8, 7, 0, 0, 0])
  }

  @Test func whatIsCutOffOrUnknownFails() throws {
    let whole = Bitmap(depth: 24, rows: Self.full).data
    for count in 0..<whole.count {
      #expect(throws: VipsError.self, "\(count)") {
        try BitmapDecoder.image(whole.prefix(count), file: "a.bmp")
      }
    }
    for bitmap in [
      Bitmap(depth: 8, compression: 1, rows: Self.indices),
      Bitmap(depth: 24, compression: 3, rows: Self.full),
    ] {
      #expect(throws: VipsError.self) { try BitmapDecoder.image(bitmap.data, file: "a.bmp") }
    }
  }

  @Test func damagedHeadersAreNoDanger() throws {
    var random = SplitMix(seed: 9)
    for round in 0..<3_000 {
      var data = Self.kinds[round % Self.kinds.count].1.data
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        data[Int.random(in: 2..<min(data.count, 70), using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      guard let header = BitmapHeader(data), header.width * header.height <= 1_000_000 else { continue }
      _ = try? BitmapDecoder.image(data, file: "a.bmp")
    }
  }

  @Test func aBitmapBecomesVariants() throws {
    let site = try TestSite()
    let drawing = Drawing.quarters(120, 80)
    let rows = (0..<80).map { y in
      (0..<120).map { x in
        let p = drawing.pixels[((y * 120 + x) * 3)..<((y * 120 + x) * 3 + 3)].map(UInt32.init)
        return p[0] << 16 | p[1] << 8 | p[2]
      }
    }
    let source = try site.add(Bitmap(depth: 24, rows: rows).data, "a.bmp")
    #expect(source.format == .bmp && source.width == 120 && source.height == 80)
    let outcome = try site.render(source, widths: [120, 50], [.webp, .png])
    #expect(outcome.problems.isEmpty && outcome.variants.first?.width == 120)
    for variant in outcome.variants {
      #expect(try site.pixels(of: variant).cornerColors() == ["red", "green", "blue", "yellow"])
    }
  }

  @Test func compressedBitmapsArePassedOverAndDamagedOnesRefused() throws {
    let site = try TestSite()
    let compressed = Bitmap(depth: 8, compression: 1, palette: Self.colors, rows: Self.indices).data
    let source = try site.add(compressed, "a.bmp")
    #expect((source.width, source.height) == (0, 0))
    var odd = Bitmap(depth: 24, rows: Self.full).data
    odd[28] = 40
    try FileAccess.write(odd, to: site.root.absolute("b.bmp"))
    #expect(SourceInspector(root: site.root).inspect("b.bmp").problems.map(\.rule) == [.undecodable])
  }
}
