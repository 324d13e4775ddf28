import Foundation
import Manifest
import SiteFiles

/// Reads one file of a Jekyll site.
struct PostReading: Sendable {
  let root: SiteRoot
  let configuration: JekyllConfiguration
  let pages: PageURL
  let resolver: URLResolver
  let fields: [String]
  /// See ``ScanOptions/confirmed``.
  let confirmed: [String: Set<Int>]

  /// A file to read.
  struct Work: Sendable {
    var entry: FileEntry
    var role: JekyllFiles.Role
    var dialect: Post.Dialect
  }

  /// What a file holds.
  struct Outcome: Sendable {
    var post: Post?
    var references: [Reference] = []
    /// For each reference: the site path that was looked for in vain.
    var sought: [String?] = []
    var problems: [Problem] = []
    /// The Markdown files that the post takes in.
    var partials: [String] = []
  }

  /// Reads a file. What is wrong with it becomes a problem.
  func read(_ work: Work) -> Outcome {
    var outcome = Outcome()
    let path = work.entry.path
    let file: [UInt8]
    do throws(FileError) {
      file = [UInt8](try FileAccess.read(root.absolute(path)))
    } catch {
      outcome.problems.append(
        Problem(
          .warning,
          .unreadable,
          file: path,
          message: "cannot be read: \(error.reason)",
          advice: "check its permissions"
        )
      )
      return outcome
    }
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    let start = hasMark ? 3 : 0
    let isPost = Self.isAlwaysRendered(work.role)
    if hasMark, !isPost {
      // Posts are read with the mark skipped; for pages and collections Jekyll looks at the raw first line.
      if FrontMatter.headerEnd(file, from: 3) != nil {
        outcome.problems.append(
          Problem(
            .note,
            .postSkipped,
            file: path,
            line: 1,
            message: "begins with a byte order mark, so Jekyll copies it as it is",
            advice: "save it as UTF-8 without a mark to have it rendered"
          )
        )
      }
      return outcome
    }
    guard isPost || FrontMatter.headerEnd(file, from: start) != nil else { return outcome }
    guard String(validating: file, as: UTF8.self) != nil else {
      outcome.problems.append(
        Problem(
          .warning,
          .postSkipped,
          file: path,
          message: "is not valid UTF-8, so Jekyll does not render it",
          advice: "save it as UTF-8"
        )
      )
      return outcome
    }
    read(work, file, from: start, &outcome)
    return outcome
  }

  private func read(_ work: Work, _ file: [UInt8], from start: Int, _ outcome: inout Outcome) {
    let path = work.entry.path
    var matter = FrontMatter(file, from: start)
    if case .partial = work.role { matter = FrontMatter(withoutHeader: start) }
    if let problem = matter.problem {
      outcome.problems.append(
        Problem(
          .warning,
          .badFrontMatter,
          file: path,
          line: problem.line,
          message: "the front matter is not valid YAML: \(problem.message)",
          advice: "correct it; images that it names are not found, and the page's address may be wrong"
        )
      )
    }
    let type = self.type(of: work.role)
    let published =
      YAML.bool(matter.keys["published"])
      ?? configuration.defaultValue("published", path: path, type: type).map { $0 != "false" } ?? true
    guard published else {
      outcome.problems.append(
        Problem(
          .note,
          .postSkipped,
          file: path,
          message: "is not published (published: false), so it is not read"
        )
      )
      return
    }
    let fileName = FileName(path)
    let url = pages.url(
      of: path,
      role: work.role,
      matter: matter,
      outputExtension: work.dialect == .html ? fileName.extension : ".html",
      modified: Int(work.entry.modified / 1_000_000_000)
    )
    outcome.post = Post(
      path: path,
      dialect: work.dialect,
      url: url,
      bytes: file.count,
      sha256: ContentDigest.sha256(file)
    )
    let isLiquid =
      (matter.text("render_with_liquid")
        ?? configuration.defaultValue("render_with_liquid", path: path, type: type)) != "false"
    let body = matter.bodyStart..<file.count
    let masked = isLiquid ? LiquidMask.apply(to: file, range: body) : file
    if isLiquid { outcome.partials = partials(file, masked, body, of: path) }
    var images = work.dialect.reader.candidates(file: file, masked: masked, body: body)
    if let offsets = confirmed[path]?.subtracting(images.map(\.range.start)), !offsets.isEmpty {
      images += ConfirmedPlaces(file: file, masked: masked, body: body, dialect: work.dialect).candidates(
        at: offsets)
    }
    var candidates = images.map { (candidate: $0, place: URLResolver.Place.body) }
    for value in matter.images(fields) {
      addFrontMatter(value, path, &candidates, &outcome)
    }
    candidates.sort { $0.candidate.range.start < $1.candidate.range.start }
    resolve(candidates, path, file, folder: Permalink.folder(of: url), isLiquid: isLiquid, &outcome)
  }

