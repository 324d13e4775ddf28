import AssetModel
import Foundation
import SiteFiles
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Looks at what was made of a fixture.
struct FixtureCheck {
  var fixture: PictureFixture
  var source: Source
  var root: SiteRoot
  var output: String

  /// - Parameter isWhole: whether nothing was said about damage.
  /// - Returns: what should not be.
  func findings(_ outcome: RenderOutcome, isWhole: Bool) throws -> [String] {
    let data = try FileAccess.read(root.absolute(source.path))
    var findings: [String] = []
    let comparable = isWhole && source.frames == 1
    // JPEG has no alpha, and white shows through.
    let overWhite = comparable ? try thumbnail(ofSource: data, over: 255) : nil
    let overGray = comparable ? try thumbnail(ofSource: data, over: 128) : nil
    for variant in outcome.variants {
      let bytes = try FileAccess.read(output + "/" + variant.path)
      findings += try self.findings(variant, bytes, variant.format == .jpeg ? overWhite : overGray).map {
        "\($0) in \(variant.path)"
      }
    }
    if !source.format.isShownByBrowsers {
      let fallback = outcome.variants.first { $0.purpose == .fallback }
      if fallback.map({ [.jpeg, .png].contains($0.format) }) != true { findings.append("no fallback") }
    }
    guard source.frames == 1 else { return findings }
    if isWhole, let loader = source.format.loader {
      // What is used without a word must decode without one.
      _ = try Image.open(data, with: loader, file: source.path, failOn: .error).inMemory()
      findings += try exactFindings(data, loader)
    }
    return findings
  }

  /// What metadata looks like in a file of any format.
  private static let marks = [
    "Exif\0\0", "EXIF", "eXIf", "ICC_PROFILE", "iCCP", "ICCP", "http://ns.adobe.com/", "XMP ", "x:xmpmeta",
    "Photoshop 3.0", "tEXt", "iTXt", "zTXt", "acsp", "GPSL", "PK\u{3}\u{4}", "MPF\0",
    "urn:iso:std:iso:ts:21496",
  ]

  private func findings(_ variant: Variant, _ bytes: Data, _ reference: [Double]?) throws -> [String] {
    var findings: [String] = []
    guard let loader = variant.format.loader, ContentSniffer.format(of: bytes) == variant.format,
      variant.path.hasSuffix("." + variant.format.fileExtension)
    else { return ["it is no \(variant.format)"] }
    let image = try Image.open(bytes, with: loader, file: variant.path, failOn: .warning).inMemory()
    if (image.width, image.height) != (variant.width, variant.height) {
      findings.append("\(image.width)x\(image.height)")
    }
    if image.width < 1 || image.height < 1 || image.width > source.width || image.height > source.height {
      findings.append("\(image.width)x\(image.height) of \(source.width)x\(source.height)")
    }
    if source.format.isShownByBrowsers, bytes.count >= source.bytes { findings.append("not smaller") }
    if image.orientation != 1 || image.hasProfile { findings.append("orientation or profile") }
    for mark in Self.marks where bytes.range(of: Data(mark.utf8)) != nil { findings.append(mark) }
    // Too flat a strip has no eight rows to compare.
    if let reference, min(image.width, image.height) >= Self.side {
      let shrunk = try thumbnail(
        VipsCall("thumbnail_image", file: variant.path, thumbnail(("in", .image(image)))), over: 128)
      if let difference = difference(reference, shrunk) { findings.append(difference) }
    }
    return findings
  }

  /// The picture in 8 by 8 fields over a shade of gray, upright and in sRGB, by libvips' own way from a file to a thumbnail:
  /// it shares no step with the pipeline. Nil for what libvips does not open, and for what browsers show in another way:
  /// that is compared with a browser.
  private func thumbnail(ofSource data: Data, over background: Double) throws -> [Double]? {
    guard source.format != .bmp, source.correction == nil else { return nil }
    return try thumbnail(
      VipsCall("thumbnail_buffer", file: source.path, thumbnail(("buffer", .bytes(data)))),
      over: background)
  }

  /// The fields of a thumbnail in each direction.
  private static let side = 8
  private func thumbnail(
    _ input: (String, VipsCall.Argument)
  ) -> KeyValuePairs<String, VipsCall.Argument> {
    [
      input.0: input.1, "width": .int(Self.side), "height": .int(Self.side), "size": .text("force"),
      "export-profile": .text("srgb"),  // The one profile that knows the perceptual intent alone.
      "intent": .text(source.path.contains("icc_profile_big") ? "perceptual" : "relative"),
    ]
  }

