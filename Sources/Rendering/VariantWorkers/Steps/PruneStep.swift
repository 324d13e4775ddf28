import AssetModel

/// The prune step: which files are worthwhile beside the other files of the same source.
///
/// A rung whose bytes are close to the next wider one's only makes browsers show fewer pixels, and a format that saves
/// little over the next one only makes the page longer.
enum PruneStep {
  /// One generated file.
  struct Item: Hashable {
    /// Files of one series differ in width and format alone.
    var series: String
    var width: Int
    var format: ImageFormat
    var bytes: Int
  }

  /// A rung stays when it has at most this share of the bytes of the next wider one that stays.
  static let largestRung = 0.88
  /// A format stays when it has at most this share of the bytes of the next format that stays, or a width that the
  /// other lacks.
  static let largestFormat = 0.95

  /// Best first: the order in which browsers are offered the formats.
  private static let order: [ImageFormat] = [.jxl, .avif, .webp, .jpeg, .png]

  /// The positions of items that are not worth having, and why.
  static func superfluous(_ items: [Item]) -> [Int: DroppedRendition.Reason] {
    var reasons: [Int: DroppedRendition.Reason] = [:]
    for (_, series) in Dictionary(grouping: items.indices, by: { items[$0].series }) {
      let formats = Dictionary(grouping: series) { items[$0].format }
      var next: [Int]?
      for format in order.reversed() {
        guard let files = formats[format] else { continue }
        if let next, let share = share(of: files, in: next, items), share > largestFormat {
          for position in files { reasons[position] = .littleOverNextFormat }
        } else {
          for position in closeRungs(files, items) { reasons[position] = .closeToNextRung }
          next = files
        }
      }
    }
    return reasons
  }

  /// The bytes of some files in bytes of others with the same widths; nil where the others lack one.
  private static func share(of files: [Int], in others: [Int], _ items: [Item]) -> Double? {
    let widths = Set(files.map { items[$0].width })
    guard widths.isSubset(of: others.map { items[$0].width }) else { return nil }
    func bytes(_ positions: [Int]) -> Int {
      positions.reduce(0) { widths.contains(items[$1].width) ? $0 + items[$1].bytes : $0 }
    }
    guard !widths.isEmpty, bytes(others) > 0 else { return nil }
    return Double(bytes(files)) / Double(bytes(others))
  }

  /// Of files of one format, those that are not worth having below a wider file of another.
  static func closeRungs(_ files: [Item], below wider: Item) -> [Item] {
    closeRungs(Array((files + [wider]).indices), files + [wider]).map { files[$0] }
  }

  private static func closeRungs(_ files: [Int], _ items: [Item]) -> [Int] {
    var retained: Int?
    return files.sorted { items[$0].width > items[$1].width }.filter { position in
      if let retained, Double(items[position].bytes) > largestRung * Double(items[retained].bytes) {
        return true
      }
      retained = position
      return false
    }
  }
}
