import Manifest

/// What the user chose about the files to be made.
package struct PlanOptions: Hashable, Sendable {
  /// What happens to the images that front-matter fields name.
  package enum FrontMatter: String, CaseIterable, Hashable, Sendable {
    /// One JPEG or PNG of the same shape, at most ``PlanOptions/frontMatterWidth`` wide.
    case fit
    /// One JPEG of 1200×630, the size that social cards are shown at (Open Graph, Twitter: 1.91:1).
    case card
    /// The field stays as it is.
    case keep
  }

  /// The folder that variants are written to. What lies there already is nobody's source.
  package var folder = "assets/optimized"
  /// The ladder: candidate widths in pixels, ascending.
  package var widths = [320, 640, 960, 1280, 1920]
  /// The markup that the posts will carry, which decides the formats worth encoding.
  package var markup = MarkupForm.srcset
  /// The one format of a `srcset` without `<picture>`.
  package var srcsetFormat = ImageFormat.webp
  /// AVIF for ``MarkupForm/picture``. Effort 3 is the knee of the measured curve: 6 % more bytes than effort 4
  /// for a third of the time.
  package var avif = EncodingSettings(format: .avif, loss: .lossy, quality: 50, effort: 3)
  /// AVIF for graphics and for anything with transparency: at equal quality their letters and thin lines need a
  /// higher number than photographs do (SSIMULACRA2 86 instead of 81 on screenshots at 640 px).
  package var avifGraphic = EncodingSettings(format: .avif, loss: .lossy, quality: 60, effort: 3)
  /// WebP for photographs; graphics use it losslessly where that is smaller.
  package var webp = EncodingSettings(format: .webp, loss: .lossy, quality: 75, effort: 4)
  /// WebP for graphics and for anything with transparency.
  package var webpGraphic = EncodingSettings(format: .webp, loss: .smaller, quality: 90, effort: 4)
  /// Animated WebP, the one format of animations. At 80 screen recordings and drawings score 78 to 90 (SSIMULACRA2),
  /// dithered and filmed frames, where the noise is what differs, 52 to 66; 85 scores 3 more for a quarter more bytes.
  package var webpAnimation = EncodingSettings(format: .webp, loss: .smaller, quality: 80, effort: 4)
  /// The most pixels in all frames of an animation together: a whole rung is in memory while it is encoded.
  package var maxAnimationPixels = 100_000_000
  /// The fallback of photographs.
  package var jpeg = EncodingSettings(format: .jpeg, loss: .lossy, quality: 75)
  /// The fallback of graphics and of anything with transparency.
  package var png = EncodingSettings(format: .png, loss: .lossless)
  /// What happens to the images that front-matter fields name.
  package var frontMatter = FrontMatter.fit
  /// The largest width of ``FrontMatter/fit``.
  package var frontMatterWidth = 1280

  package init() {}

  /// The formats of a photograph's candidates in the given markup forms, preferred first.
  package func photographEncodings(for forms: Set<MarkupForm>) -> [EncodingSettings] {
    encodings(for: forms, all: [avif, webp, jpeg])
  }

  /// The formats of a graphic's candidates in the given markup forms, preferred first.
  package func graphicEncodings(for forms: Set<MarkupForm>) -> [EncodingSettings] {
    encodings(for: forms, all: [avifGraphic, webpGraphic, png])
  }

  /// A `<picture>` takes every format; a `srcset` takes the chosen one, or the fallback (the last) where the
  /// chosen one is JPEG or PNG, of which each kind of image has only one.
  private func encodings(for forms: Set<MarkupForm>, all: [EncodingSettings]) -> [EncodingSettings] {
    if forms.contains(.picture) { return all }
    guard forms.contains(.srcset) else { return [] }
    return (all.first { $0.format == srcsetFormat } ?? all.last).map { [$0] } ?? []
  }
}
