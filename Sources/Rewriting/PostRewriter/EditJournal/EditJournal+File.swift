import AssetModel
import Foundation
import SiteFiles

/// A journal that cannot be used.
package struct EditJournalError: DiagnosticError, Hashable, Sendable {
  /// What is wrong, and what to do about it.
  package let diagnostic: Diagnostic

  init(file: String, message: String, advice: String) {
    diagnostic = Diagnostic(.error, .journal, file: file, message: message, advice: advice)
  }
}

extension EditJournal {
  /// Reads a site's journal; an empty one where there is none.
  ///
  /// - Throws: ``EditJournalError`` where the file is not a journal that this version knows, `FileError` where it cannot be
  ///   read.
  package init(site: SiteRoot) throws {
    let path = site.absolute(OwnFiles.journal)
    var info = stat()
    guard lstat(path, &info) == 0 else {
      self.init()
      return
    }
    try self.init(json: FileAccess.read(path), file: path)
  }

  /// Reads a journal's text.
  ///
  /// - Parameter file: the file's name, for errors.
  /// - Throws: ``EditJournalError``
  package init(json: Data, file: String) throws(EditJournalError) {
    struct Header: Decodable { var version: Int }
    let journal: EditJournal
    do {
      let decoder = JSONDecoder()
      let version = try decoder.decode(Header.self, from: json).version
      guard version == Self.currentVersion else {
        throw EditJournalError(
          file: file,
          message:
            "the journal has version \(version), and this program knows version \(Self.currentVersion)",
          advice: "use the optimize-assets that wrote it, or a newer one")
      }
      journal = try decoder.decode(EditJournal.self, from: json)
    } catch let error as EditJournalError {
      throw error
    } catch {
      throw EditJournalError(
        file: file, message: "the journal is damaged: \(Self.words(of: error))",
        advice:
          "take it from version control again, for example with git checkout HEAD -- \(OwnFiles.journal);"
          + " after a merge, resolve its conflicts first")
    }
    if let path = journal.foreignPath {
      throw EditJournalError(
        file: file, message: "the journal names \(path), which is no path of a post or a picture in the site",
        advice: "take the journal from version control again")
    }
    self = journal.sorted()
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

  private static func words(of error: any Error) -> String {
    guard case let error as DecodingError = error else { return "\(error)" }
    switch error {
    case .dataCorrupted(let context):
      let reason = context.underlyingError.map { "\($0)" } ?? context.debugDescription
      return reason.split(separator: "\n").first.map(String.init) ?? context.debugDescription
    case .keyNotFound(let key, let context): return "\(place(context)) has no \(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context)): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }
    return path.isEmpty ? "the file" : path.joined(separator: ".")
  }

  /// The journal as text, made for version control: a fixed order, and a line for each text and each variant.
  package func json() throws -> Data {
    let journal = sorted()
    var out = JournalText()
    out.open("{")
    try out.member("version", journal.version)
    try out.list("folders", journal.folders) { out, folder in try out.element(folder) }
    try out.list("posts", journal.posts) { out, post in
      out.open("{")
      try out.member("path", post.path)
      try out.text(post.text, isLast: post.previous == nil)
      if let previous = post.previous {
        out.open("\"previous\": {")
        try out.text(previous, isLast: true)
        out.close("}", isLast: true)
      }
      out.close("}")
    }
    try out.list("sources", journal.sources) { out, source in
      out.open("{")
      try out.member("path", source.path)
      if let job = source.job { try out.member("job", job) }
      if let content = source.content { try out.member("content", content) }
      if let reason = source.contentReason { try out.member("contentReason", reason) }
      try out.member("alpha", source.alpha)
      if let placeholder = source.placeholder { try out.member("placeholder", placeholder) }
      try out.list("problems", source.problems) { out, problem in try out.element(problem) }
      try out.list("variants", source.variants, isLast: true) { out, made in try out.element(made) }
      out.close("}")
    }
    try out.list("others", journal.others, isLast: true) { out, file in try out.element(file) }
    out.close("}", isLast: true)
    return Data(out.text.utf8)
  }
}

/// JSON with a line for each value that is looked at as one.
private struct JournalText {
  private(set) var text = ""
  private var depth = 0
  private let encoder: JSONEncoder

  init() {
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  mutating func open(_ line: String) {
    add(line)
    depth += 1
  }

  mutating func close(_ line: String, isLast: Bool = false) {
    depth -= 1
    // The comma behind the last element of a list is taken away where the list ends.
    add(depth == 0 || isLast ? line : line + ",")
  }

  mutating func member(_ name: String, _ value: some Encodable, isLast: Bool = false) throws {
    add("\"\(name)\": \(try encoded(value))" + (isLast ? "" : ","))
  }

  mutating func element(_ value: some Encodable) throws { add(try encoded(value) + ",") }

  mutating func list<Element>(
    _ name: String, _ elements: [Element], isLast: Bool = false,
    _ write: (inout JournalText, Element) throws -> Void
  ) throws {
    guard !elements.isEmpty else { return add("\"\(name)\": []" + (isLast ? "" : ",")) }
    open("\"\(name)\": [")
    for element in elements { try write(&self, element) }
    // ",\n" is what the last element ends with.
    text.removeLast(2)
    text += "\n"
    close("]", isLast: isLast)
  }

  mutating func text(_ value: EditJournal.Text, isLast: Bool) throws {
    try member("sha256", value.sha256)
    try list("spans", value.spans, isLast: isLast) { out, span in
      out.open("{")
      if let nth = span.nth { try out.member("nth", nth) }
      try out.member("old", span.old)
      try out.member("new", span.new, isLast: true)
      out.close("}")
    }
  }

  private mutating func add(_ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  private func encoded(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
