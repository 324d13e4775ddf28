import AssetModel
import Foundation

/// How figures read in the HTML report.
enum ReportText {
  /// An amount of bytes.
  static func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }

  /// A part of a whole in percent; nil where there is no whole.
  static func percent(_ part: Int, of whole: Int) -> String? {
    guard whole > 0 else { return nil }
    let percent = 100 * Double(part) / Double(whole)
    return String(format: percent < 0.95 ? "%.1f %%" : "%.0f %%", percent)
  }

  /// What the encoder was told to keep.
  static func quality(_ settings: EncodingSettings) -> String {
    switch settings.loss {
    case .lossless: "lossless"
    case .nearLossless: settings.quality.map { "near-lossless \($0)" } ?? "near-lossless"
    case .lossy, .smallest: settings.quality.map(String.init) ?? "–"
    }
  }

  /// A SSIMULACRA2 score.
  static func score(_ score: Double?) -> String { score.map { String(format: "%.1f", $0) } ?? "–" }

  /// What a variant is for.
  static func purpose(_ variant: Variant) -> String {
    let purpose =
      switch variant.purpose {
      case .responsive, .upright: "candidate"
      case .standalone: "front matter"
      case .sameFormat, .sameSize: "same size"
      case .fallback: "fallback"
      }
    return variant.crop.map { "\(purpose), \($0)" } ?? purpose
  }

  /// A format as people write it.
  static func format(_ format: ImageFormat?) -> String {
    format?.title ?? "unreadable"
  }
}
