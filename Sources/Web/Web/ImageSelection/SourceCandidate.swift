/// One image of a source set.
package struct SourceCandidate: Hashable, Sendable {
  /// The URL as it is written.
  package var url: String
  /// The width in pixels of a `w` descriptor.
  package var width: Int?
  /// The density of an `x` descriptor.
  package var density: Double?

  /// Makes a candidate.
  package init(url: String, width: Int? = nil, density: Double? = nil) {
    self.url = url
    self.width = width
    self.density = density
  }

  /// The candidates of a value, by the HTML specification's "parse a srcset attribute": those whose descriptors are in
  /// error are left out.
  package static func parse(_ value: String) -> [SourceCandidate] {
    let text = Array(value.utf8)
    var candidates: [SourceCandidate] = []
    var at = 0
    while true {
      while at < text.count, isSpace(text[at]) || text[at] == comma { at += 1 }
      guard at < text.count else { return candidates }
      let start = at
      while at < text.count, !isSpace(text[at]) { at += 1 }
      var end = at
      var descriptors: [String] = []
      if text[end - 1] == comma {
        while end > start, text[end - 1] == comma { end -= 1 }
      } else {
        descriptors = readDescriptors(text, &at)
      }
      let url = String(decoding: text[start..<end], as: UTF8.self)
      if let candidate = described(url, descriptors) { candidates.append(candidate) }
    }
  }

  /// Reads up to the comma that ends the candidate. Neither a space nor a comma between parentheses ends anything.
  private static func readDescriptors(_ text: [UInt8], _ at: inout Int) -> [String] {
    var descriptors: [String] = []
    var current: [UInt8] = []
    var isInParentheses = false
    func finish() {
      if !current.isEmpty { descriptors.append(String(decoding: current, as: UTF8.self)) }
      current = []
    }
    while at < text.count {
      let byte = text[at]
      at += 1
      if isInParentheses {
        current.append(byte)
        isInParentheses = byte != UInt8(ascii: ")")
      } else if byte == comma {
        break
      } else if isSpace(byte) {
        finish()
      } else {
        current.append(byte)
        isInParentheses = byte == UInt8(ascii: "(")
      }
    }
    finish()
    return descriptors
  }

  private static func described(_ url: String, _ descriptors: [String]) -> SourceCandidate? {
    var candidate = SourceCandidate(url: url)
    var hasHeight = false
    for descriptor in descriptors {
      let number = descriptor.dropLast()
      switch descriptor.last {
      case "w":
        guard candidate.width == nil, candidate.density == nil, let width = integer(number), width > 0 else {
          return nil
        }
        candidate.width = width
      case "h":
        guard !hasHeight, candidate.density == nil, let height = integer(number), height > 0 else {
          return nil
        }
        hasHeight = true
      case "x":
        guard !hasHeight, candidate.width == nil, candidate.density == nil, let density = float(number),
          density >= 0
        else { return nil }
        candidate.density = density
      default: return nil
      }
    }
    return hasHeight && candidate.width == nil ? nil : candidate
  }

  private static func integer(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// A valid floating-point number of the HTML specification: digits, or a point between or before digits.
  private static func float(_ text: Substring) -> Double? {
    guard let first = text.utf8.first, first != UInt8(ascii: "+"),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      !text.hasSuffix("."), !text.contains(".e"), !text.contains(".E"), let value = Double(text),
      value.isFinite
    else { return nil }
    return value
  }

  private static let comma = UInt8(ascii: ",")

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }
}
