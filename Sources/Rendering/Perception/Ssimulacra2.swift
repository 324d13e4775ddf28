/// SSIMULACRA 2.1: how alike two pictures look to people, by Jon Sneyers (Cloudinary, 2022 and 2023).
///
/// The definition is the reference tool's source (libjxl `tools/ssimulacra2.cc`, also
/// https://github.com/cloudinary/ssimulacra2). Both pictures are taken to linear light, halved five times and turned
/// into XYB at every scale. Each plane at each scale is compared by structure (SSIM), by edges that one picture has
/// beside the other (artefacts) and by edges that it has not (lost detail). A weighted sum of the means and 4-norms of
/// these maps is bent into the score:
///
/// - 100: the same pixels.
/// - 90: no difference is seen, even when the two are flickered.
/// - 80: no difference is seen side by side.
/// - 70: high quality; a difference is hard to find without the original.
/// - 50: medium quality.
/// - 30 and below: low quality. The scale has no lower end.
///
/// Scores agree with those of the Python package `ssimulacra2` 0.3.0 (within 0.003 on 250 pairs of files that
/// Tests/Perception/make-table encodes), which differs from the tool at the pictures' edges
/// (see ``Gaussian``) and in small pictures (see ``SmallPictures``). That package takes no notice of alpha; here it is
/// treated as the tool does.
///
/// ## Cost
/// One picture at a time on one thread. A ``Reference`` keeps about 20 bytes a pixel (see ``Reference/bytes``), twice
/// that where the picture is transparent. A score needs only some rows at a time, about 450 bytes for each pixel of the
/// width; nothing is kept.
package enum Ssimulacra2 {
  /// How pictures below 225 pixels a side are handled, which are too small for the six scales that the weights were
  /// determined for.
  package enum SmallPictures: Sendable {
    /// All six scales are compared, so that every weight meets the map that it belongs to. Where a side is below
    /// 113 pixels both pictures are continued by their mirror image up to that; so even one pixel gets a sensible score.
    /// This is what the reference tool does from 113 pixels on; below that it drops scales and below 8 pixels it
    /// refuses.
    case mirrored

    /// Scales below 8 pixels a side are left out and the weights move up, each to a map that it was not determined for.
    /// The Python package does the same, and the result says little about small pictures. Below 8 pixels, for which
    /// that package says 100 whatever they show, the pictures are mirrored up to 8.
    case fewerScales

    /// The shortest side that is compared as it is.
    fileprivate var minimum: Int { self == .mirrored ? 113 : 8 }
  }

  /// Why two pictures cannot be compared.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// The bytes are no picture of that size with 1 to 4 bands.
    case shape(bytes: Int, width: Int, height: Int, bands: Int)
    /// The pictures differ in size.
    case size(reference: [Int], distorted: [Int])

    package var description: String {
      switch self {
      case .shape(let bytes, let width, let height, let bands):
        "\(bytes) bytes are no picture of \(width)x\(height) pixels with \(bands) bands of eight bits"
      case .size(let reference, let distorted):
        "a picture of \(distorted[0])x\(distorted[1]) pixels cannot be compared with one of "
          + "\(reference[0])x\(reference[1]): resize it first"
      }
    }
  }

  /// A picture that others are compared with, prepared once: its planes, their local means and variances.
  package struct Reference: Sendable {
    /// Size in pixels.
    package let width: Int
    package let height: Int

    private let small: SmallPictures
    private let plan: Plan
    /// What is compared with, over each background.
    private let prepared: [(background: Float, values: [Float])]

    /// The memory that the reference keeps.
    package var bytes: Int { prepared.reduce(0) { $0 + MemoryLayout<Float>.stride * $1.values.count } }

    /// Prepares a picture.
    ///
    /// - Parameters:
    ///   - pixels: eight-bit sRGB, rows from the top without padding, bands next to each other.
    ///   - bands: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha. Where a pixel is transparent the picture is compared
    ///     over a dark and over a light background, and the lower score counts.
    ///   - small: what is done about pictures below 225 pixels a side.
    /// - Throws: ``Failure/shape(bytes:width:height:bands:)``
    package init(
      pixels: UnsafeRawBufferPointer,
      width: Int,
      height: Int,
      bands: Int,
      small: SmallPictures = .mirrored
    ) throws(Failure) {
      let picture = try Pixels(pixels, width: width, height: height, bands: bands)
      self.init(picture, small: small, negligible: Weights.negligible)
    }

    /// The same from an array.
    package init(
      pixels: [UInt8],
      width: Int,
      height: Int,
      bands: Int,
      small: SmallPictures = .mirrored
    ) throws(Failure) {
      let result = pixels.withUnsafeBytes { bytes in
        Result { () throws(Failure) in
          try Reference(pixels: bytes, width: width, height: height, bands: bands, small: small)
        }
      }
      self = try result.get()
    }

    /// - Parameter negligible: the least weight that counts; 0 computes every plane at every scale.
    init(_ pixels: Pixels, small: SmallPictures, negligible: Double) {
      width = pixels.width
      height = pixels.height
      self.small = small
      // Encoded gray: 0.1 and 0.9 as in the reference tool (cloudinary/ssimulacra2 `src/ssimulacra2_main.cc`); 0.5 is
      // its choice where only the other picture is transparent.
      let backgrounds: [Float] = pixels.isTransparent ? [0.1, 0.9] : [0.5]
      (plan, prepared) = pixels.mirrored(toAtLeast: small.minimum) { pixels in
        let plan = Plan(width: pixels.width, height: pixels.height, small: small, negligible: negligible)
        return (plan, backgrounds.map { ($0, Preparation.values(pixels, over: $0, plan)) })
      }
    }

    /// Compares a picture of the same size with this one. It may have other bands.
    ///
    /// - Parameter pixels: as in ``init(pixels:width:height:bands:small:)``.
    /// - Returns: 100 for the same pixels, less the more they differ, without a lower end; never NaN.
    /// - Throws: ``Failure``
    package func score(
      of pixels: UnsafeRawBufferPointer,
      width: Int,
      height: Int,
      bands: Int
    ) throws(Failure) -> Double {
      let picture = try Pixels(pixels, width: width, height: height, bands: bands)
      guard width == self.width, height == self.height else {
        throw .size(reference: [self.width, self.height], distorted: [width, height])
      }
      return picture.mirrored(toAtLeast: small.minimum) { picture in
        prepared.reduce(100) { lowest, side in
          let sum = Comparison.weightedSum(picture, over: side.background, with: side.values, plan)
          return min(lowest, Weights.score(sum))
        }
      }
    }

    /// The same for an array.
    package func score(of pixels: [UInt8], width: Int, height: Int, bands: Int) throws(Failure) -> Double {
      let result = pixels.withUnsafeBytes { bytes in
        Result { () throws(Failure) in
          try score(of: bytes, width: width, height: height, bands: bands)
        }
      }
      return try result.get()
    }
  }
}
