/// A screen that pages are weighed for.
package struct Device: Codable, Hashable, Sendable {
  /// The name in the configuration and in reports: `phone`.
  package var name: String
  /// The viewport's width and height in CSS pixels.
  package var width: Int
  package var height: Int
  /// Device pixels for one CSS pixel.
  package var density: Double

  /// Makes a device.
  package init(name: String, width: Int, height: Int, density: Double) {
    self.name = name
    self.width = width
    self.height = height
    self.density = density
  }

  /// A phone, a tablet, a laptop and a desktop screen as the project's documentation describes them.
  package static let standard = [
    Device(name: "phone", width: 412, height: 915, density: 2.625),
    Device(name: "tablet", width: 820, height: 1180, density: 2),
    Device(name: "laptop", width: 1440, height: 900, density: 1),
    Device(name: "desktop", width: 1920, height: 1080, density: 2),
  ]
}
