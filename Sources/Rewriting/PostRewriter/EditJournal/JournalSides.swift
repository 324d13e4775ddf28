import Foundation

/// A journal in which git has left the marks of a merge, as the two texts that met.
///
/// The marks are lines that begin with seven of the same character
/// (https://git-scm.com/docs/git-merge#_how_conflicts_are_presented). What both had come from, which `diff3` shows between
/// `|||||||` and `=======`, is left out: each side says what it made of that.
struct JournalSides {
  var ours: Data
  var theirs: Data

  private enum Part { case both, ours, origin, theirs }

  /// - Returns: nil where the text holds no such marks.
  init?(_ text: Data) {
    let lines = text.split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces.union(["\r"]))
    }
    guard lines.contains(where: { Self.isMark($0, "<") }) else { return nil }
    var part = Part.both
    var ours: [String] = []
    var theirs: [String] = []
    for line in lines {
      if Self.isMark(line, "<") {
        part = .ours
      } else if part == .ours, Self.isMark(line, "|") {
        part = .origin
      } else if part == .ours || part == .origin, Self.isMark(line, "=") {
        part = .theirs
      } else if part == .theirs, Self.isMark(line, ">") {
        part = .both
      } else {
        if part == .both || part == .ours { ours.append(line) }
        if part == .both || part == .theirs { theirs.append(line) }
      }
    }
    (self.ours, self.theirs) = (Self.text(of: ours), Self.text(of: theirs))
  }

  private static func isMark(_ line: String, _ character: Character) -> Bool {
    let mark = String(repeating: character, count: 7)
    return line == mark || line.hasPrefix(mark + " ")
  }

  /// The lines with a comma between two entries and none behind the last: a list's last line is another in each side, and
  /// with it where the commas are.
  private static func text(of lines: [String]) -> Data {
    var text = ""
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      var line = line
      if line.hasSuffix(",") { line.removeLast() }
      let isOpen = line.hasSuffix("[") || line.hasSuffix("{")
      let isLast = next.isEmpty || next.hasPrefix("]") || next.hasPrefix("}")
      text += isOpen || isLast ? line + "\n" : line + ",\n"
    }
    return Data(text.utf8)
  }
}
