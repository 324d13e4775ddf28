import AssetModel
import Foundation
import Vips

/// The colors of a file that declares them without an ICC profile, in a way that decoders ignore: by `nclx` (AVIF,
/// HEIC), or by `cICP`, `gAMA` and `cHRM` (PNG). Browsers apply them.
struct DeclaredColors: Hashable {
  var chromaticities: Chromaticities
  var curve: ToneCurve

  /// What is to be done about a file's colors.
  enum Verdict: Hashable {
    /// Its numbers are sRGB, or its profile says what they are.
    case asDecoded
    case converted(DeclaredColors)
    /// They are left to browsers; the text says what they are.
    case unconverted(String)
  }

  /// Reads what a file tells.
  static func verdict(_ data: Data, _ format: ImageFormat) -> Verdict {
    switch format {
    case .png: verdict(PNGColors(data))
    case .avif, .heic: ContainerItem(data).map(verdict) ?? .asDecoded
    // Its decoder gives a profile with the pixels, which cannot say HDR.
    case .jxl: JXLColors(data)?.points.flatMap { $0.isHDR ? .unconverted($0.description) : nil } ?? .asDecoded
    case .bmp, .gif, .ico, .jp2, .jpeg, .svg, .tiff, .webp: .asDecoded
    }
  }

  private static func verdict(_ item: ContainerItem) -> Verdict {
    guard !item.hasProfile, let points = item.points else { return .asDecoded }
    // Browsers show what is coded like television by the curve of sRGB, as most such files mean it.
    return verdict(points, television: .sRGB)
  }

  private static func verdict(_ points: CodingPoints, television: ToneCurve) -> Verdict {
    guard let chromaticities = points.chromaticities, var curve = points.curve else {
      return .unconverted(points.description)
    }
    if curve == .television { curve = television }
    if chromaticities == .sRGB, curve == .sRGB { return .asDecoded }
    return .converted(DeclaredColors(chromaticities: chromaticities, curve: curve))
  }

  private static func verdict(_ png: PNGColors) -> Verdict {
    if let points = png.points { return verdict(points, television: .television) }
    guard !png.hasProfile, !png.isSRGB, let gamma = png.gamma else { return .asDecoded }
    let chromaticities = png.chromaticities ?? .sRGB
    // Most programs that write the usual 1/2.2 mean sRGB by it; the two differ by less than anyone sees, and pixels that
    // are taken as they are stay exactly that.
    let isUsual = abs(gamma - 1 / 2.2) < 0.01
    if isUsual, chromaticities.isNear(.sRGB) { return .asDecoded }
    return .converted(DeclaredColors(chromaticities: chromaticities, curve: .power(1 / gamma)))
  }

  /// A profile that says the same, for pixels with one color band or three.
  func profile(bands: Int) -> Data? {
    bands < 3 ? ProfileWriter.gray(curve) : ProfileWriter.rgb(chromaticities, curve)
  }

  /// An image with the profile that its file would have.
  static func carried(by image: Image, of data: Data, _ format: ImageFormat) throws(VipsError) -> Image {
    guard case .converted(let colors) = verdict(data, format),
      let profile = colors.profile(bands: image.hasAlpha ? image.bands - 1 : image.bands)
    else { return image }
    return try image.carrying(texts: [:], blobs: ["icc-profile-data": profile])
  }
}
