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

  /// The candidates of a value: those whose descriptors are in error are left out.
  package static func parse(_ value: String) -> [SourceCandidate] {
    let text = Array(value.utf8)
    func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    return SourceSetSyntax.items(in: text, text.indices).compactMap { item in
      described(string(item.url), item.descriptors.map(string))
    }
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
}
