import AssetModel

/// Images that MDX takes in with JavaScript: `import photo from './x.png'`, used as `{photo}`, and
/// `require('./x.png')`.
enum ImportReferences {
  /// The images of a body. What stands in fenced code is code.
  static func candidates(_ file: [UInt8], _ body: Range<Int>) -> [Candidate] {
    var candidates: [Candidate] = []
    var fence: (byte: UInt8, length: Int)?
    var line = body.lowerBound
    while line < body.upperBound {
      let next = min(file.lineEnd(from: line), body.upperBound)
      let first = file.skipBlanks(from: line)
      if let mark = fenceMark(file, first, next) {
        if let open = fence {
          if mark.byte == open.byte, mark.length >= open.length { fence = nil }
        } else {
          fence = mark
        }
      } else if fence == nil {
        if file.has("import ", at: line), let path = imported(file, line, next) {
          let name = importedName(file, line, path.lowerBound)
          candidates.append(candidate(file, line..<path.upperBound + 1, path, "import \(name)"))
        }
        var at = first
        while let call = file.find("require(", in: min(at, next)..<next) {
          at = call + 8
          guard let path = quoted(file, file.skipBlanks(from: at), next), isImage(file.string(path)) else {
            continue
          }
          candidates.append(candidate(file, call..<path.upperBound + 1, path, "require"))
        }
      }
      line = next
    }
    return candidates
  }

  private static func candidate(
    _ file: [UInt8], _ range: Range<Int>, _ path: Range<Int>, _ name: String
  ) -> Candidate {
    Candidate(
      kind: .templateTag,
      range: ByteRange(range.lowerBound, range.upperBound),
      urlRange: ByteRange(path.lowerBound, path.upperBound),
      url: file.string(path),
      syntax: .plain,
      field: name,
      keptBecause: "JavaScript takes the image in, and a component makes its markup"
    )
  }

  /// A bundler's wishes stand behind a `?`.
  private static func isImage(_ text: String) -> Bool {
    ImageFormat(fileName: text.prefix { $0 != "?" }) != nil
  }

  private static func fenceMark(_ file: [UInt8], _ at: Int, _ end: Int) -> (byte: UInt8, length: Int)? {
    guard at < end, file[at] == .backtick || file[at] == UInt8(ascii: "~") else { return nil }
    var i = at
    while i < end, file[i] == file[at] { i += 1 }
    return i - at >= 3 ? (file[at], i - at) : nil
  }

  /// The path of `import … from '…'`.
  private static func imported(_ file: [UInt8], _ line: Int, _ end: Int) -> Range<Int>? {
    guard let from = file.find(" from ", in: line..<end),
      let path = quoted(file, file.skipBlanks(from: from + 6), end), isImage(file.string(path))
    else { return nil }
    return path
  }

  private static func importedName(_ file: [UInt8], _ line: Int, _ end: Int) -> String {
    let start = file.skipBlanks(from: line + 7)
    return file.string(start..<min(max(start, file.wordEnd(from: start)), end))
  }

  private static func quoted(_ file: [UInt8], _ at: Int, _ end: Int) -> Range<Int>? {
    guard at < end, file[at] == .quote || file[at] == .apostrophe,
      let close = file.find(file[at], in: at + 1..<end), close > at + 1
    else { return nil }
    return at + 1..<close
  }
}
