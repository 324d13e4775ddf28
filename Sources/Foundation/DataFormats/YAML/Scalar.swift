extension Node {
  /// A text as it reads, and how and where it is written.
  package struct Scalar: Sendable {
    /// The text, with escapes resolved and lines folded.
    package let string: String
    /// How it is written.
    package let style: Style
    /// The tag that is written in front of it, such as `!!str`, in its full form; nil for none.
    package let tag: String?
    package let location: Location
  }

  /// How a scalar is written.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted
    /// Behind `|`.
    case literal
    /// Behind `>`.
    case folded
  }
}

extension Node.Scalar {
  /// The bytes that hold a text the scalar begins with; nil if the text is written differently: with escapes or folded
  /// lines.
  ///
  /// Whitespace at the scalar's beginning is skipped, so that a trimmed text matches as well.
  ///
  /// ```swift
  /// // image: &a "b.png"
  /// scalar.bytes(of: scalar.string, in: file)  // those of b.png
  /// ```
  ///
  /// - Parameters:
  ///   - text: the scalar's text, or a beginning of it.
  ///   - source: the bytes that were read.
  package func bytes(of text: String, in source: [UInt8]) -> Range<Int>? {
    let limit = min(location.bytes.upperBound, source.count)
    var at = source.behindProperties(from: location.bytes.lowerBound, to: limit)
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: at += 1
    // Behind the sign there may be a comment.
    case .literal, .folded: at = source.lineEnd(from: at, to: limit)
    }
    while at < limit, source[at].isBlank { at += 1 }
    let end = at + text.utf8.count
    guard at < end, end <= limit, source[at..<end].elementsEqual(text.utf8) else { return nil }
    return at..<end
  }
}

extension [UInt8] {
  /// Where a value begins behind its anchor and its tag. No scalar itself begins with their signs.
  fileprivate func behindProperties(from start: Int, to limit: Int) -> Int {
    var at = start
    while at < limit, self[at] == UInt8(ascii: "&") || self[at] == UInt8(ascii: "!") {
      let isAnchor = self[at] == UInt8(ascii: "&")
      at += 1
      while at < limit, isAnchor ? self[at].isInAnchor : !self[at].isBlank { at += 1 }
      while at < limit, self[at].isBlank || self[at] == UInt8(ascii: "#") {
        at = self[at].isBlank ? at + 1 : lineEnd(from: at, to: limit)
      }
    }
    return at
  }

  /// Where a line ends.
  fileprivate func lineEnd(from start: Int, to limit: Int) -> Int {
    var at = start
    while at < limit, self[at] != UInt8(ascii: "\n"), self[at] != UInt8(ascii: "\r") { at += 1 }
    return at
  }
}

extension UInt8 {
  /// What libyaml takes for the name of an anchor: ASCII letters, digits, `_` and `-`.
  fileprivate var isInAnchor: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// A space, a tab or a line's end.
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
