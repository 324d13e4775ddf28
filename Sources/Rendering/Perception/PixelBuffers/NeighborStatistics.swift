/// What rows of eight-bit pixels say of a picture's kind: how many pixels equal their left neighbor, how many differ from it
/// sharply, and how many colors there are.
package struct NeighborStatistics {
  private var flatPixels = 0
  private var hardPixels = 0
  private var pixels = 0
  /// The colors that are there: three channels of four bits.
  private var palette = [Bool](repeating: false, count: 1 << 12)

  package init() {}

  /// Counts a row. In most rows of a graphic most pixels equal their neighbor, whose color is already counted.
  ///
  /// - Parameters:
  ///   - row: bands next to each other, a byte each.
  ///   - isGray: gray counts as three equal channels.
  package mutating func look(at row: UnsafeRawBufferPointer, bands: Int, isGray: Bool) {
    guard row.count >= bands else { return }
    let (second, third) = isGray ? (0, 0) : (1, 2)
    var (red, green, blue) = (Int(row[0]), Int(row[second]), Int(row[third]))
    var (flat, hard) = (0, 0)
    palette.withUnsafeMutableBufferPointer { palette in
      func record() { palette[(red & 0xF0) << 4 | green & 0xF0 | blue >> 4] = true }
      record()
      for x in stride(from: bands, to: row.count, by: bands) {
        let (r, g, b) = (Int(row[x]), Int(row[x + second]), Int(row[x + third]))
        let difference = max(abs(r - red), abs(g - green), abs(b - blue))
        guard difference > 0 else {
          flat += 1
          continue
        }
        if difference >= 64 { hard += 1 }
        (red, green, blue) = (r, g, b)
        record()
      }
    }
    flatPixels += flat
    hardPixels += hard
    pixels += row.count / bands - 1
  }

  /// The share of pixels that equal their left neighbor. A single column has no neighbors: nothing speaks against a graphic.
  package var flat: Double { pixels > 0 ? Double(flatPixels) / Double(pixels) : 1 }

  /// The share of pixels that differ from it by 64 or more in a channel.
  package var hard: Double { pixels > 0 ? Double(hardPixels) / Double(pixels) : 0 }

  /// How many colors there are, with four bits a channel.
  package var colors: Int { palette.count { $0 } }
}
