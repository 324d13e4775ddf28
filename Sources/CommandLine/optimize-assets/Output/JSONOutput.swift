import Foundation
import SizeBudget

extension Terminal {
  /// Writes a value to standard output as JSON for people and programs: indented, keys in order.
  static func printJSON(_ value: some Encodable) throws {
    FileHandle.standardOutput.write(Data(try ReportJSON.text(value).utf8))
  }
}
