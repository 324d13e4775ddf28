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
    /// What stands in the image's place until it is there, by ``PlanOptions/Placeholder``'s name; empty text where the
    /// image can have none.
    package var placeholders: [String: String] = [:]
    /// Of an automatic ladder: the choices that were taken, by the number of choices.
    package var rungs: [Int: [Int]] = [:]
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
    /// A file.
    case made(File)
    /// No file, and why, with the bytes it would have had where it was encoded.
    case dropped(reason: DroppedRendition.Reason, bytes: Int?)
  }

  /// A file that was made.
  package struct File: Codable, Hashable, Sendable {
    /// Its length.
    package var bytes: Int
    /// Its SHA-256, in hexadecimal.
    package var sha256: String
    /// How it was encoded.
    package var settings: EncodingSettings
    /// Its SSIMULACRA2 score, where one was measured.
    package var score: Double?
  }

  /// Where a search for a quality ended: what the other rungs of a source and format start from.
  package struct Quality: Codable, Hashable, Sendable {
    /// The quality that meets the target, in fractions of a step; nil where none does.
    package var quality: Double?
    /// Score points that a step of quality is worth there.
    package var slope: Double
    /// Bytes of a lossless file for each byte of the lossy one, where both were tried.
    package var losslessRatio: Double?
  }

  /// The version of the format this record is written in.
  package var version: Int
  /// By SHA-256 of the source.
  package var sources: [String: Facts]
  /// By ``VariantName/key(source:rendition:settings:)``.
  package var results: [String: Result]
  /// By ``QualityGroup/key``.
  package var qualities: [String: Quality]

  /// An empty record.
  package init() {
    version = Self.currentVersion
    sources = [:]
    results = [:]
    qualities = [:]
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
    qualities.merge(other.qualities) { $1 }
  }
}
