import AssetModel
import VariantPlanner
import VariantWorkers

/// What `originals:` of a configuration asks of the pictures that are made lighter where they lie.
package struct OriginalsSettings: Hashable, Sendable {
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
  }

  /// The SSIMULACRA2 score that a lossy file has to meet, compared with its original.
  var target = 85.0
  var png = PNG.lossless
  /// The most pixels of the longer side; nil to keep the size.
  var max: Int?
  /// The first that matches a picture counts.
  var rules: [Rule] = []

  init() {}

  /// Reads `originals`.
  ///
  /// - Throws: ``ConfigurationError``
  mutating func read(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    guard var section = try top.section("originals") else { return }
    target = try section.number("target") ?? target
    png = try section.choice("png") ?? png
    max = try section.integer("max") ?? max
    for var rule in try section.sections("apply") ?? [] {
      rules.append(
        Rule(
          glob: try rule.requiredString("glob"), target: try rule.number("target"),
          png: try rule.choice("png"),
          max: try rule.integer("max")))
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
    let rule = rules.first { PathPattern($0.glob).matches(path) }
    let plan = configuration.plan
    var efforts: [String: Int] = [:]
    for settings in [plan.avif, plan.webp, plan.png] { efforts[settings.format.rawValue] = settings.effort }
    return ShrinkJob.Wish(
      target: rule?.target ?? target, keepsPNG: (rule?.png ?? png) == .lossless,
      longestSide: rule?.max ?? longest ?? max, keepsPosition: configuration.privacy == .keep,
      leastSaving: saving, efforts: efforts)
  }
}
