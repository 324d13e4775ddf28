import Foundation

/// What the numbers of a picture mean, as ITU-T H.273 numbers it: in AVIF and HEIC (`nclx`), in PNG (`cICP`), and in ICC
/// profiles (`cicp`).
struct CodingPoints: Hashable {
  /// Which red, green, blue and white.
  var primaries: Int
  /// How light grows with the numbers.
  var transfer: Int

  /// Chromaticities (x and y of red, green, blue, white) by number (H.273, 8.1).
  private static let chromaticities: [Int: Chromaticities] = [
    1: Chromaticities(red: (0.64, 0.33), green: (0.3, 0.6), blue: (0.15, 0.06)),
    4: Chromaticities(red: (0.67, 0.33), green: (0.21, 0.71), blue: (0.14, 0.08), white: (0.31, 0.316)),
    5: Chromaticities(red: (0.64, 0.33), green: (0.29, 0.6), blue: (0.15, 0.06)),
    6: Chromaticities(red: (0.63, 0.34), green: (0.31, 0.595), blue: (0.155, 0.07)),
    7: Chromaticities(red: (0.63, 0.34), green: (0.31, 0.595), blue: (0.155, 0.07)),
    8: Chromaticities(red: (0.681, 0.319), green: (0.243, 0.692), blue: (0.145, 0.049), white: (0.31, 0.316)),
    9: Chromaticities(red: (0.708, 0.292), green: (0.17, 0.797), blue: (0.131, 0.046)),
    11: Chromaticities(red: (0.68, 0.32), green: (0.265, 0.69), blue: (0.15, 0.06), white: (0.314, 0.351)),
    12: Chromaticities(red: (0.68, 0.32), green: (0.265, 0.69), blue: (0.15, 0.06)),
    22: Chromaticities(red: (0.63, 0.34), green: (0.295, 0.605), blue: (0.155, 0.077)),
  ]

  /// The chromaticities; those of sRGB if the file leaves it open, and nil for an unknown number.
  var chromaticities: Chromaticities? { primaries == 2 ? .sRGB : Self.chromaticities[primaries] }

  /// The curve; that of sRGB where the file leaves it open. Nil for an unknown one, or one that is brighter than a
  /// page's white.
  var curve: ToneCurve? {
    switch transfer {
    case 2, 13: .sRGB
    case 1, 6, 14, 15: .television
    case 4: .power(2.2)
    case 5: .power(2.8)
    case 8: .power(1)
    default: nil
    }
  }

  /// Whether the curve is one of those that are brighter than a page's white.
  var isHDR: Bool { transfer == 16 || transfer == 18 }

  /// What is unusual, in words.
  var description: String {
    switch transfer {
    case 16: "HDR (PQ)"
    case 18: "HDR (HLG)"
    default: "coded in a way that is not converted (H.273 \(primaries)/\(transfer))"
    }
  }
}

/// How light grows with a picture's numbers.
enum ToneCurve: Hashable {
  case sRGB
  /// That of BT.709, BT.601 and BT.2020.
  case television
  /// The number, from 0 to 1, to a power.
  case power(Double)
}

/// Where red, green, blue and white of a picture lie (CIE 1931, x and y).
struct Chromaticities: Hashable {
  var points: [Double]

  /// - Parameter points: x and y of red, green, blue and white.
  init?(_ points: [Double]) {
    guard points.count == 8 else { return nil }
    self.points = points
  }

  /// The white is that of daylight (D65) where none is given.
  init(
    red: (Double, Double), green: (Double, Double), blue: (Double, Double),
    white: (Double, Double) = (0.3127, 0.329)
  ) {
    points = [red.0, red.1, green.0, green.1, blue.0, blue.1, white.0, white.1]
  }

  static let sRGB = Chromaticities(red: (0.64, 0.33), green: (0.3, 0.6), blue: (0.15, 0.06))

  /// Whether others are the same but for what nobody sees.
  func isNear(_ other: Chromaticities) -> Bool {
    zip(points, other.points).allSatisfy { abs($0 - $1) < 0.005 }
  }

  /// The columns of the matrix from linear red, green and blue to XYZ under D50, as ICC profiles hold it: adapted by
  /// Bradford's matrix (ICC.1:2022, E). Nil where the points make no triangle.
  var columns: [[Double]]? {
    func xyz(_ index: Int) -> [Double]? {
      let (x, y) = (points[2 * index], points[2 * index + 1])
      guard y > 0.0001, x >= 0, x + y <= 1.2 else { return nil }
      return [x / y, 1, (1 - x - y) / y]
    }
    guard let red = xyz(0), let green = xyz(1), let blue = xyz(2), let white = xyz(3),
      let scale = Matrix3([red, green, blue]).inverse?.times(white)
    else { return nil }
    let bradford = Matrix3([
      [0.8951, -0.7502, 0.0389], [0.2664, 1.7135, -0.0685], [-0.1614, 0.0367, 1.0296],
    ])
    guard let back = bradford.inverse else { return nil }
    let cones = zip(bradford.times([0.9642, 1, 0.8249]), bradford.times(white)).map { $0 / $1 }
    return zip([red, green, blue], scale).map { column, scale in
      let adapted = zip(bradford.times(column.map { $0 * scale }), cones).map { $0 * $1 }
      return back.times(adapted)
    }
  }
}

/// Three columns of three numbers.
private struct Matrix3 {
  let columns: [[Double]]

  init(_ columns: [[Double]]) { self.columns = columns }

  func times(_ vector: [Double]) -> [Double] {
    (0..<3).map { row in (0..<3).reduce(0) { $0 + columns[$1][row] * vector[$1] } }
  }

  /// By cofactors; nil where the columns lie in a plane.
  var inverse: Matrix3? {
    func cross(_ a: [Double], _ b: [Double]) -> [Double] {
      [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    }
    let rows = [
      cross(columns[1], columns[2]), cross(columns[2], columns[0]), cross(columns[0], columns[1]),
    ]
    let determinant = zip(columns[0], rows[0]).reduce(0) { $0 + $1.0 * $1.1 }
    guard abs(determinant) > 1e-9 else { return nil }
    return Matrix3((0..<3).map { column in rows.map { $0[column] / determinant } })
  }
}
