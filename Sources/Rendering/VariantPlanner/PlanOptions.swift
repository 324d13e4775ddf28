import AssetModel

/// The user's settings for the generated files.
package struct PlanOptions: Hashable, Sendable {
  /// What happens to the images that front-matter fields name.
  package enum FrontMatter: String, CaseIterable, Hashable, Sendable {
    /// One JPEG or PNG of the same shape, at most ``PlanOptions/frontMatterWidth`` wide.
    case fit
    /// One JPEG in the shape of ``Crop/card``.
    case card
    /// The field stays as it is.
    case keep
  }

  /// What is shown until an image has loaded.
  package enum Placeholder: String, CaseIterable, Codable, Hashable, Sendable {
    case none
    /// The image's dominant color as `background-color`.
    case color
    /// The image itself in a few pixels, as a `data:` URL of less than 400 bytes in `background-image`.
    case blur
  }

  /// The folder that variants are written to. What lies there already is nobody's source.
  package var folder = "assets/optimized"
  /// The ladder: candidate widths in pixels, ascending.
  package var widths = [320, 640, 960, 1280, 1920]
  /// Whether the rungs are chosen by what they weigh, up to the widest of ``widths``, rather than taken from ``widths``.
  package var picksRungs = false
  /// Whether a source's own width is a rung in any case, however near to another and however wide.
  package var keepsSourceWidth = false
  /// What is shown until an image has loaded.
  package var placeholder = Placeholder.none
  /// Whether edges are sharpened after an image was downscaled.
  package var sharpen = false
  /// The markup that the posts will carry, which decides the formats worth encoding.
  package var markup = MarkupForm.srcset
  /// Whether the theme breaks around a `<picture>`, so that no dialect gets one.
  package var avoidsPicture = false
  /// The one format of a `srcset` without `<picture>`.
  package var srcsetFormat = ImageFormat.webp
  /// The scores that lossy files are to meet; nil for the fixed qualities below.
  package var quality: QualityTarget? = .perceptual
  /// Those of the settings below whose quality was chosen by the user and counts in any case.
  package var fixed: [EncodingSettings] = []
  /// The encoders whose effort was chosen by the user.
  var chosenEfforts: Set<Encoder> = []
  /// Whether every variant is scored and its score recorded, even if the quality is fixed.
  package var scores = false
  /// AVIF for ``MarkupForm/picture``. Effort 3 is the knee of the measured curve: 6 % more bytes than effort 4
  /// for a third of the time.
  package var avif = EncodingSettings(format: .avif, loss: .lossy, quality: 50, effort: 3)
  /// Whether a ``MarkupForm/picture`` offers AVIF.
  package var offersAVIF = true
  /// AVIF for graphics and for anything with transparency: at equal quality their letters and thin lines need a
  /// higher number than photographs do (SSIMULACRA2 86 instead of 81 on screenshots at 640 px).
  package var avifGraphic = EncodingSettings(format: .avif, loss: .lossy, quality: 60, effort: 3)
  /// WebP for photographs; graphics use it losslessly where that is smaller.
  package var webp = EncodingSettings(format: .webp, loss: .lossy, quality: 75, effort: 4)
  /// WebP for graphics and for anything with transparency.
  package var webpGraphic = EncodingSettings(format: .webp, loss: .smallest, quality: 90, effort: 4)
  /// Animated WebP, the one format of animations. At 80 screen recordings and drawings score 78 to 90 (SSIMULACRA2),
  /// dithered and filmed frames, where the noise is what differs, 52 to 66; 85 scores 3 more for a quarter more bytes.
  package var webpAnimation = EncodingSettings(format: .webp, loss: .smallest, quality: 80, effort: 4)
  /// The most pixels in all frames of an animation together, which is what the time for it depends on.
  package var maxAnimationPixels = 2_000_000_000
  /// The fallback of photographs.
  package var jpeg = EncodingSettings(format: .jpeg, loss: .lossy, quality: 75)
  /// The fallback of graphics and of anything with transparency.
  package var png = EncodingSettings(format: .png, loss: .smallest)
  /// JPEG XL for ``MarkupForm/picture``; nil for none, since only one browser shows it.
  package var jxl: EncodingSettings?
  /// What happens to the images that front-matter fields name.
  package var frontMatter = FrontMatter.fit
  /// The largest width of ``FrontMatter/fit``.
  package var frontMatterWidth = 1280

  /// The space of the colors of AVIF and WebP files whose sources reach beyond sRGB.
  package var color = EncodingSettings.Color.srgb
  /// What metadata the files keep.
  package var metadata = EncodingSettings.Metadata.none

  package init() {}

  /// Settings for a source: its wide colors and its credit are retained if that is wanted, it has any, and the format
  /// supports them. JPEG and PNG stay in sRGB, which readers without color management show right.
  func fitted(_ settings: [EncodingSettings], to source: Source) -> [EncodingSettings] {
    settings.map { settings in
      var settings = settings
      if color == .p3, source.wideGamut, [.avif, .webp].contains(settings.format) { settings.color = .p3 }
      if metadata == .copyright, source.credit != nil { settings.metadata = .copyright }
      return settings
    }
  }

  /// The formats of a photograph's candidates in the given markup forms, preferred first.
  ///
  /// - Parameters:
  ///   - withFallback: whether the format that every reader knows must be among them.
  ///   - further: formats that are wanted in any case.
  package func photographEncodings(
    for forms: Set<MarkupForm>, withFallback: Bool = false, further: Set<ImageFormat> = []
  ) -> [EncodingSettings] {
    photograph(
      encodings(
        for: forms, all: [jxl, offersAVIF ? avif : nil, webp].compactMap(\.self), fallback: jpeg,
        withFallback: withFallback, further: further))
  }

  /// The formats of a graphic's candidates in the given markup forms, preferred first.
  ///
  /// - Parameters:
  ///   - withFallback: whether the format that every reader knows must be among them.
  ///   - further: formats that are wanted in any case.
  package func graphicEncodings(
    for forms: Set<MarkupForm>, withFallback: Bool = false, further: Set<ImageFormat> = []
  ) -> [EncodingSettings] {
    graphic(
      encodings(
        for: forms, all: [jxl, offersAVIF ? avifGraphic : nil, webpGraphic].compactMap(\.self), fallback: png,
        withFallback: withFallback, further: further))
  }

  /// Settings for photographs.
  package func photograph(_ settings: [EncodingSettings]) -> [EncodingSettings] {
    settings.meeting(quality?.photograph, except: fixed)
  }

  /// Settings for graphics.
  package func graphic(_ settings: [EncodingSettings]) -> [EncodingSettings] {
    settings.meeting(quality?.graphic, except: fixed)
  }

  /// A `<picture>` takes every format; a `srcset` takes the chosen one, or the fallback where the chosen one is JPEG
  /// or PNG, of which each kind of image has only one.
  private func encodings(
    for forms: Set<MarkupForm>, all: [EncodingSettings], fallback: EncodingSettings, withFallback: Bool,
    further: Set<ImageFormat>
  ) -> [EncodingSettings] {
    if forms.contains(.picture) { return all + [fallback] }
    var formats = further
    if forms.contains(.srcset) {
      formats.insert(all.contains { $0.format == srcsetFormat } ? srcsetFormat : fallback.format)
    }
    if withFallback, !formats.isEmpty { formats.insert(fallback.format) }
    return (all + [fallback]).filter { formats.contains($0.format) }
  }
}
