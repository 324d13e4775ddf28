/// The blur with which local means and variances are taken: a Gaussian of σ = 1.5 pixels (SSIMULACRA 2.1, libjxl
/// `tools/ssimulacra2.cc`, class `Blur`).
///
/// libjxl approximates it with a recursive filter. This is the plain kernel of the Python package `ssimulacra2`: eleven
/// values of exp(-x²/2σ²), made to add up to one, first down the columns, then along the rows. Beside the picture that
/// package has zeros at the left and the right and the mirrored picture above and below; so it is done here, for at the
/// coarse scales the edges are a large share of the picture and decide about some points of the score.
enum Gaussian {
  /// How far the kernel reaches.
  static let radius = 5

  // The kernel from its middle outwards.
  static let k0: Float = 0.26601172486179436
  static let k1: Float = 0.2130055377112537
  static let k2: Float = 0.10936068950970002
  static let k3: Float = 0.03600077212843083
  static let k4: Float = 0.007598758135239185
  static let k5: Float = 0.00102838008447911
}

/// Eleven rows of a plane, from five above to five below the one that is blurred.
struct Window {
  private let a5, a4, a3, a2, a1, middle, b1, b2, b3, b4, b5: UnsafePointer<Float>

  /// - Parameters:
  ///   - y: the row in the middle.
  ///   - height: the rows that the picture has.
  ///   - start: the plane's first row.
  ///   - stride: floats from row to row.
  ///   - mask: row n is at index `n & mask`: -1 if all rows are kept, 15 if only the last sixteen are.
  init(_ y: Int, height: Int, start: UnsafePointer<Float>, stride: Int, mask: Int) {
    func row(_ offset: Int) -> UnsafePointer<Float> {
      start + (mirror(y + offset, in: height) & mask) * stride
    }
    a5 = row(-5)
    a4 = row(-4)
    a3 = row(-3)
    a2 = row(-2)
    a1 = row(-1)
    middle = row(0)
    b1 = row(1)
    b2 = row(2)
    b3 = row(3)
    b4 = row(4)
    b5 = row(5)
  }

  /// The row in the middle.
  var row: UnsafePointer<Float> { middle }

  /// The blurred values in columns `x`…`x` + 7.
  @inline(__always)
  func mean(_ x: Int) -> Lanes {
    var sum = Gaussian.k0 * middle.lanes(x)
    sum += Gaussian.k1 * (a1.lanes(x) + b1.lanes(x))
    sum += Gaussian.k2 * (a2.lanes(x) + b2.lanes(x))
    sum += Gaussian.k3 * (a3.lanes(x) + b3.lanes(x))
    sum += Gaussian.k4 * (a4.lanes(x) + b4.lanes(x))
    sum += Gaussian.k5 * (a5.lanes(x) + b5.lanes(x))
    return sum
  }

  /// The same of the values' products with those of another window.
  @inline(__always)
  func product(_ x: Int, with other: Window) -> Lanes {
    var sum = Gaussian.k0 * (middle.lanes(x) * other.middle.lanes(x))
    sum += Gaussian.k1 * (a1.lanes(x) * other.a1.lanes(x) + b1.lanes(x) * other.b1.lanes(x))
    sum += Gaussian.k2 * (a2.lanes(x) * other.a2.lanes(x) + b2.lanes(x) * other.b2.lanes(x))
    sum += Gaussian.k3 * (a3.lanes(x) * other.a3.lanes(x) + b3.lanes(x) * other.b3.lanes(x))
    sum += Gaussian.k4 * (a4.lanes(x) * other.a4.lanes(x) + b4.lanes(x) * other.b4.lanes(x))
    sum += Gaussian.k5 * (a5.lanes(x) * other.a5.lanes(x) + b5.lanes(x) * other.b5.lanes(x))
    return sum
  }
}

/// A row that is blurred along itself: the values with zeros at both ends, as far as the kernel reaches.
struct PaddedRow {
  private static let margin = 8
  /// The first value.
  let start: UnsafeMutablePointer<Float>

  /// The floats that a row of `padded` values takes.
  static func capacity(_ padded: Int) -> Int { padded + 2 * margin }

  init(_ padded: Int, in store: RowStore) {
    start = store.take(Self.capacity(padded)) + Self.margin
  }

  /// The blurred values in columns `x`…`x` + 7.
  @inline(__always)
  func mean(_ x: Int) -> Lanes {
    let row = UnsafePointer(start)
    var sum = Gaussian.k0 * row.lanes(x)
    sum += Gaussian.k1 * (row.lanes(x &- 1) + row.lanes(x &+ 1))
    sum += Gaussian.k2 * (row.lanes(x &- 2) + row.lanes(x &+ 2))
    sum += Gaussian.k3 * (row.lanes(x &- 3) + row.lanes(x &+ 3))
    sum += Gaussian.k4 * (row.lanes(x &- 4) + row.lanes(x &+ 4))
    sum += Gaussian.k5 * (row.lanes(x &- 5) + row.lanes(x &+ 5))
    return sum
  }
}
