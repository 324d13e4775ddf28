import AssetModel
import Foundation

/// JSON with sorted keys, so that the same result is the same text.
package enum ReportJSON {
  package static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self).printableJSON
      // Two of them begin a command of some build services, in any place of a line.
      .replacingOccurrences(of: "##", with: "\\u0023#") + "\n"
  }
}
