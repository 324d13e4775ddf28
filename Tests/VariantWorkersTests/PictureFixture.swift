import Testing

/// A picture, odd or not, and what a good pipeline does with it.
struct PictureFixture: Sendable, CustomTestStringConvertible {
  var file: String
  /// For SVG, the size: `640x420`, and whatever comes after a space.
  var content = ""
  var category: String
  /// `process`, `passthrough`, `lenient` (salvaged with a warning, or a clear error) or `reject`.
  var expected: String

  var testDescription: String { file }

  /// What may become of it.
  var allowed: Set<FixtureTreatment> {
    if category == "icc-broken" { return [.salvaged] }
    switch expected {
    case "process": return [.processed]
    case "passthrough":
      // An animation may also become another one, with every frame.
      let isAnimation = category.contains("anim") || category == "apng"
      return isAnimation ? [.passedThrough, .processed] : [.passedThrough]
    case "lenient": return Set(FixtureTreatment.allCases)
    case "reject": return [.rejected]
    default: return []
    }
  }
}

/// What happened to a file.
enum FixtureTreatment: String, CaseIterable, Sendable {
  case processed
  case passedThrough = "passed through"
  case rejected
  /// Processed, with a warning that the file is damaged.
  case salvaged
}
