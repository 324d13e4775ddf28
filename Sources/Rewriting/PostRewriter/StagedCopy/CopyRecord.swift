import AssetModel
import Foundation
import SiteFiles

/// What runs have written into a staged copy, and of which site it is: `.optimize-assets/files`.
///
/// Everything that such a folder holds and the site does not need goes, so a run has to be certain that it is its own. A
/// site can bring a folder with a list that somebody made up. But a line proves only the file that it describes, by its
/// length and the time of its change in nanoseconds, or by its digest, and nobody can describe a file that they have not
/// seen. A line is written before its file gets its name: a run that is killed leaves no file without one.
struct CopyRecord {
  /// What is known of a file as a run left it.
  struct Line: Hashable {
    var bytes: Int
    /// Nanoseconds since 1970; 0 where the digest alone tells the file.
    var modified: Int64
    /// Of the bytes, or of a link's text; nil for what was copied from the site.
    var sha256: String?
  }

  /// The list's name in the folder of records.
  static let name = "files"
  private static let signature = "optimize-assets copy 1"

  /// The path that leads from the copy to its site: it is the same where both were moved together.
  let site: String
  /// By the paths as ``spelled(_:)`` has them. A killed run can leave more than one line for a file.
  private(set) var lines: [String: [Line]] = [:]

  /// The list of a copy that is about to be made.
  init(site: String) { self.site = site }

  // MARK: Reading

  /// The path to the site that a list is for; nil where that is no list.
  static func site(of file: String) -> String? {
    guard let start = try? FileAccess.read(file, atMost: 1 << 14) else { return nil }
    return header(of: Array(start))?.site
  }

  /// Reads a list; nil where there is none.
  init?(_ data: Data) {
    guard let (site, rest) = Self.header(of: Array(data)) else { return nil }
    self.site = site
    for line in rest.split(separator: UInt8(ascii: "\n")) {
      // What a power cut has left of a line proves nothing.
      if let (path, entry) = Self.line(line) { lines[path, default: []].append(entry) }
    }
  }

  private static func header(of text: [UInt8]) -> (site: String, rest: ArraySlice<UInt8>)? {
    let parts = text.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual(signature.utf8), parts[1].starts(with: "site ".utf8)
    else { return nil }
    return (String(decoding: parts[1].dropFirst(5), as: UTF8.self), parts[2])
  }

  private static func line(_ text: ArraySlice<UInt8>) -> (path: String, Line)? {
    let parts = text.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let bytes = Int(String(decoding: parts[0], as: UTF8.self)),
      let modified = Int64(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    let digest = String(decoding: parts[2], as: UTF8.self)
    guard digest == "-" || digest.utf8.count == 64 else { return nil }
    return (
      String(decoding: parts[3], as: UTF8.self),
      Line(bytes: bytes, modified: modified, sha256: digest == "-" ? nil : digest)
    )
  }

  // MARK: Proof

  /// Whether a file of the copy is one that a run has written.
  ///
  /// - Parameter digest: gives the digest of its bytes; called where its time is another, as after a checkout.
  func proves(_ path: String, _ file: FileEntry, digest: () -> String?) -> Bool {
    guard let candidates = lines[path]?.filter({ $0.bytes == file.bytes }), !candidates.isEmpty else {
      return false
    }
    switch file.kind {
    case .link(let text): return candidates.contains { $0.sha256 == Self.digest(ofLink: text) }
    case .file:
      // A time of 0 is none: it stands where the digest tells the file.
      if candidates.contains(where: { $0.modified == file.modified && $0.modified != 0 }) { return true }
      guard candidates.contains(where: { $0.sha256 != nil }), let digest = digest() else { return false }
      return candidates.contains { $0.sha256 == digest }
    }
  }

  /// What a link is known by. Its time is nobody's choice.
  static func digest(ofLink text: String) -> String { ContentDigest.sha256("link " + text) }

  // MARK: Writing

  /// A path in a line: without what would end the line, or could not be read as text.
  static func spelled(_ path: some Collection<UInt8>) -> String {
    if let text = String(validating: path, as: UTF8.self), !path.contains(where: { $0 < 0x20 || $0 == 0x25 })
    {
      return text
    }
    let hexadecimal = Array("0123456789ABCDEF".utf8)
    let isText = String(validating: path, as: UTF8.self) != nil
    var bytes: [UInt8] = []
    for byte in path {
      if byte < 0x20 || byte == 0x25 || (!isText && byte > 0x7F) {
        bytes += [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func text(_ path: String, _ line: Line) -> String {
    "\(line.bytes) \(line.modified) \(line.sha256 ?? "-") \(path)\n"
  }

  /// The list with other lines, in byte order of the paths.
  func text(with lines: [String: Line]) -> Data {
    var text = "\(Self.signature)\nsite \(site)\n"
    for (path, line) in lines.sorted(by: { $0.key < $1.key }) { text += Self.text(path, line) }
    return Data(text.utf8)
  }
}