  private static func isAlwaysRendered(_ role: JekyllFiles.Role) -> Bool {
    switch role {
    case .post, .draft, .partial: true
    case .document, .page: false
    }
  }

  private func type(of role: JekyllFiles.Role) -> String {
    switch role {
    case .post, .draft: "posts"
    case .document(let label): label
    case .page, .partial: "pages"
    }
  }

  /// The Markdown files that a body takes in by a fixed name.
  private func partials(_ file: [UInt8], _ masked: [UInt8], _ body: Range<Int>, of path: String) -> [String] {
    var found: [String] = []
    var lexer = LiquidLexer(bytes: file, position: body.lowerBound, end: body.upperBound)
    while let token = lexer.next() {
      // What the mask left alone is in a `raw` part.
      guard case .tag(let tag) = token.kind, masked[token.range.lowerBound] == .removed else { continue }
      guard tag == "include" || tag == "include_relative" else { continue }
      let name = file.string(lexer.markup).split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      guard configuration.markdownExtensions.contains(FileName(name).kind) else { continue }
      let folder = tag == "include" ? configuration.includesFolder : FileName(path).folder
      if let partial = resolver.index.file(at: folder + "/" + name) { found.append(partial) }
    }
    return found
  }

  private func addFrontMatter(
    _ value: FrontMatter.Value,
    _ path: String,
    _ candidates: inout [(candidate: Candidate, place: URLResolver.Place)],
    _ outcome: inout Outcome
  ) {
    guard !value.text.isEmpty else { return }
    guard let range = value.range else {
      if ImageFormat(fileName: value.text) != nil {
        outcome.problems.append(
          Problem(
            .note,
            .referenceKept,
            file: path,
            line: value.line,
            message: "\(value.field) is written in a way that cannot be edited in place",
            advice: "write the value on one line without escapes"
          )
        )
      }
      return
    }
    candidates.append(
      (
        Candidate(
          kind: .frontMatter,
          range: range,
          urlRange: range,
          url: value.text,
          syntax: .plain,
          field: value.field
        ),
        .frontMatter
      )
    )
  }

  private func resolve(
    _ candidates: [(candidate: Candidate, place: URLResolver.Place)],
    _ path: String,
    _ file: [UInt8],
    folder: String,
    isLiquid: Bool,
    _ outcome: inout Outcome
  ) {
    var lines = LineCounter(file)
    for (candidate, place) in candidates {
      let result = resolver.resolve(
        candidate.url,
        syntax: candidate.syntax,
        place: place,
        folder: folder,
        isLiquid: isLiquid && place == .body
      )
      if place == .frontMatter, !Self.isLikelyImage(candidate.url, result) { continue }
      let at = lines.position(of: candidate.range.start)
      outcome.references.append(
        Reference(
          post: path,
          kind: candidate.kind,
          range: candidate.range,
          urlRange: candidate.urlRange,
          attributeListRange: candidate.attributeListRange,
          line: at.line,
          column: at.column,
          url: candidate.url,
          alt: candidate.alt,
          title: candidate.title,
          status: result.status,
          reason: Self.reason(result.message, result.advice),
          source: result.source,
          link: result.link,
          attributes: candidate.attributes,
          field: candidate.field,
          context: candidate.contexts.sorted()
        )
      )
      outcome.sought.append(result.sought)
    }
  }

  /// Whether a field's value is meant as an image: fields of these names hold colours, switches and ids as well.
  private static func isLikelyImage(_ text: String, _ result: URLResolver.Result) -> Bool {
    switch result.status {
    case .local, .remote, .data, .outsideSite: return true
    case .templated: return true
    case .unsupported: return false
    case .missing:
      let path = text.prefix { $0 != "?" && $0 != "#" }
      return ImageFormat(fileName: path) != nil
    }
  }

  /// A reference's reason, for a person to read.
  static func reason(_ message: String?, _ advice: String?) -> String? {
    guard let message else { return nil }
    return advice.map { "\(message) (\($0))" } ?? message
  }
}

/// Counts lines and columns of places that are asked for in rising order.
struct LineCounter {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var column = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no character of the first line.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The line and the column in Unicode scalars of an offset, both from 1.
  mutating func position(of offset: Int) -> (line: Int, column: Int) {
    while position < min(offset, bytes.count) {
      let byte = bytes[position]
      if byte == .newline {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      position += 1
    }
    return (line, column)
  }
}