  private func thumbnail(_ call: VipsCall, over background: Double) throws -> [Double] {
    // A thumbnail of sixteen bits, or of gray, is left as it is.
    var image = try call.image().converted(to: "srgb")
    if image.hasAlpha { image = try image.flattened(over: [background]) }
    let eight = image.isEightBit ? image : try image.eightBit(shifting: false)
    return try eight.withPixels { $0.map(Double.init) }
  }

  /// How far two thumbnails are apart; nil where they show the same.
  private func difference(_ a: [Double], _ b: [Double]) -> String? {
    guard a.count == b.count, !a.isEmpty else { return "other bands" }
    let mean = zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(a.count)
    return mean <= 14 ? nil : "its colors are \(mean.rounded()) apart from the source's"
  }

  /// At the source's own size and without loss, the alpha is the source's own, and what hides under transparent
  /// pixels is nowhere to be seen.
  private func exactFindings(_ data: Data, _ loader: Loader) throws -> [String] {
    guard ["png-gray-palette-alpha", "png-16bit", "png-interlaced", "webp-still"].contains(fixture.category)
    else {
      return []
    }
    let size = Rendition(
      width: source.width, height: source.height, purpose: .responsive, photograph: [], graphic: [])
    let half = Rendition(
      width: (source.width + 2) / 3, height: (source.height + 2) / 3, purpose: .responsive, photograph: [],
      graphic: [])
    let decoded = try DecodedSource(
      source, loader: loader, path: root.absolute(source.path), renditions: [size, half])
    var findings: [String] = []
    let whole = try decoded.render(size)
    if !whole.isEightBit { findings.append("not eight bits") }
    let original = try Image.open(data, with: loader, file: source.path, failOn: .none).inMemory()
    guard original.hasAlpha else { return findings + (whole.hasAlpha ? ["alpha from nowhere"] : []) }
    guard whole.hasAlpha else {
      let alpha = try original.bands(from: original.bands - 1, count: 1)
      return findings
        + (try alpha.minimum() < (original.isEightBit ? 255 : 65535) ? ["its alpha is lost"] : [])
    }
    let expected = try alpha(original)
    for encoded in [
      try PNGEncoder.smallestExact(whole, effort: 1),
      WebPContainer.withoutMetadata(try whole.webpLossless(effort: 0)),
    ] {
      let loader: Loader = encoded.matches("RIFF") ? .webp : .png
      let back = try Image.open(encoded, with: loader, file: source.path, failOn: .warning).inMemory()
      if try !back.hasAlpha || alpha(back) != expected { findings.append("another alpha through \(loader)") }
    }
    return try findings + fringeFindings(decoded.render(half), whole)
  }

  private func alpha(_ image: Image) throws -> [UInt8] {
    let alpha = try image.bands(from: image.bands - 1, count: 1)
    return try (alpha.isEightBit ? alpha : alpha.eightBit(shifting: true)).withPixels { [UInt8]($0) }
  }

  /// A resized pixel may not be darker or lighter than every pixel around its place that can be seen: a black or
  /// white fringe would be. Lanczos overshoots at hard edges, for which there is some room.
  private func fringeFindings(_ small: Image, _ whole: Image) throws -> [String] {
    guard small.hasAlpha else { return [] }
    let (original, width, height, bands) = (
      try whole.withPixels { [UInt8]($0) }, whole.width, whole.height, whole.bands
    )
    let resized = try small.withPixels { [UInt8]($0) }
    var worst = 0
    for y in 0..<small.height {
      for x in 0..<small.width where resized[(y * small.width + x) * bands + bands - 1] > 24 {
        for band in 0..<(bands - 1) {
          var (low, high) = (255, 0)
          for sy in max(0, 3 * y - 9)..<min(height, 3 * y + 12) {
            for sx in max(0, 3 * x - 9)..<min(width, 3 * x + 12) {
              let pixel = (sy * width + sx) * bands
              guard original[pixel + bands - 1] > 0 else { continue }
              low = min(low, Int(original[pixel + band]))
              high = max(high, Int(original[pixel + band]))
            }
          }
          let value = Int(resized[(y * small.width + x) * bands + band])
          // As far as it can be seen.
          let opacity = Int(resized[(y * small.width + x) * bands + bands - 1])
          if low <= high { worst = max(worst, (low - value) * opacity / 255, (value - high) * opacity / 255) }
        }
      }
    }
    return worst > 24 ? ["a fringe \(worst) darker or lighter than what is around it"] : []
  }
}
