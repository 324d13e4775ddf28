import Arguments
import Foundation
import SiteFiles
import SizeBudget

/// A report that `check` is asked for: `markdown` is written to standard output, `sarif=report.sarif` to a file.
struct WantedReport: ArgumentValue {
  /// The format; nil is the page of `report`.
  var format: ReportFormat?
  /// Where it is written; nil is standard output.
  var file: String?

  private static let page = "html"

  init(_ format: ReportFormat?, to file: String? = nil) {
    self.format = format
    self.file = file
  }

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let format = ReportFormat(rawValue: String(parts[0]))
    guard format != nil || parts[0] == Self.page else { return nil }
    self.init(format)
    guard parts.count == 2 else { return }
    if parts[1].isEmpty { return nil }
    file = String(parts[1])
  }

  private var name: String { format?.rawValue ?? Self.page }

  var argumentText: String { name + (file.map { "=" + $0 } ?? "") }

  static let allArguments = ReportFormat.allCases.map(\.rawValue) + [page]

  /// Refuses reports that would end up in one another.
  ///
  /// - Throws: ``UsageError``
  static func validate(_ reports: [WantedReport]) throws {
    if reports.contains(where: { $0.format == nil && $0.file == nil }) {
      throw UsageError("--format html needs a file: --format html=FILE.html")
    }
    if reports.count(where: { $0.format == nil }) > 1 { throw UsageError("--format html is given twice") }
    let shown = reports.filter { $0.file == nil }.map(\.name)
    if shown.count > 1 {
      throw UsageError(
        "--format \(shown[0]) and --format \(shown[1]) both write to standard output; give one a file: "
          + "--format \(shown[1])=FILE")
    }
    var files: Set<String> = []
    if let file = reports.lazy.compactMap(\.file).first(where: { !files.insert($0).inserted }) {
      throw UsageError("two of --format write to \(file)")
    }
  }

  /// Writes the report; the page is `check`'s own to write.
  ///
  /// - Throws: what writing the file throws.
  func write(_ result: CheckResult, prefix: String) throws {
    guard let format else { return }
    try write(format.text(result, prefix: prefix))
  }

  /// Writes a report's text where it is wanted.
  ///
  /// - Throws: what writing the file throws.
  func write(_ text: String) throws {
    let text = Data(text.utf8)
    if let file {
      try FileAccess.write(text, to: file)
    } else {
      FileHandle.standardOutput.write(text)
    }
  }
}
