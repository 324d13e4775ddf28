import Foundation

/// Looks whether an embedded ICC profile can be used (ICC.1:2022, 7.2 and 7.3). libvips falls back to sRGB without
/// a word where it cannot, and the author should hear of it.
enum ColourProfile {
  /// What is wrong with a profile for pixels of `colours` bands; nil where nothing is.
  static func flaw(in profile: Data, colours: Int) -> String? {
    guard profile.count >= 132, profile.matches("acsp", at: 36), let size = profile.bigEndian(at: 0, count: 4)
    else { return "it is no ICC profile" }
    guard size <= profile.count, let tags = profile.bigEndian(at: 128, count: 4), tags <= 200 else {
      return "it is cut off"
    }
    for tag in 0..<tags {
      let entry = 132 + 12 * tag
      guard let offset = profile.bigEndian(at: entry + 4, count: 4),
        let length = profile.bigEndian(at: entry + 8, count: 4), offset + length <= profile.count
      else { return "it is cut off" }
    }
    let space = profile.ascii(at: 16, count: 4)
    let expected = ["GRAY": 1, "RGB ": 3, "CMYK": 4][space]
    guard expected == colours else {
      return "it is for \(space.filter { $0 != " " }) and the pixels have \(colours) bands"
    }
    return nil
  }
}
