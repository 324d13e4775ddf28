/// A window's size in CSS pixels and its device pixels to each.
package struct Viewport: Codable, Hashable, Sendable, CustomStringConvertible {
  package var width: Int
  package var height: Int
  package var density: Double

  package init(width: Int, height: Int, density: Double) {
    self.width = width
    self.height = height
    self.density = density
  }

  /// A viewport as `412x915@2.625`, the density being 1 where it is left out; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let size = (parts.first ?? "").lowercased().replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false)
    guard parts.count <= 2, size.count == 2, let width = Int(size[0]), let height = Int(size[1]),
      let density = parts.count == 2 ? Double(parts[1]) : 1, (100...8_000).contains(width),
      (100...8_000).contains(height), (0.5...5).contains(density)
    else { return nil }
    self.init(width: width, height: height, density: density)
  }

  /// A common phone: 412 × 915 at 2.625 device pixels, the Pixel's of the last years.
  package static let phone = Viewport(width: 412, height: 915, density: 2.625)
  /// A tablet, upright.
  package static let tablet = Viewport(width: 820, height: 1180, density: 2)
  /// A laptop without scaling.
  package static let laptop = Viewport(width: 1440, height: 900, density: 1)

  package static let usual = [phone, tablet, laptop]

  package var description: String {
    let density = self.density == self.density.rounded() ? "\(Int(self.density))" : "\(self.density)"
    return "\(width)x\(height)@\(density)"
  }
}
