import AssetModel
import VariantPlanner

/// What the pages of a built site let their images become, as the summary and its notes tell it.
enum PageMarkupFit {
  /// The form of most images and why it is that one, in place of what a theme's sources would say.
  static func fit(_ manifest: AssetManifest, options: PlanOptions) -> ThemeFit {
    var fit = ThemeFit()
    let images = candidates(manifest)
    let around = images.count { form($0.reference, $0.post, options) == .aroundTag }
    fit.form = around > 0 ? .picture : .srcset
    if images.isEmpty, manifest.references.contains(where: { $0.page?.rungs.isEmpty == false }) {
      fit.reason = "the generator's candidates gain what they lack"
    } else if images.isEmpty {
      fit.reason = "no page shows an image that may gain candidates"
    } else if around > 0 {
      fit.reason =
        "no rule and no script of the pages can tell of \(around) of \(images.count.counted("image")) whether one stands in a <picture>"
    } else {
      fit.reason = images.lazy.compactMap(\.reference.page?.pictureObstacle).first ?? "each page decides"
    }
    return fit
  }

  /// What generators made that gains nothing, because its candidates say how dense they are and not how wide.
  static func densities(_ manifest: AssetManifest) -> [Diagnostic] {
    let dense = manifest.references.filter {
      $0.page?.density != nil && $0.keptBecause == nil && $0.status == .local
    }
    guard let first = dense.min(by: { ($0.post, $0.range.start) < ($1.post, $1.range.start) }) else {
      return []
    }
    let lists = Set(dense.map { "\($0.post) \($0.page?.list?.start ?? 0)" }).count
    return [
      Diagnostic(
        .note, .referenceKept, file: first.post, line: first.line, column: first.column,
        message: "\(lists.counted("srcset stays", "srcset stay")) as the generator made "
          + "\(lists == 1 ? "it" : "them"): a list of densities (2x) cannot gain widths",
        advice: "have the generator write widths (640w) and sizes", figures: ["lists": Double(lists)])
    ]
  }

  /// One note for each reason why images get a `srcset` although a `<picture>` was wanted.
  static func notes(_ manifest: AssetManifest, options: PlanOptions) -> [Diagnostic] {
    guard options.markup == .picture else { return [] }
    var byReason: [String: [Reference]] = [:]
    for (reference, post) in candidates(manifest) where form(reference, post, options) == .tagAttributes {
      guard let reason = reference.page?.pictureObstacle else { continue }
      byReason[reason, default: []].append(reference)
    }
    return byReason.compactMap { reason, references in
      guard let first = references.min(by: { ($0.post, $0.range.start) < ($1.post, $1.range.start) }) else {
        return nil
      }
      let images = references.count.counted("image gets", "images get")
      return Diagnostic(
        .note, .referenceKept, file: first.post, line: first.line, column: first.column,
        message: "\(images) a srcset of \(options.srcsetFormat.title) and no <picture>: \(reason)",
        figures: ["images": Double(references.count)])
    }
  }

  /// What AVIF would save in a `srcset`, by what it saved where it was made beside WebP; nothing where that is not known.
  static func suggestion(_ manifest: AssetManifest, options: PlanOptions) -> [Diagnostic] {
    guard options.srcsetFormat == .webp, options.offersAVIF else { return [] }
    let alone = candidates(manifest).filter { form($0.reference, $0.post, options) == .tagAttributes }
    guard let first = alone.first?.reference else { return [] }
    let responsive = manifest.variants.filter { $0.purpose == .responsive }
    let webp = Dictionary(
      responsive.filter { $0.format == .webp }.map { ("\($0.source) \($0.width)", $0.bytes) },
      uniquingKeysWith: { first, _ in first })
    var (before, after) = (0, 0)
    for variant in responsive where variant.format == .avif {
      guard let bytes = webp["\(variant.source) \(variant.width)"] else { continue }
      (before, after) = (before + bytes, after + variant.bytes)
    }
    guard before > 0, Double(after) < 0.95 * Double(before) else { return [] }
    let saved = Int((100 * (1 - Double(after) / Double(before))).rounded())
    let images = alone.count.counted("image has", "images have")
    return [
      Diagnostic(
        .note, .referenceKept, file: first.post, line: first.line, column: first.column,
        message: "\(images) a srcset of WebP; AVIF took \(saved) % less where this run made both",
        advice: "set srcsetFormat: avif, which all browsers of today show",
        figures: ["percent": Double(saved)])
    ]
  }

  private static func candidates(_ manifest: AssetManifest) -> [(reference: Reference, post: Post)] {
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return manifest.references.compactMap { reference in
      guard reference.kind == .htmlImage, reference.status == .local, reference.obstacle == nil,
        reference.page?.sizeReason == nil, let post = posts[reference.post]
      else { return nil }
      return (reference, post)
    }
  }

  private static func form(_ reference: Reference, _ post: Post, _ options: PlanOptions) -> RewriteForm? {
    reference.form(in: post, preferring: options.markup, avoidsPicture: options.avoidsPicture)
  }
}
