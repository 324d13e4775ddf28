/// Which paired shortcode a position stands in: the innermost. Bodies lie in each other or apart, so that where each begins and
/// ends is all that has to be searched.
struct EnclosedText {
  /// Where the answer changes, in order.
  private var starts: [Int] = []
  private var names: [String?] = []

  init(_ bodies: [(name: String, range: Range<Int>)]) {
    var open: [(name: String, end: Int)] = []
    func outer(_ body: (name: String, range: Range<Int>), _ other: (name: String, range: Range<Int>)) -> Bool
    {
      (body.range.lowerBound, -body.range.upperBound) < (other.range.lowerBound, -other.range.upperBound)
    }
    for body in bodies.sorted(by: outer) where !body.range.isEmpty {
      close(&open, before: body.range.lowerBound)
      add(body.range.lowerBound, body.name)
      open.append((body.name, body.range.upperBound))
    }
    close(&open, before: .max)
  }

  private mutating func close(_ open: inout [(name: String, end: Int)], before position: Int) {
    while let last = open.last, last.end <= position {
      open.removeLast()
      add(last.end, open.last?.name)
    }
  }

  private mutating func add(_ start: Int, _ name: String?) {
    starts.append(start)
    names.append(name)
  }

  /// The name of the shortcode whose body a position is in.
  func name(at position: Int) -> String? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= position { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : names[low - 1]
  }
}
