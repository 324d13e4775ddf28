import Web

/// Reads `devices:` of the configuration: screens by name, as `phone: 412x915@2.625`.
enum DevicesSection {
  /// The devices in the order in which they are written; nil where there is no such key.
  ///
  /// - Throws: ``ConfigurationError``
  static func read(_ top: inout ConfigurationSection) throws(ConfigurationError) -> [Screen]? {
    guard var section = try top.section("devices") else { return nil }
    var devices: [Screen] = []
    for name in section.keys {
      guard let text = try section.string(name) else { continue }
      guard let screen = Screen(text, name: name) else {
        throw section.refusal(
          name, "cannot be '\(text)'",
          advice: "write width, height and density: 412x915@2.625 (100 to 8000 pixels, density 0.5 to 5)")
      }
      devices.append(screen)
    }
    try section.finish()
    guard !devices.isEmpty else {
      throw section.refusal("names no device", advice: "write at least one, such as phone: 412x915@2.625")
    }
    return devices
  }
}
