/// What a browser knows of the screen when it chooses an image.
package struct ImageEnvironment: Hashable, Sendable {
  /// The viewport's width and height in CSS pixels.
  package var width: Double
  package var height: Double
  /// Device pixels for one CSS pixel.
  package var density: Double
  /// The initial font size in CSS pixels, which `em` and `rem` mean in `sizes` and in media conditions.
  package var fontSize = 16.0

  /// Makes an environment.
  package init(width: Double, height: Double, density: Double) {
    self.width = width
    self.height = height
    self.density = density
  }
}
