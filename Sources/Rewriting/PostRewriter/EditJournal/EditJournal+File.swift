import AssetModel
import Foundation
import SiteFiles

/// A journal that cannot be used.
package struct EditJournalError: DiagnosticError, Hashable, Sendable {
  /// What is wrong, and what to do about it.
  package let diagnostic: Diagnostic

  init(file: String, line: Int? = nil, column: Int? = nil, message: String, advice: String) {
    diagnostic = Diagnostic(
      .error, .journal, file: file, line: line, column: column, message: message, advice: advice)
  }
}

extension EditJournal {
  /// Reads a site's journal; an empty one where there is none.
  ///
  /// - Throws: ``EditJournalError`` where the file is not a journal that this version knows, `FileError` where it cannot be
  ///   read.
  package init(site: SiteRoot) throws {
    let path = site.absolute(RecordFiles.journal)
    var info = stat()
    guard lstat(path, &info) == 0 else {
      self.init()
      return
    }
    try self.init(json: FileAccess.read(path), file: path, site: site)
  }

  /// Reads a journal's text. One in which git has left the marks of a merge is read as what both sides say.
  ///
  /// - Parameters:
  ///   - file: the file's name, for errors.
  ///   - site: holds the posts that the sides are checked against; nil where there are none.
  /// - Throws: ``EditJournalError``
  package init(json: Data, file: String, site: SiteRoot? = nil) throws(EditJournalError) {
    guard let sides = JournalSides(json) else {
      self = try Self.decoded(json, file: file).sorted()
      return
    }
    let ours = try Self.decoded(sides.ours, file: file, isWhole: false)
    let theirs = try Self.decoded(sides.theirs, file: file, isWhole: false)
    self = JournalUnion(site: site).of(ours, theirs).sorted()
    isSettled = true
  }

  /// - Parameter isWhole: whether the text is the file, whose lines can be named.
  private static func decoded(
    _ json: Data, file: String, isWhole: Bool = true
  ) throws(EditJournalError) -> EditJournal {
    struct Header: Decodable { var version: Int }
    let journal: EditJournal
    do {
      let decoder = JSONDecoder()
      let version = try decoder.decode(Header.self, from: json).version
      guard version == currentVersion else {
        throw EditJournalError(
          file: file,
          message: "the journal has version \(version), and this program knows version \(currentVersion)",
          advice: "use the optimize-assets that wrote it, or a newer one")
      }
      journal = try decoder.decode(EditJournal.self, from: json)
    } catch let error as EditJournalError {
      throw error
    } catch {
      let defect = JSONDefect(error, in: json)
      throw EditJournalError(
        file: file, line: isWhole ? defect.line : nil, column: isWhole ? defect.column : nil,
        message: "the journal is damaged: \(defect.message)",
        advice:
          "take it from version control again, for example with git checkout HEAD -- \(RecordFiles.journal);"
          + " after a merge, resolve its conflicts first")
    }
    if let path = journal.foreignPath {
      throw EditJournalError(
        file: file, message: "the journal names \(path), which is no path of a post or a picture in the site",
        advice: "take the journal from version control again")
    }
    return journal
  }

  /// A path that leaves the site, or is written in another way than runs write paths.
  private var foreignPath: String? {
    let paths =
      folders + posts.map(\.path) + others.map(\.path)
      + sources.flatMap { [$0.path] + $0.variants.map(\.variant.path) }
    return paths.first { path in
      path.isEmpty || SiteRoot.normalize(path)?.joined(separator: "/") != path || path.utf8.contains(0)
        || path.split(separator: "/").contains { $0.lowercased().hasPrefix(".git") }
    }
  }

  /// The journal as text, made for version control: a fixed order, and one line for each entry, so that what two branches
  /// did to different posts rarely meets in a merge.
  package func json() throws -> Data {
    let journal = sorted()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func list(_ name: String, _ entries: [some Encodable]) throws -> String {
      let lines = try entries.map { "\n    " + String(decoding: try encoder.encode($0), as: UTF8.self) }
      return "  \"\(name)\": [" + lines.joined(separator: ",") + (lines.isEmpty ? "]" : "\n  ]")
    }
    let members = [
      "  \"version\": \(journal.version)", try list("folders", journal.folders),
      try list("posts", journal.posts), try list("sources", journal.sources),
      try list("others", journal.others),
    ]
    return Data(("{\n" + members.joined(separator: ",\n") + "\n}\n").utf8)
  }
}
