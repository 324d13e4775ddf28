import Browser
import SizeBudget

/// Reads `devices:` of the configuration: viewports by name, as `phone: 412x915@2.625`.
enum DevicesSection {
  /// The devices in the order in which they are written; nil where there is no such key.
  ///
  /// - Throws: ``ConfigurationError``
  static func read(_ top: inout ConfigurationSection) throws(ConfigurationError) -> [Device]? {
    guard var section = try top.section("devices") else { return nil }
    var devices: [Device] = []
    for name in section.keys {
      guard let text = try section.string(name) else { continue }
      guard let viewport = Viewport(text) else {
        throw section.refusal(
          name, "cannot be '\(text)'",
          advice: "write width, height and density: 412x915@2.625 (100 to 8000 pixels, density 0.5 to 5)")
      }
      devices.append(
        Device(name: name, width: viewport.width, height: viewport.height, density: viewport.density))
    }
    try section.finish()
    guard !devices.isEmpty else {
      throw section.refusal("names no device", advice: "write at least one, such as phone: 412x915@2.625")
    }
    return devices
  }
}
