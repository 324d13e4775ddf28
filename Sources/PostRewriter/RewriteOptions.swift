import Manifest

/// What the user chose about the posts' new markup.
package struct RewriteOptions: Hashable, Sendable {
  /// The form that carries the candidates.
  package var markup = MarkupForm.srcset
  /// The format of a `srcset` without `<picture>`.
  package var srcsetFormat = ImageFormat.webp
  /// The `sizes` attribute of every image; nil derives one that keeps each image's own width.
  package var sizes: String?
  /// The widest rung of the ladder. A source up to this width may itself be a candidate.
  package var widestRung = 1920

  package init() {}
}
