import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// What a picture was made of, when it was made lighter where it lies.
struct OriginalRecord: Codable, Hashable, Sendable {
  /// The digest of the lighter file.
  var sha256: String
  var bytes: Int
  /// The digest of the original, and its length.
  var original: String
  var originalBytes: Int
  /// The name by which git knows the original, whether or not it has it.
  var object: String?
  /// What was asked for: the score of a lossy file, nil where every pixel is kept.
  var target: Double?
  /// The most pixels that the longer side could have.
  var max: Int?
  /// The score of the lighter file, compared with the original.
  var score: Double?
  /// Where the file was at that time.
  var path: String
}

/// Which pictures were made lighter, by the digests of the new files: whatever a file is called, and wherever it is, its bytes
/// tell that it is no original.
///
/// A line is a record, sorted by digest, so that two branches seldom change the same lines. The marks of a merge's conflict
/// are passed over: what both sides say is true.
struct OriginalsLedger: Equatable, Sendable {
  private static let head = Data(#"{"ledger":"optimize-assets originals","version":1}"#.utf8)

  private(set) var records: [String: OriginalRecord] = [:]
  /// The records as they stand in the file: it is written once for each picture that is replaced.
  private var lines: [String: Data] = [:]

  init() {}

  /// Reads the ledger of a folder; empty where there is none.
  ///
  /// - Throws: `PipelineError.journal` with the line of what is wrong, and `FileError`.
  init(root: SiteRoot) throws {
    let path = root.absolute(RecordFiles.originals)
    guard access(path, F_OK) == 0 else {
      self.init()
      return
    }
    guard case .file = root.resolve(RecordFiles.originals) else {
      throw PipelineError.journal("leads out of the folder", file: RecordFiles.originals)
    }
    try self.init(FileAccess.read(path))
  }

  init(_ data: Data) throws(PipelineError) {
    self.init()
    var texts: [(number: Int, line: Data)] = []
    for (number, line) in data.pieces(at: 0x0A).enumerated() {
      let text = Self.trimmed(line)
      if !text.isEmpty, !Self.isOfMerge(text), text != Self.head { texts.append((number + 1, text)) }
    }
    let all = Self.decoded(texts.map(\.line))
    for (index, (number, line)) in texts.enumerated() {
      guard let record = all?[index] ?? (try? JSONDecoder().decode(OriginalRecord.self, from: line)),
        record.isSound
      else { throw Self.error(line: number) }
      records[record.sha256] = record
      lines[record.sha256] = line
    }
  }

  /// The records of all lines, read at once; nil where any is none, or holds several.
  private static func decoded(_ lines: [Data]) -> [OriginalRecord]? {
    var list = Data("[".utf8)
    for (index, line) in lines.enumerated() { list += (index == 0 ? Data() : Data(",".utf8)) + line }
    let records = try? JSONDecoder().decode([OriginalRecord].self, from: list + Data("]".utf8))
    return records?.count == lines.count ? records : nil
  }

  /// Without blanks at its ends, and the carriage return that git may have put there.
  private static func trimmed(_ line: Data) -> Data {
    func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var line = line
    while isBlank(line.last) { line.removeLast() }
    while isBlank(line.first) { line.removeFirst() }
    return line
  }

  private static func isOfMerge(_ line: Data) -> Bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains { line.starts(with: $0.utf8) }
  }

  static func == (a: Self, b: Self) -> Bool { a.records == b.records }

  private static func error(line: Int) -> PipelineError {
    .journal(
      Diagnostic(
        .error, .journal, file: RecordFiles.originals, line: line,
        message: "is no record of a picture, or of a later version",
        advice: "take the file from version control again; nothing was written"))
  }

  var isEmpty: Bool { records.isEmpty }

  subscript(sha256: String) -> OriginalRecord? {
    get { records[sha256] }
    set {
      records[sha256] = newValue
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      lines[sha256] = newValue.flatMap { try? encoder.encode($0) }
    }
  }

  /// The text of the file.
  var data: Data {
    var data = Self.head
    for (_, line) in lines.sorted(by: { $0.key < $1.key }) {
      data.append(0x0A)
      data.append(line)
    }
    data.append(0x0A)
    return data
  }

  /// Writes the ledger, so that it is safe before anything that it tells of is done; removes it where it is empty.
  ///
  /// - Throws: `FileError`
  func write(to root: SiteRoot) throws(FileError) {
    let path = root.absolute(RecordFiles.originals)
    if isEmpty {
      try DurableFile.remove(path)
    } else {
      try DurableFile.write(data, to: path)
    }
  }
}

extension OriginalRecord {
  /// A record can come with a pull request, and its texts reach git and the cache.
  var isSound: Bool {
    Self.isHexadecimal(sha256, [64]) && Self.isHexadecimal(original, [64]) && bytes >= 0 && originalBytes >= 0
      && object.map { Self.isHexadecimal($0, [40, 64]) } ?? true
  }

  private static func isHexadecimal(_ text: String, _ lengths: Set<Int>) -> Bool {
    lengths.contains(text.utf8.count) && strspn(text, "0123456789abcdef") == text.utf8.count
  }
}
