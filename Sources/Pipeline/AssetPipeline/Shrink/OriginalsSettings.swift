import AssetModel
import VariantPlanner
import VariantWorkers

/// What `originals:` of a configuration asks of the pictures that `shrink` makes lighter where they lie, and of those that
/// `build` publishes at their own URLs.
package struct OriginalsSettings: Hashable, Sendable {
  /// What becomes of the pictures that a build publishes.
  enum Published: String, CaseIterable, Sendable {
    case lighter, keep
  }

  /// What may be thrown away of a PNG's pixels.
  enum PNG: String, CaseIterable, Sendable {
    case lossless, lossy
  }

  /// What is asked for of some pictures.
  struct Rule: Hashable, Sendable {
    var glob: String
    var target: Double?
    var png: PNG?
    var max: Int?
    var published: Published?
  }

  /// The score of a lossy file where nobody chose one, and a source is replaced.
  private static let usualTarget = 85.0

  var published = Published.lighter
  /// The SSIMULACRA2 score that a lossy file has to meet, compared with its original; nil where the user chose none.
  var target: Double?
  /// nil where the user chose none.
  var png: PNG?
  /// The most pixels of the longer side; nil to keep the size.
  var max: Int?
  /// The first that matches a picture counts.
  var rules: [Rule] = []

  init() {}

  /// Reads `originals`.
  ///
  /// - Throws: ``ConfigurationError``
  mutating func read(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    guard top.isMapping("originals") else {
      published = try top.choice("originals") ?? published
      return
    }
    guard var section = try top.section("originals") else { return }
    published = try section.choice("build") ?? published
    target = try section.number("target") ?? target
    png = try section.choice("png") ?? png
    max = try section.integer("max") ?? max
    for var rule in try section.sections("apply") ?? [] {
      rules.append(
        Rule(
          glob: try rule.requiredString("glob"), target: try rule.number("target"),
          png: try rule.choice("png"),
          max: try rule.integer("max"), published: try rule.choice("build")))
      try rule.finish()
    }
    try section.finish()
  }

  /// What is asked for of a picture.
  ///
  /// - Parameter longest: what the command line says of the longer side; a rule for the picture counts more.
  func wish(
    for path: String, longest: Int?, saving: ShrinkJob.Saving, _ configuration: Configuration
  ) -> ShrinkJob.Wish {
    let rule = rule(for: path)
    return ShrinkJob.Wish(
      target: rule?.target ?? target ?? Self.usualTarget,
      keepsPNG: (rule?.png ?? png ?? .lossless) == .lossless,
      longestSide: rule?.max ?? longest ?? max, keepsPosition: configuration.privacy == .keep,
      leastSaving: saving, efforts: Self.efforts(configuration))
  }

  /// What is asked for of a picture that a build publishes; nil to publish it as it is.
  ///
  /// Nothing of the author's is replaced, so that a score that is good enough for new files is good enough here.
  func wish(published source: Source, _ configuration: Configuration) -> ShrinkJob.Wish? {
    let rule = rule(for: source.path)
    guard (rule?.published ?? published) == .lighter else { return nil }
    let (chosen, quality) = (rule?.target ?? target, configuration.plan.quality)
    return ShrinkJob.Wish(
      target: chosen ?? quality?.photograph ?? Self.usualTarget,
      targetOfGraphics: chosen == nil ? quality?.graphic : nil,
      keepsPNG: (rule?.png ?? png) == .lossless, keepsPosition: configuration.privacy == .keep,
      leastSaving: ShrinkJob.Saving(share: 0.02, bytes: 200), efforts: Self.efforts(configuration))
  }

  private func rule(for path: String) -> Rule? { rules.first { PathPattern($0.glob).matches(path) } }

  private static func efforts(_ configuration: Configuration) -> [String: Int] {
    let plan = configuration.plan
    var efforts: [String: Int] = [:]
    for settings in [plan.avif, plan.webp, plan.png] { efforts[settings.format.rawValue] = settings.effort }
    return efforts
  }
}
