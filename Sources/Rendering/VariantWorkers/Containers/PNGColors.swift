import Foundation

/// What a PNG's chunks say about its colors (PNG 3rd edition, 11.3.2), of which libvips reads the profile alone.
struct PNGColors: Hashable {
  /// `cICP`, which counts before all others.
  var points: CodingPoints?
  /// Whether there is a profile (`iCCP`), which counts before those that follow.
  var hasProfile = false
  /// `sRGB`.
  var isSRGB = false
  /// `gAMA`: the power that gave the numbers of the light.
  var gamma: Double?
  /// `cHRM`.
  var chromaticities: Chromaticities?

  /// Reads the chunks in front of the pixels.
  init(_ data: Data) {
    var offset = 8
    while let length = data.bigEndian(at: offset, count: 4), length <= data.count - offset - 12 {
      let content = offset + 8
      switch data.ascii(at: offset + 4, count: 4) {
      case "cICP":
        guard length == 4, let primaries = data.bigEndian(at: content, count: 1),
          let transfer = data.bigEndian(at: content + 1, count: 1)
        else { break }
        points = CodingPoints(primaries: primaries, transfer: transfer)
      case "iCCP": hasProfile = true
      case "sRGB": isSRGB = true
      case "gAMA":
        guard let number = data.bigEndian(at: content, count: 4), number > 0 else { break }
        gamma = Double(number) / 100_000
      case "cHRM":
        // White comes first.
        let numbers = (0..<8).compactMap { data.bigEndian(at: content + 4 * $0, count: 4) }
          .map { Double($0) / 100_000 }
        guard length == 32, numbers.count == 8 else { break }
        chromaticities = Chromaticities(Array(numbers[2...] + numbers[..<2]))
      case "IDAT", "IEND": return
      default: break
      }
      offset += 12 + length
    }
  }
}
