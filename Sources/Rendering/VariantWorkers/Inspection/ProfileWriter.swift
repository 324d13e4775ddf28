import Foundation

/// Writes ICC profiles (ICC.1:2010, version 4.3) for pictures whose files declare their colors in another way, so that
/// every conversion works with profiles.
enum ProfileWriter {
  /// A profile for red, green and blue; nil where the chromaticities make no triangle.
  static func rgb(_ chromaticities: Chromaticities, _ curve: ToneCurve) -> Data? {
    guard let columns = chromaticities.columns else { return nil }
    let colors = zip(["rXYZ", "gXYZ", "bXYZ"], columns).map { ($0, xyz($1)) }
    return file("RGB ", colors + ["rTRC", "gTRC", "bTRC"].map { ($0, self.curve(curve)) })
  }

  /// A profile for gray.
  static func gray(_ curve: ToneCurve) -> Data { file("GRAY", [("kTRC", self.curve(curve))]) }

  private static func file(_ space: String, _ tags: [(name: String, content: Data)]) -> Data {
    let all =
      [
        ("desc", text("made from what the file says")), ("cprt", text("none")),
        ("wtpt", xyz([0.9642, 1, 0.8249])),
      ]
      + tags
    var table = number(all.count)
    var content = Data()
    let start = 132 + 12 * all.count
    for (name, data) in all {
      table += Data(name.utf8) + number(start + content.count) + number(data.count)
      content += data + Data(count: (4 - data.count % 4) % 4)
    }
    var header = number(start + content.count) + number(0) + number(0x0430_0000)
    header += Data("mntr".utf8) + Data(space.utf8) + Data("XYZ ".utf8)
    // A time, which would differ from run to run, is left at zero.
    header += Data(count: 12) + Data("acsp".utf8) + Data(count: 28)
    header += xyz([0.9642, 1, 0.8249]).dropFirst(8)
    header += Data(count: 128 - header.count)
    return header + table + content
  }

  private static func number(_ value: Int) -> Data { PNGChunk.number(UInt32(truncatingIfNeeded: value)) }

  private static func fixed(_ value: Double) -> Data {
    let rounded = (value * 65536).rounded()
    return number(Int(max(-2_147_483_648, min(2_147_483_647, rounded))))
  }

  private static func xyz(_ values: [Double]) -> Data {
    values.reduce(into: Data("XYZ \0\0\0\0".utf8)) { $0 += fixed($1) }
  }

  /// A parametric curve: type 0 is a power, type 3 one with a straight part near black (10.18).
  private static func curve(_ curve: ToneCurve) -> Data {
    let (type, values): (Int, [Double]) =
      switch curve {
      case .power(let power): (0, [power])
      case .television: (3, [1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081])
      case .sRGB: (3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])
      }
    return values.reduce(into: Data("para\0\0\0\0".utf8) + number(type << 16)) { $0 += fixed($1) }
  }

  private static func text(_ text: String) -> Data {
    let units = text.utf16.reduce(into: Data()) { $0 += [UInt8($1 >> 8), UInt8($1 & 0xFF)] }
    return Data("mluc\0\0\0\0".utf8) + number(1) + number(12) + Data("enUS".utf8) + number(units.count)
      + number(28)
      + units
  }
}
