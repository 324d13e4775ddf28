import Foundation
import VariantPlanner
import Vips

/// The ladder step: chooses rungs by what files of an image weigh, so that a device whose slot lies between two of them
/// downloads as little too much as can be.
enum LadderStep {
  /// The most rungs of a ladder.
  static let mostRungs = 5
  /// A further rung is worth its file when it saves this share of what a device downloads on average.
  static let leastSaving = 0.02

  /// Which of a ladder's choices are taken, as positions, the widest first.
  ///
  /// - Parameters:
  ///   - image: the source, or a smaller copy.
  ///   - widths: the choices, widest first.
  static func choose(_ image: Image, from widths: [Int]) throws(VipsError) -> [Int] {
    guard widths.count > 1 else { return Array(widths.indices) }
    var samples: [(width: Double, bytes: Double)] = []
    for shift in 0..<3 {
      let size = PixelSize(width: max(1, image.width >> shift), height: max(1, image.height >> shift))
      let small = try ResizeStep.resize(image, to: size)
      let opaque = small.hasAlpha ? try small.flattened(over: [255]) : small
      let bytes = try opaque.jpeg(quality: 75, chroma: .halved).count
      samples.append((Double(size.width), Double(bytes)))
    }
    return choose(bytes: widths.map { estimate(Double($0), samples) })
  }

  /// Bytes at a width, on straight lines between the samples where both axes are logarithmic.
  private static func estimate(_ width: Double, _ samples: [(width: Double, bytes: Double)]) -> Double {
    // The samples are widest first; beyond their ends the outer lines go on.
    let upper = width >= samples[1].width ? 0 : 1
    let (a, b) = (samples[upper], samples[upper + 1])
    guard a.width > b.width, b.bytes > 0 else { return a.bytes }
    let power = log(a.bytes / b.bytes) / log(a.width / b.width)
    return a.bytes * pow(width / a.width, max(0.2, power))
  }

  /// The positions that minimize what devices download on average, if each width is requested equally often and gets
  /// the next wider rung.
  ///
  /// - Parameter bytes: of each choice, the widest first.
  static func choose(bytes: [Double]) -> [Int] {
    var chosen = [0]
    var cost = cost(chosen, bytes)
    for count in 2...mostRungs where count <= bytes.count {
      let better = best(count, bytes)
      let newCost = self.cost(better, bytes)
      guard cost - newCost >= leastSaving * cost else { break }
      (chosen, cost) = (better, newCost)
    }
    return chosen
  }

  private static func cost(_ chosen: [Int], _ bytes: [Double]) -> Double {
    var rung = 0
    return bytes.indices.reduce(0) { total, position in
      if rung + 1 < chosen.count, position >= chosen[rung + 1] { rung += 1 }
      return total + bytes[chosen[rung]]
    }
  }

  /// The cheapest `count` rungs, the widest choice among them: dynamic programming over the position of the last.
  private static func best(_ count: Int, _ bytes: [Double]) -> [Int] {
    let end = bytes.count
    // Of ladders with the same number of rungs whose last is at a position: what the widths before it cost, and the rungs.
    var ladders: [(cost: Double, rungs: [Int])?] = bytes.indices.map { $0 == 0 ? (0, [0]) : nil }
    for _ in 1..<count {
      ladders = bytes.indices.map { last in
        (0..<last).compactMap { previous in
          ladders[previous].map { ($0.cost + Double(last - previous) * bytes[previous], $0.rungs + [last]) }
        }
        .min { $0.0 < $1.0 }
      }
    }
    let whole = ladders.indices.compactMap { last in
      ladders[last].map { ($0.cost + Double(end - last) * bytes[last], $0.rungs) }
    }
    return whole.min { $0.0 < $1.0 }?.1 ?? [0]
  }
}
