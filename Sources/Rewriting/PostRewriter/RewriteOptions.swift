import AssetModel

/// What the user chose about the posts' new markup.
package struct RewriteOptions: Hashable, Sendable {
  /// The form that carries the candidates.
  package var markup = MarkupForm.srcset
  /// The format of a `srcset` without `<picture>`.
  package var srcsetFormat = ImageFormat.webp
  /// Whether the theme breaks around a `<picture>`, so that no dialect gets one.
  package var avoidsPicture = false
  /// The `sizes` attributes that the user wrote; where none fits, one is derived.
  package var sizes = SizesRules()
  /// What was measured of the site's pages. It counts before what the stylesheets say.
  package var layouts = MeasuredLayouts()
  /// What the site's stylesheets say; nil where they are not to count.
  package var theme: ThemeFit?
  /// The widest rung of the ladder. A source up to this width may itself be a candidate.
  package var widestRung = 1920
  /// The ladder.
  package var widths = [320, 640, 960, 1280, 1920]
  /// The folder of the variants.
  package var folder = "assets/optimized"

  package init() {}

  /// What an image is shown in.
  struct Slots: Hashable {
    /// The `sizes` attribute that the user wrote.
    var sizes: String?
    /// How wide such images were measured to be.
    var measured: MeasuredLayouts.Slot?
    /// How a built page shows the image.
    var display: ImageDisplay?
    /// How wide the stylesheets let an image be.
    var column: SlotWidths?
    /// Whether the image may gain a width and a height.
    var allowsHints = true
    /// Whether `auto` may stand first in `sizes`, where the image is lazy and has a width and a height.
    var allowsAuto = false
  }

  func slots(for place: Reference, in post: Post) -> Slots {
    var slots = Slots(sizes: sizes.sizes(for: post, reference: place))
    slots.measured = layouts.slot(of: place, in: post)
    slots.allowsHints = layouts.hints(in: post) ?? true
    slots.display = place.display
    guard post.dialect != .page, let theme else { return slots }
    slots.column = theme.columns[post.layout ?? ""]
    slots.allowsHints =
      layouts.hints(in: post) ?? !theme.unhinted.contains(ThemeFit.key(of: place.attributes))
    slots.allowsAuto = theme.allowsAutoSizes
    return slots
  }
}
