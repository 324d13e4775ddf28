/// The color space in which the pictures are compared: XYB of JPEG XL, in which X is red against green, Y is
/// brightness and B is blue, close to what the three kinds of cone cells answer.
///
/// The matrix and the bias are those of libjxl (`lib/jxl/cms/opsin_params.h`: kM00 … kM22, kB0), also in ISO/IEC
/// 18181-1, annex on XYB. The shift into a range of about 0…1 (X·14 + 0.42, Y + 0.01, B - Y + 0.55) is that of
/// SSIMULACRA 2.1 (libjxl `tools/ssimulacra2.cc`, `MakePositiveXYB`).
enum XYB {
  /// What the bias adds to every cube root, taken off again: the cube root of kB0.
  private static let biasRoot: Float = 0.15595420054924863

  /// Turns one row of linear RGB into X, Y and B, zero between the row's end and the next multiple of eight.
  ///
  /// - Parameters:
  ///   - row: linear red, green and blue in 0…1; what lies behind the row's end must be readable and not negative.
  ///   - width: pixels in the row.
  ///   - x, y, b: where the values go; `nil` where the plan has no use for them.
  static func convert(
    _ row: LinearRow,
    width: Int,
    x: UnsafeMutablePointer<Float>?,
    y: UnsafeMutablePointer<Float>?,
    b: UnsafeMutablePointer<Float>?
  ) {
    let padded = paddedToLanes(width)
    var i = 0
    while i < padded {
      let red = row.red.lanes(i)
      let green = row.green.lanes(i)
      let blue = row.blue.lanes(i)
      let bias: Float = 0.0037930732552754493
      let tail = 0.078 * blue + bias
      let long = cubeRoot(0.30 * red + 0.622 * green + tail)
      let middle = cubeRoot(0.23 * red + 0.692 * green + tail)
      let brightness = 0.5 * (long + middle) - biasRoot
      y?.store(brightness + 0.01, at: i)
      x?.store((0.5 * 14) * (long - middle) + 0.42, at: i)
      if let b {
        let short = cubeRoot(
          0.24342268924547819 * red + 0.20476744424496821 * green + (0.55180986650955360 * blue + bias)
        )
        b.store((short - biasRoot) - brightness + 0.55, at: i)
      }
      i &+= Lanes.scalarCount
    }
    // The blur takes everything beside the picture for zero.
    for i in width..<padded {
      x?[i] = 0
      y?[i] = 0
      b?[i] = 0
    }
  }
}
