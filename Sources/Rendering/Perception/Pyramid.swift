/// The scales of a picture, computed row by row: each scale is half the previous one, in linear light, and a row is
/// available as soon as its two source rows are. So a picture is read once, and only two rows of each scale are stored.
struct Pyramid {
  private let plan: Plan
  /// Two rows of each scale, by scale.
  private let rows: [(MutableLinearRow, MutableLinearRow)]

  /// The floats that ``init(_:in:)`` takes.
  static func capacity(_ plan: Plan) -> Int { plan.scales.reduce(0) { $0 + 6 * $1.padded } }

  init(_ plan: Plan, in store: RowStore) {
    self.plan = plan
    rows = plan.scales.map { scale in
      func row() -> MutableLinearRow {
        MutableLinearRow(
          red: store.take(scale.padded),
          green: store.take(scale.padded),
          blue: store.take(scale.padded)
        )
      }
      return (row(), row())
    }
  }

  /// Calls `body` with the number of a scale, the number of a row and the row, for every row of every scale: the rows
  /// of a scale in order, the scales in turns.
  func walk(_ decoder: RowDecoder, _ body: (Int, Int, LinearRow) -> Void) {
    guard let full = plan.scales.first else { return }
    for y in 0..<full.height {
      decoder.decode(y, into: y % 2 == 0 ? rows[0].0 : rows[0].1)
      pass(y, of: 0, body)
    }
  }

  /// Hands on row `y` of a scale, which has just been written, and with it the rows that it completes below.
  private func pass(_ y: Int, of scale: Int, _ body: (Int, Int, LinearRow) -> Void) {
    let (even, odd) = rows[scale]
    body(scale, y, y % 2 == 0 ? even.written : odd.written)
    guard scale + 1 < plan.scales.count else { return }
    let isLast = y + 1 == plan.scales[scale].height
    guard y % 2 == 1 || isLast else { return }
    let below = rows[scale + 1]
    halve(
      even.written,
      y % 2 == 1 ? odd.written : even.written,
      width: plan.scales[scale].width,
      into: (y / 2) % 2 == 0 ? below.0 : below.1
    )
    pass(y / 2, of: scale + 1, body)
  }
}
