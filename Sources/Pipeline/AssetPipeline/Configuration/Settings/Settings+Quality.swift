import AssetModel
import VariantPlanner

extension Settings {
  /// How good and how small the new files are.
  static let quality: [Setting] = [
    Setting(
      "quality", .any([.choice(QualityName.allCases), .integer(1...100), .mapping(scores)]),
      """
      How good the lossy files are.
      perceptual: the lowest quality of each image and format whose SSIMULACRA2 score meets 70 for photographs and 80 for
      graphics; high asks for 80 of both, visually-lossless for 90. {photograph: 75, graphic: 85} asks for scores of your own.
      fixed: one quality for every image: AVIF 50 (graphics 60), WebP 75 (graphics 90), JPEG 75. A number from 1 to 100: that
      number for every format.
      """,
      example: """
        quality: perceptual
        """),
    Setting(
      "scores", .boolean,
      """
      Whether every new file is looked at and its SSIMULACRA2 score put into the manifest. Where a score is asked for above,
      it is known anyway.
      """,
      example: """
        scores: false
        """),
    Setting(
      "effort", .choice(Effort.allCases),
      """
      How much time the encoders take for fewer bytes at the same score: fast (AVIF effort 2, WebP 2), balanced (3 and 4) or
      small (4 and 6). Against balanced, AVIF takes 0.6 times the time for 11 % more bytes, or 2.8 times for 5 % less; WebP
      half for 2 % more, or twice for 3 % less. --effort overrides it.
      """,
      example: """
        effort: balanced
        """),
    Setting(
      "formats", .mapping(formats),
      """
      How each format is encoded. Names and ranges are libvips' own. A quality or an effort here is that format's, whatever
      stands above: avif: {quality: 50, effort: 3}. A line jxl: {quality: 75, effort: 5} adds JPEG XL to every <picture>, and
      avif: none leaves AVIF out of it. read: [jp2, jxl] has JPEG 2000 and JPEG XL images read, which are left as they are
      where libvips calls its own reader unfit for files of strangers, as 8.14 does of both.
      """,
      example: """
        formats:
          avif: {}
          webp: {loss: lossy}
          # Screenshots, diagrams and anything transparent. loss is WebP's alone: lossy, lossless, near-lossless (the quality
          # says how near, 100 being lossless), or smaller: lossless, or lossy where that is smaller.
          avifGraphic: {}
          # smartSubsample (WebP alone, photographs false) fits the halved chroma to the pixels: thin colored lines stay clean,
          # and a lossy file takes up to twice as long.
          webpGraphic: {loss: smaller, smartSubsample: true}
          # Animated GIF, APNG and WebP: as above, at a quality of 80.
          webpAnimation: {loss: smaller}
          jpeg: {}
          # smaller: a palette where nobody sees the difference and that is smaller. lossless: every pixel is kept.
          png: {loss: smaller}
        """),
    Setting(
      "color", .choice(EncodingSettings.Color.allCases),
      """
      The colors of the new files. srgb: every image is converted, and no file needs a profile. p3: AVIF and WebP files
      of images with a wide-gamut profile (Display P3, Adobe RGB and the like) are in Display P3 with its profile, which
      costs about a kilobyte a file; JPEG and PNG stay in sRGB.
      """,
      example: """
        color: srgb
        """),
    Setting(
      "metadata", .choice(EncodingSettings.Metadata.allCases),
      """
      What the new files say about the picture. none: nothing. copyright: who made it and whose it is, from EXIF, XMP or
      IPTC; positions, serial numbers and whatever else a camera notes are never kept.
      """,
      example: """
        metadata: none
        """),
    Setting(
      "privacy", .choice(Privacy.allCases),
      """
      The position in originals that stay published, because a src or a link names them. remove: the copy of an original
      does not say where it was taken; every other byte is as it was. In place, where originals are not changed, each that
      says it is a warning. keep: originals are published as they are. New files never say it.
      """,
      example: """
        privacy: remove
        """),
  ]

  /// The scores that are asked for.
  static let scores: [Setting] = [
    Setting("photograph", .number(30...95), "The SSIMULACRA2 score of photographs."),
    Setting("graphic", .number(30...95), "The SSIMULACRA2 score of graphics."),
  ]

  /// The formats whose readers some libvips calls untrusted.
  static let readable = [ImageFormat.jp2, .jxl]

  private static let formats: [Setting] = [
    Setting(
      "read", .list(.choice(readable)),
      "Formats that are read although libvips calls its reader unfit for files of strangers."),
    Setting(
      "avif", .any([.constant("none"), .mapping(encoder(effort: 0...9))]),
      "Photographs in AVIF; none leaves it out."),
    Setting("avifGraphic", .mapping(encoder(effort: 0...9)), "Graphics in AVIF."),
    Setting(
      "webp", .mapping(encoder(effort: 0...6, EncodingSettings.Compression.allCases, isWebP: true)),
      "Photographs in WebP."),
    Setting(
      "webpGraphic", .mapping(encoder(effort: 0...6, EncodingSettings.Compression.allCases, isWebP: true)),
      "Graphics in WebP."),
    Setting(
      "webpAnimation", .mapping(encoder(effort: 0...6, EncodingSettings.Compression.allCases, isWebP: true)),
      "Animations in WebP."),
    Setting("jpeg", .mapping(encoder(effort: nil)), "Photographs that every browser reads."),
    Setting(
      "png", .mapping(encoder(effort: 1...10, [.lossy, .lossless, .smallest])),
      "Graphics that every browser reads."),
    Setting("jxl", .mapping(encoder(effort: 3...9)), "JPEG XL, which is made only where this is set."),
  ]

  private static func encoder(
    effort: ClosedRange<Int>?, _ losses: [EncodingSettings.Compression] = [], isWebP: Bool = false
  ) -> [Setting] {
    var settings = [Setting("quality", .integer(1...100), "The encoder's quality.")]
    if let effort { settings.append(Setting("effort", .integer(effort), "The encoder's effort.")) }
    if isWebP { settings.append(Setting("smartSubsample", .boolean, "Fit the halved chroma to the pixels.")) }
    if !losses.isEmpty { settings.append(Setting("loss", .choice(losses), "What may be lost.")) }
    return settings
  }
}
