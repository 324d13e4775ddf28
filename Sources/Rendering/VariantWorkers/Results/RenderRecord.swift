import AssetModel
import Foundation

/// What is worth remembering of a render.
package enum RenderRecord {
  /// What decoding a source has shown.
  package struct Facts: Codable, Hashable, Sendable {
    /// What the pixels show.
    package var content: Source.Content
    /// The evidence for ``content``.
    package var contentReason: String
    /// Whether any pixel is not opaque.
    package var alpha: Bool
    /// What is shown until the image has loaded, by ``PlanOptions/Placeholder``'s name; empty text if the image can
    /// have none.
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
  package enum Result: Hashable, Sendable {
    /// A file.
    case file(File)
    /// No file, and why, with the bytes it would have had where it was encoded.
    case dropped(reason: DroppedRendition.Reason, bytes: Int?)
  }

  /// A generated file.
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
}
