import AssetModel

extension MeasuredLayouts {
  /// Reads `layouts`.
  ///
  /// - Throws: ``ConfigurationError``
  mutating func read(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    for var section in try top.sections("layouts") ?? [] { rules.append(try Self.rule(&section)) }
  }

  private static func rule(_ section: inout ConfigurationSection) throws(ConfigurationError) -> Rule {
    var rule = Rule()
    rule.layout = try section.string("layout")
    rule.glob = try section.string("glob")
    rule.selector = try section.string("selector")
    if let selector = rule.selector, SizesRules.Rule.parts(of: selector) == nil,
      PathSelector(selector) == nil
    {
      throw section.refusal(
        "selector", "cannot be '\(selector)'",
        advice: "name the image's own classes (img.wide), on built pages also what is around (main > img)")
    }
    rule.images = try section.strings("images") ?? []
    rule.markup = try section.choice("markup")
    rule.hints = try section.bool("hints")
    rule.largest = try section.strings("largest")
    if rule.largest == ["none"] { rule.largest = [] }
    rule.slot = try slot(&section)
    try section.finish()
    return rule
  }

  private static func slot(_ section: inout ConfigurationSection) throws(ConfigurationError) -> Slot? {
    let fills = try section.bool("fills") ?? false
    guard let text = try section.string("sizes") else { return nil }
    if text == "own" { return .own }
    guard let widths = SlotWidths(text: text) else {
      throw section.refusal(
        "sizes", "cannot be '\(text)'",
        advice:
          "here only lengths in px, vw or calc(100vw - 40px) after (min-width: …px) are read; run calibrate"
          + " again, or write what you like to the key sizes outside of layouts")
    }
    return fills ? .filled(widths) : .upTo(widths)
  }
}
