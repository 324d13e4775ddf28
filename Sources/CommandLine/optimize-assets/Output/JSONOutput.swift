import AssetModel
import Foundation

extension Terminal {
  /// Writes a value to standard output as JSON for people and programs: indented, keys in order.
  static func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(value), as: UTF8.self).printableJSON
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
