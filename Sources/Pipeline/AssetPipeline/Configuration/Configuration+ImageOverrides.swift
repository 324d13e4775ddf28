import AssetModel
import VariantPlanner

extension ImageOverrideRules {
  /// Reads `crops` and `apply`.
  ///
  /// - Throws: ``ConfigurationError``
  mutating func read(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    if var section = try top.section("crops") {
      // A crop may be named after one that is defined below it, so nothing is looked up before all are read.
      var named: [String: Crop] = [:]
      for name in section.keys {
        guard Self.isName(name) else {
          throw section.refusal(
            ofKey: name, "'\(name)' cannot be the name of a crop",
            advice: "use letters, digits, - and _, and neither a shape nor \(Self.none)")
        }
        named[name] = try Self.definition(&section, name)
      }
      crops = named
      try section.finish()
    }
    for var rule in try top.sections("apply") ?? [] { rules.append(try self.rule(&rule)) }
  }

  private static func isName(_ text: String) -> Bool {
    text != none && Crop.Shape(text) == nil && !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0)
      }
  }

  private func rule(_ section: inout ConfigurationSection) throws(ConfigurationError) -> Rule {
    let field = try section.string("field")
    let glob = try section.string("glob")
    guard field != nil || glob != nil else {
      throw section.refusal(
        "needs a field or a glob", advice: "for example {glob: assets/banners/**, crop: 16:9}")
    }
    let imageOverride = ImageOverride(
      crop: try crop(&section, "crop"), artDirection: try artDirection(&section),
      content: try section.choice("content", among: Source.Content.ofStills))
    guard imageOverride.artDirection == nil || field == nil else {
      throw section.refusal("media", "does not go with a field", advice: "a field names one file; use crop")
    }
    let asksForNothing = !section.keys.contains { ["crop", "media", "content"].contains($0) }
    guard !asksForNothing else {
      throw section.refusal("asks for nothing", advice: "give it a crop, media or content")
    }
    try section.finish()
    return Rule(field: field, glob: glob, imageOverride: imageOverride)
  }

  private func artDirection(
    _ section: inout ConfigurationSection
  ) throws(ConfigurationError) -> [ImageOverride.ArtDirection]? {
    guard var media = try section.section("media") else { return nil }
    var artDirection: [ImageOverride.ArtDirection] = []
    for query in media.keys {
      guard Self.isQuery(query) else {
        throw media.refusal(
          ofKey: query, "'\(query)' is not a media query", advice: "for example \"(max-width: 600px)\"")
      }
      guard let crop = try crop(&media, query) else {
        throw media.refusal(query, "must be a shape", advice: "leave the query out to keep the image's own")
      }
      artDirection.append(ImageOverride.ArtDirection(media: query, crop: crop))
    }
    try media.finish()
    return artDirection.isEmpty ? nil : artDirection
  }

  /// Whether a text can be a media query: a browser takes one that it cannot parse for one that never holds, and says
  /// nothing (Media Queries 4, 3.2).
  private static func isQuery(_ text: String) -> Bool {
    var depth = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "(": depth += 1
      case ")": depth -= 1
      case "{", "}", ";", "\"", "\n": return false
      default: break
      }
      if depth < 0 { return false }
    }
    return depth == 0 && text.contains { $0.isLetter }
  }

  // MARK: Crops

  /// A crop by its name, as a shape, or described; nil for none.
  private func crop(
    _ section: inout ConfigurationSection, _ key: String
  ) throws(ConfigurationError) -> Crop? {
    if section.isMapping(key) { return try Self.described(&section, key) }
    guard let text = try section.string(key) else { return nil }
    switch crop(named: text) {
    case .crop(let crop)?: return crop
    case ImageOverrideRules.Named.none?: return nil
    case nil: throw section.refusal(key, "cannot be '\(text)'", advice: "write \(accepted)")
    }
  }

  private static func definition(
    _ section: inout ConfigurationSection, _ name: String
  ) throws(ConfigurationError) -> Crop {
    if let crop = try described(&section, name) { return crop }
    guard let text = try section.string(name), let shape = Crop.Shape(text) else {
      throw section.refusal(name, "must be a shape", advice: shapes)
    }
    return Crop(shape)
  }

  /// A crop as a mapping; nil where the value is none.
  private static func described(
    _ section: inout ConfigurationSection, _ key: String
  ) throws(ConfigurationError) -> Crop? {
    guard section.isMapping(key), var described = try section.section(key) else { return nil }
    let ratio = try described.string("ratio")
    let size = try described.string("size")
    guard (ratio == nil) != (size == nil) else {
      throw described.refusal("needs either a ratio or a size", advice: shapes)
    }
    var crop: Crop
    switch (ratio.flatMap(Crop.Shape.init), size.flatMap(Crop.Shape.init)) {
    case (let shape?, nil) where shape.isRatio: crop = Crop(shape)
    case (nil, let shape?) where !shape.isRatio: crop = Crop(shape)
    default:
      throw described.refusal(
        ratio == nil ? "size" : "ratio", "cannot be '\(ratio ?? size ?? "")'",
        advice: ratio == nil ? "for example 1200x630" : "for example 16:9")
    }
    if let text = try described.pairOrString("gravity") {
      guard let gravity = Crop.Gravity(text) else {
        throw described.refusal(
          "gravity", "must be attention, entropy, center or a point such as 0.3,0.4",
          advice: "a point counts from the left and the top, 0 to 1")
      }
      crop.gravity = gravity
    }
    if let enlarge = try described.bool("enlarge") {
      guard !crop.shape.isRatio || !enlarge else {
        throw described.refusal(
          "enlarge", "goes with a size", advice: "a ratio takes the pixels that there are")
      }
      crop.enlarge = enlarge
    }
    try described.finish()
    return crop
  }

  private static let shapes = "a ratio such as 16:9 or a size such as 1200x630"
}

extension Crop.Shape {
  fileprivate var isRatio: Bool {
    if case .ratio = self { true } else { false }
  }
}
