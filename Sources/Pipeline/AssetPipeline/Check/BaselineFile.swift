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
      throw ConfigurationError(
        file: path, message: "is no baseline", advice: "write one with check --write-baseline")
    }
  }
}
