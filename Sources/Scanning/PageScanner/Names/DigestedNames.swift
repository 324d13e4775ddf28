/// The files whose content a text names by a hash: in an `integrity`, or in the list of what a service worker keeps.
/// Other bytes at their URL would be refused by whoever compares them.
///
/// A hash belongs to the files that are named beside it: in the same object, list or tag.
package enum DigestedNames {
  /// What one pair of brackets holds.
  private struct Frame {
    var opener: UInt8
    var names: [String] = []
    var hasDigest = false
  }

  /// The names of image files that a text names together with a hash, each as `FilenameMentions` gives it.
  ///
  /// - Parameter isPage: whether tags hold attributes.
  package static func words(in text: [UInt8], isPage: Bool) -> Set<String> {
    words(in: text, isPage: isPage) { FilenameMentions.word(atDot: $0, in: text) }
  }

  /// The names of scripts, and of data for scripts, that a text names together with a hash.
  ///
  /// - Parameter isPage: whether tags hold attributes.
  package static func scripts(in text: [UInt8], isPage: Bool) -> Set<String> {
    words(in: text, isPage: isPage) { FilenameMentions.scriptWord(atDot: $0, in: text) }
  }

  private static func words(
    in text: [UInt8], isPage: Bool, name: (_ dot: Int) -> String?
  ) -> Set<String> {
    var frames = [Frame(opener: 0)]
    var names: Set<String> = []
    // How many brackets of a kind are open.
    var open: [UInt8: Int] = [:]
    func add(_ opener: UInt8) {
      open[opener, default: 0] += 1
      frames.append(Frame(opener: opener))
    }
    func close(_ opener: UInt8) {
      guard open[opener] ?? 0 > 0 else { return }
      while frames.count > 1 {
        let frame = frames.removeLast()
        open[frame.opener, default: 0] -= 1
        if frame.hasDigest { names.formUnion(frame.names) }
        if frame.opener == opener { return }
      }
    }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): add(text[index])
      case UInt8(ascii: "}"): close(UInt8(ascii: "{"))
      case UInt8(ascii: "]"): close(UInt8(ascii: "["))
      case UInt8(ascii: "<") where isPage: add(text[index])
      case UInt8(ascii: ">") where isPage: close(UInt8(ascii: "<"))
      case UInt8(ascii: "."):
        guard let name = name(index) else { continue }
        frames[frames.count - 1].names.append(name)
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        if isDigest(index + 1, text) { frames[frames.count - 1].hasDigest = true }
      default: continue
      }
    }
    for frame in frames.dropFirst() where frame.hasDigest { names.formUnion(frame.names) }
    return names
  }

  private static let lengths: Set<Int> = [32, 40, 64, 96, 128]
  private static let prefixes = ["sha256-", "sha384-", "sha512-"].map { Array($0.utf8) }

  /// Whether a hash begins here and fills the string: MD5 or SHA in hexadecimal, or what `integrity` holds.
  private static func isDigest(_ start: Int, _ text: [UInt8]) -> Bool {
    guard start < text.count else { return false }
    if text[start] == UInt8(ascii: "s") { return prefixes.contains { text[start...].starts(with: $0) } }
    var end = start
    while end < text.count, end - start <= 128, isHexadecimal(text[end]) { end += 1 }
    guard lengths.contains(end - start), end < text.count else { return false }
    return "\"'`\\".utf8.contains(text[end])
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
