import AssetModel
import Foundation
import SiteFiles

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
struct OriginalsLedger: Hashable, Sendable {
  private static let head = #"{"ledger":"optimize-assets originals","version":1}"#

  private(set) var records: [String: OriginalRecord] = [:]

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
    for (number, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
      if text.isEmpty || Self.isOfMerge(text) || text == Self.head { continue }
      guard let record = try? JSONDecoder().decode(OriginalRecord.self, from: Data(text.utf8)), record.isSound
      else { throw Self.error(line: number + 1) }
      records[record.sha256] = record
    }
  }

  private static func isOfMerge(_ line: String) -> Bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains { line.hasPrefix($0) }
  }

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
    set { records[sha256] = newValue }
  }

  /// The text of the file.
  var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = records.values.sorted { $0.sha256 < $1.sha256 }.compactMap { try? encoder.encode($0) }
    var data = Data(Self.head.utf8) + Data([0x0A])
    for line in lines { data += line + Data([0x0A]) }
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
    lengths.contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
