/// Compares a distorted picture with a prepared reference.
struct Comparison {
  private let plan: Plan
  private let reference: UnsafePointer<Float>
  private let store: RowStore
  private let pyramid: Pyramid
  /// Sixteen rows of each plane at each scale, of which the blur needs the last eleven: the values, and what they are
  /// more than the reference's.
  ///
  /// The changes and not the values are blurred where the definition lets one choose, since small changes are then not
  /// lost beside large values in single precision: the difference of the means is the mean of the changes, and the
  /// sum of the variances less twice the covariance is the variance of the changes.
  private let values: [[UnsafeMutablePointer<Float>]]
  private let changes: [[UnsafeMutablePointer<Float>]]
  private let blurredChanges: PaddedRow
  private let blurredSquares: PaddedRow
  private let blurredValueSquares: PaddedRow
  private var sums: [[ErrorSums]]

  private static let ringMask = 15

  /// The sum of the weighted norms of all error maps: what ``Weights/score(_:)`` takes.
  static func weightedSum(
    _ pixels: Pixels,
    over background: Float,
    with reference: [Float],
    _ plan: Plan
  ) -> Double {
    let sum: Double?? = reference.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress, values.count == plan.referenceCount else { return nil }
      return RowDecoder.with(pixels, over: background) { decoder in
        var comparison = Comparison(plan, start)
        return comparison.run(decoder)
      }
    }
    // Nothing to compare: no plane has a weight.
    return (sum ?? 0) ?? 0
  }

  private init(_ plan: Plan, _ reference: UnsafePointer<Float>) {
    self.plan = plan
    self.reference = reference
    let widest = plan.scales.first?.padded ?? 0
    let ring = Self.ringMask + 1
    let ringFloats = plan.scales.reduce(0) { sum, scale in
      sum + 2 * scale.maps.count { $0 != .none } * ring * scale.padded
    }
    let store = RowStore(
      capacity: Pyramid.capacity(plan) + ringFloats + 3 * PaddedRow.capacity(widest)
    )
    self.store = store
    pyramid = Pyramid(plan, in: store)
    func rings() -> [[UnsafeMutablePointer<Float>]] {
      plan.scales.map { scale in scale.maps.map { store.take($0 == .none ? 0 : ring * scale.padded) } }
    }
    values = rings()
    changes = rings()
    blurredChanges = PaddedRow(widest, in: store)
    blurredSquares = PaddedRow(widest, in: store)
    blurredValueSquares = PaddedRow(widest, in: store)
    sums = plan.scales.map { _ in [ErrorSums(), ErrorSums(), ErrorSums()] }
  }

  private mutating func run(_ decoder: RowDecoder) -> Double {
    pyramid.walk(decoder) { index, y, row in
      let scale = plan.scales[index]
      func planeRow(_ plane: Int) -> UnsafeMutablePointer<Float>? {
        guard scale.maps[plane] != .none else { return nil }
        return values[index][plane] + (y & Self.ringMask) * scale.padded
      }
      XYB.convert(row, width: scale.width, x: planeRow(0), y: planeRow(1), b: planeRow(2))
      for plane in 0..<3 where scale.maps[plane] != .none { subtract(y, plane, index) }
      for ready in rowsReady(after: y, height: scale.height) {
        for plane in 0..<3 {
          switch scale.maps[plane] {
          case .none: break
          case .edges: compareEdges(ready, plane, index)
          case .all: compareAll(ready, plane, index)
          }
        }
      }
    }
    var total = 0.0
    for (index, scale) in plan.scales.enumerated() {
      for plane in 0..<3 where scale.maps[plane] != .none {
        let first = plan.firstWeight(plane: plane, scale: index)
        let norms = sums[index][plane].norms(pixels: scale.width * scale.height)
        for (offset, norm) in norms.enumerated() { total += plan.weights[first + offset] * norm }
      }
    }
    withExtendedLifetime(store) {}
    return total
  }

  /// Subtracts the reference's row `y` from that of the distorted picture.
  private func subtract(_ y: Int, _ plane: Int, _ index: Int) {
    let scale = plan.scales[index]
    let offset = (y & Self.ringMask) * scale.padded
    let distorted = UnsafePointer(values[index][plane] + offset)
    let first = reference + scale.offsets[plane] + y * Plan.referenceStride(scale, plane)
    let change = changes[index][plane] + offset
    var x = 0
    while x < scale.padded {
      change.store(distorted.lanes(x) - first.lanes(x), at: x)
      x &+= Lanes.scalarCount
    }
  }

  private func window(_ rows: UnsafeMutablePointer<Float>, _ y: Int, _ scale: Plan.Scale) -> Window {
    Window(y, height: scale.height, start: rows, stride: scale.padded, mask: Self.ringMask)
  }

  private mutating func compareEdges(_ y: Int, _ plane: Int, _ index: Int) {
    let scale = plan.scales[index]
    let padded = scale.padded
    let change = window(changes[index][plane], y, scale)
    let first = reference + scale.offsets[plane] + y * Plan.referenceStride(scale, plane)
    clearEnd(blurredChanges, padded)
    var x = 0
    while x < padded {
      blurredChanges.start.store(change.mean(x), at: x)
      x &+= Lanes.scalarCount
    }
    var row = RowSums()
    x = 0
    while x < padded {
      let edge = first.lanes(x) - first.lanes(padded &+ x)
      row.addEdges(
        edge,
        edge + (change.row.lanes(x) - blurredChanges.mean(x)),
        mask: mask(x, scale.width)
      )
      x &+= Lanes.scalarCount
    }
    row.add(to: &sums[index][plane])
  }

  private mutating func compareAll(_ y: Int, _ plane: Int, _ index: Int) {
    let scale = plan.scales[index]
    let padded = scale.padded
    let change = window(changes[index][plane], y, scale)
    let value = window(values[index][plane], y, scale)
    let first = reference + scale.offsets[plane] + y * Plan.referenceStride(scale, plane)
    clearEnd(blurredChanges, padded)
    clearEnd(blurredSquares, padded)
    clearEnd(blurredValueSquares, padded)
    var x = 0
    while x < padded {
      blurredChanges.start.store(change.mean(x), at: x)
      blurredSquares.start.store(change.product(x, with: change), at: x)
      blurredValueSquares.start.store(value.product(x, with: value), at: x)
      x &+= Lanes.scalarCount
    }
    var row = RowSums()
    x = 0
    while x < padded {
      let mask = mask(x, scale.width)
      let firstMean = first.lanes(padded &+ x)
      let meanChange = blurredChanges.mean(x)
      let mean = firstMean + meanChange
      let edge = first.lanes(x) - firstMean
      row.addEdges(edge, edge + (change.row.lanes(x) - meanChange), mask: mask)
      row.addStructure(
        meanChange: meanChange,
        changeVariance: blurredSquares.mean(x) - meanChange * meanChange,
        variances: first.lanes(2 &* padded &+ x) + (blurredValueSquares.mean(x) - mean * mean),
        mask: mask
      )
      x &+= Lanes.scalarCount
    }
    row.add(to: &sums[index][plane])
  }
}

/// 1 for each of the eight columns from `x` on that lie in the row, 0 for the others.
@inline(__always)
private func mask(_ x: Int, _ width: Int) -> Lanes {
  let inside = Lanes(0, 1, 2, 3, 4, 5, 6, 7) .< Float(width &- x)
  return Lanes.zero.replacing(with: 1, where: inside)
}
