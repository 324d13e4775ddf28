import CVips

extension Image {
  /// The image at exactly the size given, by Lanczos3 (after box shrinking where it is more than twice too
  /// large, which libvips does for speed).
  ///
  /// - Throws: ``VipsError``
  package func resized(width: Int, height: Int) throws(VipsError) -> Image {
    guard width != self.width || height != self.height else { return self }
    let resized = try operation(
      "resize",
      [
        "in": .image(self), "scale": .double(Double(width) / Double(self.width)),
        "vscale": .double(Double(height) / Double(self.height)), "kernel": .text("lanczos3"),
      ]
    ).image()
    guard resized.width == width, resized.height == height else {
      throw VipsError(
        operation: "resize",
        file: file,
        message: "gave \(resized.width)x\(resized.height) instead of \(width)x\(height)"
      )
    }
    return resized
  }

  /// The image with edges sharpened in lightness: libvips' sharpening for screens with a radius that suits images at
  /// their final size (a sigma of 0.5, its default, changes nothing that shows) and half its strength.
  ///
  /// - Throws: ``VipsError``
  package func sharpened() throws(VipsError) -> Image {
    let sharp = try operation("sharpen", ["in": .image(self), "sigma": .double(0.8), "m2": .double(1.5)])
      .image()
    return try sharp.converted(to: bands < 3 ? "b-w" : "srgb")
  }

  /// A part of the image, its top left corner at `left`, `top`.
  ///
  /// - Throws: ``VipsError``
  package func cropped(left: Int, top: Int, width: Int, height: Int) throws(VipsError) -> Image {
    try operation(
      "extract_area",
      [
        "input": .image(self), "left": .int(left), "top": .int(top), "width": .int(width),
        "height": .int(height),
      ]
    ).image()
  }

  /// Where the part of the image lies, of exactly the size given, that is most interesting by libvips' measure.
  ///
  /// - Parameter interesting: `attention` looks for edges, skin and saturated colors, `entropy` for detail.
  /// - Throws: ``VipsError``
  package func smartCrop(
    width: Int, height: Int, interesting: String
  ) throws(VipsError) -> (left: Int, top: Int) {
    let part = try operation(
      "smartcrop",
      [
        "input": .image(self), "width": .int(width), "height": .int(height),
        "interesting": .text(interesting),
      ]
    ).image()
    // libvips notes on a part where its parent's origin is.
    return (-Int(vips_image_get_xoffset(part.pointer)), -Int(vips_image_get_yoffset(part.pointer)))
  }

  /// The image as it should be displayed: `orientation` is EXIF's, 1 to 8 (EXIF 2.32, 4.6.4.A, tag 274).
  ///
  /// - Throws: ``VipsError``
  package func oriented(_ orientation: Int) throws(VipsError) -> Image {
    switch orientation {
    case 2: try flipped("horizontal")
    case 3: try rotated("d180")
    case 4: try flipped("vertical")
    case 5: try rotated("d90").flipped("horizontal")
    case 6: try rotated("d90")
    case 7: try rotated("d270").flipped("horizontal")
    case 8: try rotated("d270")
    default: self
    }
  }

  private func flipped(_ direction: String) throws(VipsError) -> Image {
    try operation("flip", ["in": .image(self), "direction": .text(direction)]).image()
  }

  private func rotated(_ angle: String) throws(VipsError) -> Image {
    try operation("rot", ["in": .image(self), "angle": .text(angle)]).image()
  }
}
