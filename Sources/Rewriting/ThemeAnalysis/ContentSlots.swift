import AssetModel

/// Whose widths are wanted, and where.
struct SlotQuestion {
  /// The classes and identifiers of images, rewritten ones too.
  var kinds: Set<[String: String]> = []
  /// Widths of the viewport, in CSS pixels; none asks for nothing.
  var viewports: [Int] = []
}

/// How wide images of a layout are that something narrows: a rule for their own classes, a list, or a quotation.
struct ContentSlots {
  let column: ContentColumn
  let question: SlotQuestion

  /// The widths of those that are not as wide as the column, by ``ThemeFit/slotKey(layout:container:attributes:)`` and the
  /// viewport's width.
  func narrower(than widths: SlotWidths, layout: String) -> [String: [Int: Double]] {
    var slots: [String: [Int: Double]] = [:]
    guard !question.viewports.isEmpty else { return slots }
    for container in SlotContainer.allCases {
      for kind in question.kinds.union([[:]]) {
        var column = column
        (column.container, column.image) = (container, kind)
        guard let measured = column.widths(at: question.viewports) else { continue }
        let isSame = zip(question.viewports, measured).allSatisfy {
          abs(widths.width(at: Double($0)) - $1) < 0.5
        }
        if isSame { continue }
        let key = ThemeFit.slotKey(layout: layout, container: container.rawValue, attributes: kind)
        slots[key] = Dictionary(zip(question.viewports, measured), uniquingKeysWith: { first, _ in first })
      }
    }
    return slots
  }
}
