import Foundation
import Testing

/// Long texts that people read, kept in files beside the tests: wording changes in one step, and a review sees it.
///
/// `OPTIMIZE_ASSETS_UPDATE_SNAPSHOTS=1 swift test` writes the files anew instead of comparing with them.
package enum Snapshot {
  /// Whether files are written and not compared.
  package static let isUpdating =
    ProcessInfo.processInfo.environment["OPTIMIZE_ASSETS_UPDATE_SNAPSHOTS"] == "1"

  /// Expects that a text is the one in `Snapshots/<name>` beside the test's own file.
  ///
  /// - Parameter replacing: parts that differ from run to run, such as a folder's path, and what stands for each.
  package static func expect(
    _ text: String, _ name: String, replacing: KeyValuePairs<String, String> = [:],
    testFile: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let stable = replacing.reduce(text) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
    try expect(
      stable, at: folder.appendingPathComponent("Snapshots/" + name), sourceLocation: sourceLocation)
  }

  /// Expects that a text is the one in a file.
  package static func expect(_ text: String, at file: URL, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    if isUpdating {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      return try Data(text.utf8).write(to: file)
    }
    guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("\(file.path) is not there; \(advice)", sourceLocation: sourceLocation)
      return
    }
    guard recorded != text else { return }
    Issue.record(
      "\(file.lastPathComponent) differs; \(advice)\n\(difference(recorded, text))",
      sourceLocation: sourceLocation)
  }

  private static let advice = "OPTIMIZE_ASSETS_UPDATE_SNAPSHOTS=1 swift test writes it anew"

  /// The lines that only one of two texts has, with their numbers.
  static func difference(_ old: String, _ new: String) -> String {
    let (old, new) = (lines(old), lines(new))
    let changes = new.difference(from: old).map { change -> (Int, String) in
      switch change {
      case .remove(let line, let text, _): (line, "- \(line + 1): \(text)")
      case .insert(let line, let text, _): (line, "+ \(line + 1): \(text)")
      }
    }
    let shown = changes.sorted { $0.0 < $1.0 }.prefix(40).map(\.1)
    return shown.joined(separator: "\n") + (changes.count > 40 ? "\n… and \(changes.count - 40) more" : "")
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
