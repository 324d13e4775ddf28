/// A screen that pages are looked at, weighed and measured on: all that a browser knows of it when it chooses an image.
package struct Screen: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The name in the configuration and in reports: `phone`.
  package var name: String
  /// The viewport's width and height in CSS pixels.
  package var width: Int
  package var height: Int
  /// Device pixels for one CSS pixel.
  package var density: Double

  /// Makes a screen.
  ///
  /// - Parameter name: nil to call it by its size.
  package init(name: String? = nil, width: Int, height: Int, density: Double) {
    self.name = name ?? Self.size(width, height, density)
    self.width = width
    self.height = height
    self.density = density
  }

  /// A screen written as `412x915@2.625`, the density being 1 where it is left out; nil for anything else.
  package init?(_ text: String, name: String? = nil) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let size = (parts.first ?? "").lowercased().replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false)
    guard parts.count <= 2, size.count == 2, let width = Int(size[0]), let height = Int(size[1]),
      let density = parts.count == 2 ? Double(parts[1]) : 1, (100...8_000).contains(width),
      (100...8_000).contains(height), (0.5...5).contains(density)
    else { return nil }
    self.init(name: name, width: width, height: height, density: density)
  }

  /// A common phone, the Pixel of the last years.
  package static let phone = Screen(name: "phone", width: 412, height: 915, density: 2.625)
  /// A tablet, upright.
  package static let tablet = Screen(name: "tablet", width: 820, height: 1180, density: 2)
  /// A laptop without scaling.
  package static let laptop = Screen(name: "laptop", width: 1440, height: 900, density: 1)
  /// A large screen with two device pixels for one.
  package static let desktop = Screen(name: "desktop", width: 1920, height: 1080, density: 2)

  /// The screens that pages are weighed for unless the configuration names others.
  package static let standard = [phone, tablet, laptop, desktop]
  /// The screens that layouts are compared on: a desktop's is a laptop's with wider margins.
  package static let compared = [phone, tablet, laptop]

  /// The initial font size in CSS pixels, which `em` and `rem` mean in `sizes` and in media conditions.
  package static let fontSize = 16.0

  /// The size as `412x915@2.625`, whatever the name.
  package var description: String { Self.size(width, height, density) }

  private static func size(_ width: Int, _ height: Int, _ density: Double) -> String {
    "\(width)x\(height)@" + (density == density.rounded() ? "\(Int(density))" : "\(density)")
  }
}
