import Foundation

/// A color in CIE L*a*b*.
package struct Lab: Hashable, Sendable {
  package var l: Double
  package var a: Double
  package var b: Double

  package init(_ l: Double, _ a: Double, _ b: Double) { (self.l, self.a, self.b) = (l, a, b) }

  /// Eight-bit sRGB relative to D65 (IEC 61966-2-1; CIE 15:2004, 8.2.1).
  package init(red: UInt8, green: UInt8, blue: UInt8) {
    let r = Self.linear[Int(red)]
    let g = Self.linear[Int(green)]
    let b = Self.linear[Int(blue)]
    let x: Double = 0.4124564 * r + 0.3575761 * g + 0.1804375 * b
    let y: Double = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    let z: Double = 0.0193339 * r + 0.1191920 * g + 0.9503041 * b
    let f = [x / 0.95047, y, z / 1.08883].map(Self.root)
    self.init(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))
  }

  private static func root(_ t: Double) -> Double {
    t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16) / 116
  }

  private static let linear: [Double] = (0...255).map {
    let value = Double($0) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// ΔE2000 (G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation notes,
  /// supplementary test data, and mathematical observations", Color Research and Application 30, 2005), with all
  /// weights 1. The numbers of its equations are in the comments.
  package func difference(from other: Lab) -> Double {
    let degree = Double.pi / 180
    // (2) to (7)
    let meanChroma = (hypot(a, b) + hypot(other.a, other.b)) / 2
    let seventh = pow(meanChroma, 7)
    let g = 0.5 * (1 - (seventh / (seventh + pow(25, 7))).squareRoot())
    let (a1, a2) = ((1 + g) * a, (1 + g) * other.a)
    let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
    func hue(_ a: Double, _ b: Double) -> Double {
      guard a != 0 || b != 0 else { return 0 }
      let angle = atan2(b, a) / degree
      return angle < 0 ? angle + 360 : angle
    }
    let (h1, h2) = (hue(a1, b), hue(a2, other.b))
    // (8) to (11)
    var turn = h2 - h1
    if c1 * c2 == 0 { turn = 0 } else if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    let (dL, dC) = (other.l - l, c2 - c1)
    let dH = 2 * (c1 * c2).squareRoot() * sin(turn / 2 * degree)
    // (12) to (14)
    let (meanL, meanC) = ((l + other.l) / 2, (c1 + c2) / 2)
    var meanH = h1 + h2
    if c1 * c2 != 0 {
      if abs(h1 - h2) > 180 { meanH += meanH < 360 ? 360 : -360 }
      meanH /= 2
    }
    // (15) to (22)
    let t =
      1 - 0.17 * cos((meanH - 30) * degree) + 0.24 * cos(2 * meanH * degree) + 0.32
      * cos((3 * meanH + 6) * degree)
      - 0.20 * cos((4 * meanH - 63) * degree)
    let rotation = 30 * exp(-pow((meanH - 275) / 25, 2))
    let seventhMean = pow(meanC, 7)
    let rC = 2 * (seventhMean / (seventhMean + pow(25, 7))).squareRoot()
    let sL = 1 + 0.015 * pow(meanL - 50, 2) / (20 + pow(meanL - 50, 2)).squareRoot()
    let (sC, sH) = (1 + 0.045 * meanC, 1 + 0.015 * meanC * t)
    let rT = -sin(2 * rotation * degree) * rC
    let (x, y, z) = (dL / sL, dC / sC, dH / sH)
    return (x * x + y * y + z * z + rT * y * z).squareRoot()
  }
}
