import AssetModel
import Foundation
import Perception
import Vips

/// The score step: the perceived quality of an encoded image (SSIMULACRA2).
struct ScoreStep {
  static let step = RenderStep("score") { (file: EncodedFile) throws(VipsError) in
    guard file.work.planned.isScored, file.encoded.score == nil else { return file }
    var file = file
    let format = file.encoded.settings.format
    file.encoded.score = try ScoreStep(file.work.image, for: format).score(of: file.encoded.data, format)
    return file
  }

  private let reference: Ssimulacra2.Reference

  /// - Parameters:
  ///   - image: the pixels that were encoded: eight-bit sRGB or gray.
  ///   - format: the format, because a JPEG is compared with what it is to show: the image over white.
  init(_ image: Image, for format: ImageFormat) throws(VipsError) {
    let image = format == .jpeg && image.hasAlpha ? try image.flattened(over: [255]) : image
    let (width, height, bands) = (image.width, image.height, image.bands)
    reference = try image.withPixels { pixels in
      Result { () throws(Ssimulacra2.Failure) in
        try Ssimulacra2.Reference(pixels: pixels, width: width, height: height, bands: bands)
      }
    }.get(for: image.file)
  }

  /// The score of a file, up to 100, which means no difference, with two decimals.
  func score(of file: Data, _ format: ImageFormat) throws(VipsError) -> Double {
    guard let loader = format.loader else {
      throw VipsError(operation: "score", file: "", message: "\(format.rawValue) files are not read")
    }
    let decoded = try Image.open(file, with: loader, file: "variant", failOn: .warning)
    let (width, height, bands) = (decoded.width, decoded.height, decoded.bands)
    let score = try decoded.withPixels { pixels in
      Result { () throws(Ssimulacra2.Failure) in
        try reference.score(of: pixels, width: width, height: height, bands: bands)
      }
    }.get(for: "variant")
    return (score * 100).rounded() / 100
  }
}

extension Result where Failure == Ssimulacra2.Failure {
  /// The value, or the failure as one of the operation on a file.
  fileprivate func get(for file: String) throws(VipsError) -> Success {
    switch self {
    case .success(let value): return value
    case .failure(let failure): throw VipsError(operation: "score", file: file, message: "\(failure)")
    }
  }
}
