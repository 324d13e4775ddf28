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
  /// The widest that the ladder wants. Where no variant is as wide, a source that is wider may itself be a candidate.
  package var widestRung = 1920
  /// The ladder.
  package var widths = [320, 640, 960, 1280, 1920]
  /// The folder of the variants.
  package var folder = "assets/optimized"
  /// Whether `style` attributes may be written; a site's own policy can forbid them.
  package var allowsStyle = true
  /// Whether the generator counts the words of a page's markup (Hugo, for its summaries), so that ours must not add any.
  package var countsMarkup = false

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
    /// Whether rules cap the image to what it stands in, so that `sizes` may say less than the image's own width.
    var isCapped = false
    /// Whether a rule may take the width away that an attribute gives the image.
    var mayIgnoreWidth = false
    /// The most CSS pixels in width that a rule may give an image whatever its attribute says.
    var widest = 0
    /// Whether a rule keeps an image with both attributes in shape, so that no `height:auto` is needed.
    var keepsShape = false
    /// Whether `auto` may stand first in `sizes`, where the image is lazy and has a width and a height.
    var allowsAuto = false
  }

  func slots(for reference: Reference, in post: Post) -> Slots {
    var slots = Slots(sizes: sizes.sizes(for: post, reference: reference))
    slots.measured = layouts.slot(of: reference, in: post)
    slots.allowsHints = layouts.hints(in: post) ?? true
    slots.display = reference.display
    guard post.dialect != .page, let theme else { return slots }
    slots.column = theme.columns[post.layout ?? ""]
    let layout = post.layout ?? ""
    (slots.isCapped, slots.keepsShape) = (theme.capped.contains(layout), theme.keepsShape.contains(layout))
    slots.mayIgnoreWidth = theme.mayIgnoreWidth
    slots.widest = theme.widest[ThemeFit.hintKey(scope: layout, attributes: reference.attributes)] ?? 0
    slots.allowsHints =
      layouts.hints(in: post) ?? theme.allowsHints(in: post, attributes: reference.attributes)
    if !allowsStyle, !slots.keepsShape { slots.allowsHints = false }
    slots.allowsAuto = theme.allowsAutoSizes
    return slots
  }
}
