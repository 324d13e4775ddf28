import AssetCache
import AssetModel
import Foundation
import ThemeAnalysis
import Web

/// What a site's stylesheets said, for as long as they and what is asked of them stay the same: asking them anew takes longer
/// than everything else that a changed post needs.
enum ThemeCache {
  private struct Record: Codable {
    var evidence: ThemeEvidence
    var fit: ThemeFit
  }

  /// The theme's answer about a scanned site.
  ///
  /// - Parameter screens: those that it is wanted for how wide images are.
  static func fit(
    _ styles: ThemeStyles, _ manifest: AssetManifest, screens: [Screen], cache: AssetCache
  ) -> ThemeFit {
    let question = styles.question(manifest, viewports: Set(screens.map(\.width)).sorted())
    let key = cache.key("theme", styles.key(of: question))
    if let data = cache.value(.runs, key), let record = try? JSONDecoder().decode(Record.self, from: data),
      styles.holds(record.evidence)
    {
      return record.fit
    }
    let fit = styles.fit(question)
    if let data = try? JSONEncoder().encode(Record(evidence: styles.evidence, fit: fit)) {
      cache.set([key: data], in: .runs)
    }
    return fit
  }
}
