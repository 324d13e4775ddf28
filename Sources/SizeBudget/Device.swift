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

  /// Makes a device of a viewport as `412x915@2.625`, the density being 1 where it is left out; nil for anything else.
  package init?(name: String, viewport: String) {
    let parts = viewport.split(separator: "@", omittingEmptySubsequences: false)
    let size = (parts.first ?? "").lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count <= 2, size.count == 2, let width = Int(size[0]), let height = Int(size[1]),
      let density = parts.count == 2 ? Double(parts[1]) : 1, (100...8_000).contains(width),
      (100...8_000).contains(height), (0.5...5).contains(density)
    else { return nil }
    self.init(name: name, width: width, height: height, density: density)
  }

  /// A phone, a tablet, a laptop and a desktop screen as the project's documentation describes them.
  package static let standard = [
    Device(name: "phone", width: 412, height: 915, density: 2.625),
    Device(name: "tablet", width: 820, height: 1180, density: 2),
    Device(name: "laptop", width: 1440, height: 900, density: 1),
    Device(name: "desktop", width: 1920, height: 1080, density: 2),
  ]
}
