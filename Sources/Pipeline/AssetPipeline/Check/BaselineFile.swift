import AssetModel
import Foundation
import SiteFiles
import SizeBudget

/// Reads a file that `check --write-baseline` wrote.
package enum BaselineFile {
  /// - Throws: ``ConfigurationError`` where the file is no baseline, or `FileError` when it cannot be read.
  package static func read(_ path: String) throws -> Baseline {
    let json = try FileAccess.read(path)
    do {
      return try Baseline(json: [UInt8](json))
    } catch {
      let defect = JSONDefect(error, in: json)
      throw ConfigurationError(
        file: path, line: defect.line, column: defect.column,
        message: "is no baseline: \(defect.message)",
        advice: "write one with check --write-baseline")
    }
  }
}
