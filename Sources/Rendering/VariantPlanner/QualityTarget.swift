import AssetModel

/// The SSIMULACRA2 scores that lossy files are to meet (https://github.com/cloudinary/ssimulacra2: 30 is low quality,
/// 50 medium, 70 high, 80 very high, 90 is indistinguishable from the original side by side).
package struct QualityTarget: Hashable, Sendable {
  /// For photographs.
  package var photograph: Double
  /// For screenshots, diagrams, and anything with transparency, whose letters and lines show more.
  package var graphic: Double

  package init(photograph: Double, graphic: Double) {
    self.photograph = photograph
    self.graphic = graphic
  }

  /// High quality for readers, with as few bytes as that takes.
  package static let perceptual = QualityTarget(photograph: 70, graphic: 80)
  /// Differences show only where one looks for them.
  package static let high = QualityTarget(photograph: 80, graphic: 80)
  /// Differences do not show.
  package static let visuallyLossless = QualityTarget(photograph: 90, graphic: 90)
}

extension [EncodingSettings] {
  /// The same settings with a score to meet, where they are lossy; a quality of their own no longer counts.
  func meeting(_ target: Double?, except fixed: [EncodingSettings]) -> [EncodingSettings] {
    guard let target else { return self }
    return map { settings in
      guard settings.format != .png, !fixed.contains(settings),
        settings.loss == .lossy || settings.loss == .smallest
      else {
        return settings
      }
      var settings = settings
      settings.quality = nil
      settings.target = target
      return settings
    }
  }
}
