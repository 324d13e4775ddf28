import Foundation
import Testing

@testable import Perception

@Suite("The parts of SSIMULACRA2")
struct PartsTests {
  @Test("The published weights, and those that count")
  func weights() {
    let weights = Weights.published
    #expect(weights.count == 108)
    #expect(weights.allSatisfy { $0 >= 0 })
    #expect(!weights.contains { $0 > 0.0021 && $0 < 0.285 }, "nothing lies near the border of what counts")
    #expect(weights.filter { $0 < Weights.negligible }.reduce(0, +) < 0.02)
  }

  @Test("Only planes with a weight are computed")
  func plan() {
    let plan = Plan(width: 640, height: 481, small: .mirrored, negligible: Weights.negligible)
    #expect(
      plan.scales.map { [$0.width, $0.height] } == [
        [640, 481], [320, 241], [160, 121], [80, 61], [40, 31],
      ])
    #expect(
      plan.scales.map(\.maps) == [
        [.none, .all, .none], [.all, .all, .none], [.all, .all, .none], [.all, .all, .all],
        [.edges, .all, .all],
      ]
    )
    #expect(Plan(width: 640, height: 481, small: .mirrored, negligible: 0).scales.count == 6)
  }

  @Test(
    "The weighted sum bends into the score",
    arguments: [(0.0, 100.0), (-1, 100), (1, 83.5697), (10, 33.6420), (100, -63.9356)]
  )
  func score(_ sum: Double, _ expected: Double) {
    #expect(abs(Weights.score(sum) - expected) < 0.001, "\(Weights.score(sum))")
  }

  @Test("Neutral grays lie on the axis of X, white at the top of Y")
  func neutral() {
    for (light, brightness) in [(Float(1), 0.8553), (0.2, 0.4416), (0, 0.01)] {
      let values = [Float](repeating: light, count: 8)
      var (x, y, b) = (values, values, values)
      values.withUnsafeBufferPointer { row in
        guard let row = row.baseAddress else { return }
        XYB.convert(LinearRow(red: row, green: row, blue: row), width: 5, x: &x, y: &y, b: &b)
      }
      #expect(abs(x[4] - 0.42) < 1e-5)
      #expect(abs(Double(y[4]) - brightness) < 1e-3, "\(light): \(y[4])")
      #expect(abs(b[4] - 0.55) < 1e-5 + 0.01)
      #expect(x[5...] + y[5...] + b[5...] == [0, 0, 0, 0, 0, 0, 0, 0, 0], "zero behind the row's end")
    }
  }

  @Test("The kernel is a Gaussian of 1.5 pixels that adds up to one")
  func kernel() {
    let kernel = [Gaussian.k0, Gaussian.k1, Gaussian.k2, Gaussian.k3, Gaussian.k4, Gaussian.k5].map(
      Double.init)
    #expect(abs(kernel.dropFirst().reduce(kernel[0]) { $0 + 2 * $1 } - 1) < 1e-6)
    for (offset, value) in kernel.enumerated() {
      #expect(abs(value / kernel[0] - exp(-Double(offset * offset) / 4.5)) < 1e-6)
    }
  }

  @Test("Halving takes the mean of four, and counts a last odd column twice")
  func halved() {
    let upper: [Float] = [0, 1, 2, 3, 8]
    let lower: [Float] = [4, 5, 6, 7, 10]
    var half: [Float] = [0, 0, 0]
    upper.withUnsafeBufferPointer { upper in
      lower.withUnsafeBufferPointer { lower in
        half.withUnsafeMutableBufferPointer { half in
          guard let upper = upper.baseAddress, let lower = lower.baseAddress, let half = half.baseAddress
          else { return }
          halve(
            LinearRow(red: upper, green: upper, blue: upper),
            LinearRow(red: lower, green: lower, blue: lower),
            width: 5,
            into: MutableLinearRow(red: half, green: half, blue: half)
          )
        }
      }
    }
    #expect(half == [2.5, 4.5, 9])
  }

  @Test("The table between bytes is as exact as the formula")
  func blendTable() {
    for step in 0...1000 {
      let encoded = Double(step) / 1000
      let position = encoded * Double(SRGB.steps)
      let index = Int(position)
      let low = Double(SRGB.ofBlend[index])
      let value = low + (Double(SRGB.ofBlend[index + 1]) - low) * (position - Double(index))
      #expect(abs(value - SRGB.linear(encoded)) < 2e-7)
    }
  }
}
