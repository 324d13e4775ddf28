import DataFormats

/// TOML as the tree that all forms of front matter and configuration are read into.
enum TOMLFrontMatter {
  /// Reads a document.
  ///
  /// Bytes that are no UTF-8 are read as U+FFFD, as in the rest of a post; then no value has a range.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - range: the TOML in it; nil for the whole file.
  /// - Throws: `TOMLProblem` with the line of the file, where the text is no TOML.
  static func tree(_ file: [UInt8], _ range: Range<Int>? = nil) throws(TOMLProblem) -> FrontMatterValue {
    let range = range ?? file.indices
    do throws(TOMLProblem) {
      return tree(of: try TOMLTable(file, range), hasRanges: true)
    } catch {
      let text = String(decoding: file[range], as: UTF8.self).utf8
      guard !text.elementsEqual(file[range]) else { throw error }
      let readable = file[..<range.lowerBound] + Array(text)
      let table = try TOMLTable(Array(readable), range.lowerBound..<readable.endIndex)
      return tree(of: table, hasRanges: false)
    }
  }

  private static func tree(of table: TOMLTable, hasRanges: Bool) -> FrontMatterValue {
    .mapping(table.entries.map { ($0.key, tree(of: $0.value, hasRanges: hasRanges)) })
  }

  private static func tree(of value: TOMLValue, hasRanges: Bool) -> FrontMatterValue {
    func scalar(_ text: String, _ range: Range<Int>? = nil) -> FrontMatterValue {
      .scalar(FrontMatterValue.Scalar(text: text, range: hasRanges ? range : nil, line: value.line))
    }
    switch value.content {
    case .table(let table): return tree(of: table, hasRanges: hasRanges)
    case .array(let items): return .list(items.map { tree(of: $0, hasRanges: hasRanges) })
    case .bool(let bool): return scalar(bool ? "true" : "false")
    case .integer(let number): return scalar(String(number))
    case .float(let number): return scalar(String(number))
    case .date(let text): return scalar(text)
    case .string(let whole):
      let text = whole.trimmed
      // A range covers the whole text, and is never empty.
      let isWhole = !text.isEmpty && text.utf8.count == whole.utf8.count
      return scalar(text, isWhole ? value.plainRange : nil)
    }
  }
}
