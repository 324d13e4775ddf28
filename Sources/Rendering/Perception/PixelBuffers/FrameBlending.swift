/// Draws frames on a canvas, in eight-bit sRGB with straight alpha.
package enum FrameBlending {
  /// Draws one row of a frame.
  ///
  /// - Parameters:
  ///   - row: the frame's pixels, of three or four bands.
  ///   - canvas: as many pixels of the canvas, of four bands.
  ///   - isReplacing: whether the frame takes the place of what is there, transparent or not.
  package static func draw(
    _ row: UnsafeRawBufferPointer, bands: Int, over canvas: UnsafeMutableBufferPointer<UInt8>,
    isReplacing: Bool
  ) {
    var to = 0
    for from in stride(from: 0, to: row.count, by: bands) {
      let alpha = bands == 4 ? row[from + 3] : 255
      let isReplaced = alpha == 255 || alpha > 0 && canvas[to + 3] == 0
      if isReplacing || isReplaced {
        for band in 0..<3 { canvas[to + band] = row[from + band] }
        canvas[to + 3] = alpha
      } else if alpha > 0 {
        blend(row, from, over: canvas, to)
      }
      to += 4
    }
  }

  /// Porter and Duff's *over* on straight alpha (https://www.w3.org/TR/png-3/#13Alpha-channel-processing), rounded
  /// once.
  private static func blend(
    _ row: UnsafeRawBufferPointer, _ from: Int, over canvas: UnsafeMutableBufferPointer<UInt8>, _ to: Int
  ) {
    let front = Int(row[from + 3]) * 255
    let back = (255 - Int(row[from + 3])) * Int(canvas[to + 3])
    let sum = front + back
    for band in 0..<3 {
      let mixed = Int(row[from + band]) * front + Int(canvas[to + band]) * back
      canvas[to + band] = UInt8(truncatingIfNeeded: (mixed + sum / 2) / sum)
    }
    canvas[to + 3] = UInt8(truncatingIfNeeded: (sum + 127) / 255)
  }
}
