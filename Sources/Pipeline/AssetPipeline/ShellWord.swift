/// One word of a command that a person copies into a shell.
///
/// ```swift
/// print("optimize-assets \(ShellWord.quoted("my blog"))")  // optimize-assets 'my blog'
/// ```
enum ShellWord {
  /// A word as a POSIX shell reads it back, byte for byte: as it is where nothing in it means anything to a shell, else between
  /// single quotes. A path that begins with a hyphen is made one that no option can be taken for.
  static func quoted(_ word: String) -> String {
    let word = word.hasPrefix("-") ? "./" + word : word
    let isPlain =
      !word.isEmpty && word.utf8.allSatisfy { $0 > 0x7F || $0.isLetterOrDigit || "-_./".utf8.contains($0) }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
