import AssetModel
import Web

/// What is said of images that keep their markup: one line a reason, however many images there are.
enum UnchangedMarkup {
  static func notes(of references: [Reference]) -> [Diagnostic] {
    var unchanged: [String: [Reference]] = [:]
    var sized: [String: [Reference]] = [:]
    for reference in references where reference.status == .local && reference.kind == .htmlImage {
      if let reason = reference.keptBecause {
        unchanged[reason, default: []].append(reference)
      } else if let reason = reference.page?.sizeReason {
        sized[reason, default: []].append(reference)
      }
    }
    return notes(unchanged, ("keeps its markup", "keep their markup"))
      + notes(sized, ("gets one lighter file and no candidates", "get one lighter file and no candidates"))
  }

  private static func notes(_ byReason: [String: [Reference]], _ what: (one: String, many: String))
    -> [Diagnostic]
  {
    byReason.compactMap { reason, references in
      guard let first = references.min(by: { ($0.post, $0.range.start) < ($1.post, $1.range.start) }) else {
        return nil
      }
      let pages = Set(references.map(\.post)).count
      return Diagnostic(
        .note, .referenceKept, file: first.post, line: first.line, column: first.column,
        message:
          "\(references.count.counted("image")) on \(pages.counted("page")) \(references.count == 1 ? what.one : what.many):"
          + " \(reason)",
        figures: ["images": Double(references.count), "pages": Double(pages)])
    }
  }
}

extension Reference {
  /// Whether an image has a candidate of some files, by their names.
  func offers(anyOf names: Set<String>) -> Bool {
    guard !names.isEmpty, let list = attributes["srcset"] else { return false }
    return SourceCandidate.parse(list).contains { candidate in
      names.contains(candidate.url.split(separator: "/").last.map(String.init) ?? "")
    }
  }
}
