/// Computes what a reference is compared by: for each plane at each scale, row by row, the values, their local means and
/// variances.
enum Preparation {
  /// - Returns: the values, at the offsets that `plan` gives them.
  static func values(_ pixels: Pixels, over background: Float, _ plan: Plan) -> [Float] {
    [Float](unsafeUninitializedCapacity: plan.referenceCount) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      // Rows that the plan leaves out are not written, and no row is read before it is.
      if RowDecoder.with(pixels, over: background, { prepare($0, plan, into: start) }) != nil {
        count = plan.referenceCount
      }
    }
  }

  private static func prepare(_ decoder: RowDecoder, _ plan: Plan, into start: UnsafeMutablePointer<Float>) {
    let widest = plan.scales.first?.padded ?? 0
    let store = RowStore(capacity: Pyramid.capacity(plan) + 2 * PaddedRow.capacity(widest))
    let pyramid = Pyramid(plan, in: store)
    let scratch = (PaddedRow(widest, in: store), PaddedRow(widest, in: store))
    pyramid.walk(decoder) { index, y, row in
      let scale = plan.scales[index]
      func planeRow(_ plane: Int) -> UnsafeMutablePointer<Float>? {
        guard scale.maps[plane] != .none else { return nil }
        return start + scale.offsets[plane] + y * Plan.referenceStride(scale, plane)
      }
      XYB.convert(row, width: scale.width, x: planeRow(0), y: planeRow(1), b: planeRow(2))
      for ready in rowsReady(after: y, height: scale.height) {
        for plane in 0..<3 where scale.maps[plane] != .none {
          finish(ready, plane, of: scale, scratch, start + scale.offsets[plane])
        }
      }
    }
    withExtendedLifetime(store) {}
  }

  /// Computes means and variances of a row whose neighbours are there.
  private static func finish(
    _ y: Int,
    _ plane: Int,
    of scale: Plan.Scale,
    _ scratch: (PaddedRow, PaddedRow),
    _ start: UnsafeMutablePointer<Float>
  ) {
    let padded = scale.padded
    let stride = Plan.referenceStride(scale, plane)
    let window = Window(y, height: scale.height, start: start, stride: stride, mask: -1)
    let means = start + y * stride + padded
    clearEnd(scratch.0, padded)
    clearEnd(scratch.1, padded)
    if scale.maps[plane] == .edges {
      for x in Swift.stride(from: 0, to: padded, by: 8) { scratch.0.start.store(window.mean(x), at: x) }
      for x in Swift.stride(from: 0, to: padded, by: 8) { means.store(scratch.0.mean(x), at: x) }
      return
    }
    for x in Swift.stride(from: 0, to: padded, by: 8) {
      scratch.0.start.store(window.mean(x), at: x)
      scratch.1.start.store(window.product(x, with: window), at: x)
    }
    let variances = means + padded
    for x in Swift.stride(from: 0, to: padded, by: 8) {
      let mean = scratch.0.mean(x)
      means.store(mean, at: x)
      variances.store(scratch.1.mean(x) - mean * mean, at: x)
    }
  }
}

/// The rows of a scale that can be blurred when row `y` is there and were not before.
@inline(__always)
func rowsReady(after y: Int, height: Int) -> Range<Int> {
  max(0, y - Gaussian.radius)..<(y + 1 == height ? height : max(0, y - Gaussian.radius + 1))
}

/// Writes the zeros behind a row's end that the blur reads: the scratch rows serve scales of different widths.
@inline(__always)
func clearEnd(_ row: PaddedRow, _ padded: Int) {
  (row.start + padded).store(.zero, at: 0)
}
