import Foundation
import Testing

@testable import Perception

@Test("The cube root is right to the last places over all that XYB asks of it")
func cubeRoots() {
  var worst = 0.0
  for step in 0...2000 {
    let x = Float(0.0037 * pow(1.01 / 0.0037, Double(step) / 2000))
    worst = max(worst, abs(Double(cubeRoot(Lanes(repeating: x))[3]) / cbrt(Double(x)) - 1))
  }
  #expect(worst < 3e-7)
}
