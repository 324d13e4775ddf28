import Foundation
import Manifest

/// What earlier runs made, so that a run with nothing to do decodes nothing.
///
/// It is a memory and not a promise: a file that is missing or has another length is made again.
package struct RenderRecord: Codable, Hashable, Sendable {
  /// The version of the format that this code writes.
  package static let currentVersion = 2

  /// What decoding a source has shown.
  package struct Facts: Codable, Hashable, Sendable {
    /// What the pixels show.
    package var content: Source.Content
    /// What ``content`` was told by.
    package var contentReason: String
    /// Whether any pixel is not opaque.
    package var alpha: Bool
    /// What a person should know about the file.
    package var remarks: [Remark]
  }

  /// A warning about a source, without the path it had.
  package struct Remark: Codable, Hashable, Sendable {
    /// What is wrong.
    package var message: String
    /// What to do about it.
    package var advice: String
  }

  /// What became of one encode.
  package enum Result: Codable, Hashable, Sendable {
    /// A file of this many bytes, with this SHA-256, encoded so.
    case made(bytes: Int, sha256: String, settings: EncodingSettings)
    /// No file, and why, with the bytes it would have had where it was encoded.
    case dropped(reason: DroppedRendition.Reason, bytes: Int?)
  }

  /// The version of the format this record is written in.
  package var version: Int
  /// By SHA-256 of the source.
  package var sources: [String: Facts]
  /// By ``VariantName/key(source:rendition:settings:)``.
  package var results: [String: Result]

  /// An empty record.
  package init() {
    version = Self.currentVersion
    sources = [:]
    results = [:]
  }

  /// The record as JSON with sorted keys.
  ///
  /// - Throws: `EncodingError`, which the record's own types never cause.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a record. One of another version is as good as none.
  ///
  /// - Throws: `DecodingError` when the JSON is no record.
  package init(json: Data) throws {
    struct Header: Decodable { var version: Int }
    let decoder = JSONDecoder()
    let version = try decoder.decode(Header.self, from: json).version
    self = version == Self.currentVersion ? try decoder.decode(RenderRecord.self, from: json) : RenderRecord()
  }

  /// Takes in what another record knows.
  package mutating func merge(_ other: RenderRecord) {
    sources.merge(other.sources) { $1 }
    results.merge(other.results) { $1 }
  }
}
