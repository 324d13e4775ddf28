import Foundation

/// Looks at an embedded ICC profile (ICC.1:2022, 7.2, 7.3 and 9.2).
enum ColorProfile {
  /// What is wrong with a profile for pixels of `colors` bands; nil where nothing is. libvips falls back to sRGB
  /// without a word where it cannot use one, and the author should hear of it.
  static func flaw(in profile: Data, colors: Int) -> String? {
    guard profile.count >= 132, profile.matches("acsp", at: 36), let size = profile.bigEndian(at: 0, count: 4)
    else { return "it is no ICC profile" }
    guard size <= profile.count, tags(in: profile) != nil else { return "it is cut off" }
    let space = profile.ascii(at: 16, count: 4)
    let expected = ["GRAY": 1, "RGB ": 3, "CMYK": 4][space]
    guard expected == colors else {
      return "it is for \(space.filter { $0 != " " }) and the pixels have \(colors) bands"
    }
    return nil
  }

  /// A sound profile that converts by its perceptual table where it has one, as Chromium does, even for a relative
  /// conversion (9.2.1: `A2B1` is the table for that, `A2B0` the perceptual one). With the perceptual intent itself,
  /// libvips would adjust black too, depending on its version; and 8.14 ignores a profile that has no table for the
  /// requested intent.
  static func relative(_ profile: Data) -> Data {
    guard let perceptual = entry("A2B0", in: profile) else { return profile }
    var bytes = [UInt8](profile)
    let content = bytes[perceptual + 4..<perceptual + 12]
    let relative = entry("A2B1", in: profile) ?? perceptual
    bytes.replaceSubrange(relative..<relative + 12, with: Array("A2B1".utf8) + content)
    return Data(bytes)
  }

  /// Whether a profile converts by a table, as those of printers and scanners do.
  static func isTable(_ profile: Data) -> Bool {
    tags(in: profile).map { $0["A2B0"] != nil || $0["A2B1"] != nil } ?? false
  }

  /// Whether a sound profile's red, green and blue reach well beyond those of sRGB, as those of Display P3, Adobe RGB
  /// and ProPhoto do. Profiles without a matrix, as scanners have, do not tell.
  static func isWideGamut(_ profile: Data) -> Bool {
    guard let tags = tags(in: profile), profile.ascii(at: 16, count: 4) == "RGB " else { return false }
    return ["rXYZ", "gXYZ", "bXYZ"].contains { name in
      guard let offset = tags[name], let color = xyz(in: profile, at: offset) else { return false }
      return linearSRGB(color).contains { $0 < -0.03 }
    }
  }

  /// What a profile says of itself as H.273 numbers it (`cicp`, ICC.1:2022, 9.2.17), as those do that stand for HDR; nil
  /// where it says nothing of the kind.
  static func points(in profile: Data) -> CodingPoints? {
    guard let offset = tags(in: profile)?["cicp"],
      let primaries = profile.bigEndian(at: offset + 8, count: 1),
      let transfer = profile.bigEndian(at: offset + 9, count: 1)
    else { return nil }
    return CodingPoints(primaries: primaries, transfer: transfer)
  }

  /// Where the tags' content starts, by signature; nil when one leaves the profile.
  private static func tags(in profile: Data) -> [String: Int]? {
    guard let entries = entries(in: profile) else { return nil }
    var tags: [String: Int] = [:]
    for entry in entries {
      guard let offset = profile.bigEndian(at: entry + 4, count: 4),
        let length = profile.bigEndian(at: entry + 8, count: 4), offset + length <= profile.count
      else { return nil }
      tags[profile.ascii(at: entry, count: 4)] = offset
    }
    return tags
  }

  /// Where a tag's entry starts in the table of a sound profile: twelve bytes, its signature, its content's start and length.
  private static func entry(_ tag: String, in profile: Data) -> Int? {
    entries(in: profile)?.first { profile.matches(tag, at: $0) && $0 + 12 <= profile.count }
  }

  private static func entries(in profile: Data) -> StrideTo<Int>? {
    guard let count = profile.bigEndian(at: 128, count: 4), count <= 200 else { return nil }
    return stride(from: 132, to: 132 + 12 * count, by: 12)
  }

  /// An `XYZType`: a signature, four bytes, and three numbers of 16.16 bits.
  private static func xyz(in profile: Data, at offset: Int) -> [Double]? {
    guard profile.matches("XYZ ", at: offset) else { return nil }
    let numbers = (0..<3).compactMap { profile.bigEndian(at: offset + 8 + 4 * $0, count: 4) }
    guard numbers.count == 3 else { return nil }
    return numbers.map { Double(Int32(truncatingIfNeeded: $0)) / 65536 }
  }

  /// A profile's XYZ (relative to D50) in linear sRGB: the inverse of the matrix of sRGB's primaries after Bradford
  /// adaptation to D50 (IEC 61966-2-1; the matrix as the ICC's own sRGB profiles have it). Numbers below zero lie
  /// outside sRGB: Display P3's green is at -0.22, 0, -0.08 beside 1.
  private static func linearSRGB(_ xyz: [Double]) -> [Double] {
    let rows = [
      [3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540],
      [0.0719453, -0.2289914, 1.4052427],
    ]
    return rows.map { row in zip(row, xyz).reduce(0) { $0 + $1.0 * $1.1 } }
  }
}
