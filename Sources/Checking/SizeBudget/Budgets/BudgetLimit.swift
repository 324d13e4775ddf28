import AssetModel

/// A limit of a budget: bytes, pixels, a count, or bytes per pixel.
package struct BudgetLimit: Hashable, Sendable {
  /// The most that is allowed.
  package var value: Double
  /// An amount of bytes as the author wrote it, `1.5MiB`; nil for what is written without a unit.
  package var written: String?

  /// Makes a limit.
  package init(_ value: Double) { self.value = value }

  /// Makes a limit of bytes, which messages name as it was written.
  package init(_ size: ByteSize) {
    value = Double(size.bytes)
    written = size.description
  }

  /// The same limit, however it is written.
  package static func == (a: BudgetLimit, b: BudgetLimit) -> Bool { a.value == b.value }

  package func hash(into hasher: inout Hasher) { hasher.combine(value) }

  /// The limit in words: the author's own, or those of `format`.
  func text(_ format: (Double) -> String) -> String { written ?? format(value) }
}

extension BudgetLimit: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  package init(integerLiteral value: Int) { self.init(Double(value)) }

  package init(floatLiteral value: Double) { self.init(value) }
}
