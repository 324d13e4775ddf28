import Manifest

/// Decides what is to be made: from what a site refers to, and what the user chose, to jobs for the workers.
package struct VariantPlanner: Sendable {
  private let options: PlanOptions

  package init(options: PlanOptions) { self.options = options }

  /// What a manifest's references need. Sources with the same bytes share one job.
  package func plan(_ manifest: AssetManifest) -> Plan {
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let bySource = Dictionary(grouping: manifest.references.filter { $0.status == .local }) {
      $0.source ?? ""
    }
    var plan = Plan()
    var jobs: [String: RenderJob] = [:]
    for source in manifest.sources.sorted(by: { $0.path < $1.path }) {
      let uses = Uses(references: bySource[source.path] ?? [], posts: posts, options: options)
      guard !uses.isEmpty, !source.path.hasPrefix(options.folder + "/") else { continue }
      if let reason = passThroughReason(source) {
        plan.problems.append(
          Problem(.note, .passedThrough, file: source.path, message: "left as it is: \(reason)"))
        continue
      }
      jobs[source.sha256, default: RenderJob(source: source, renditions: [])]
        .add(
          renditions(of: source, for: uses).map {
            var rendition = $0
            rendition.photograph = options.fitted(rendition.photograph, to: source)
            rendition.graphic = options.fitted(rendition.graphic, to: source)
            return rendition
          })
    }
    plan.jobs = jobs.values.sorted { $0.source.path < $1.source.path }
    return plan
  }

  /// Why a source is not processed; nil where it is.
  private func passThroughReason(_ source: Source) -> String? {
    switch source.format {
    case .svg: return "SVG is a vector format"
    case .ico: return "an icon file holds several images"
    case .avif, .bmp, .gif, .heic, .jp2, .jpeg, .jxl, .png, .tiff, .webp: break
    }
    if source.frames > 1 { return "it is animated (\(source.frames) frames)" }
    if source.width < 1 || source.height < 1 { return "its dimensions are unknown" }
    return nil
  }

  private func renditions(of source: Source, for uses: Uses) -> [Rendition] {
    var renditions: [Rendition] = []
    if !uses.forms.isEmpty {
      renditions = Ladder.rungs(sourceWidth: source.width, widths: options.widths).map { width in
        Rendition(
          width: width, height: Ladder.height(forWidth: width, of: (source.width, source.height)),
          purpose: .responsive, photograph: options.photographEncodings(for: uses.forms),
          graphic: options.graphicEncodings(for: uses.forms))
      }
    }
    if !source.format.isShownByBrowsers, uses.forms.contains(.srcset) {
      let width = min(source.width, options.widths.max() ?? source.width)
      renditions.append(
        Rendition(
          width: width, height: Ladder.height(forWidth: width, of: (source.width, source.height)),
          purpose: .fallback, photograph: [options.jpeg], graphic: [options.png]))
    }
    if uses.replacements.contains(.sameSize) {
      renditions.append(
        Rendition(
          width: source.width, height: source.height, purpose: .sameSize, photograph: [options.webp],
          graphic: [options.webpGraphic]))
    }
    switch uses.replacements.contains(.single) ? options.frontMatter : .keep {
    case .keep: break
    case .card: renditions.append(card(of: source))
    case .fit:
      let width = min(source.width, options.frontMatterWidth)
      renditions.append(
        Rendition(
          width: width, height: Ladder.height(forWidth: width, of: (source.width, source.height)),
          purpose: .single, photograph: [options.jpeg], graphic: [options.png]))
    }
    return renditions
  }

  /// The largest 1200:630 crop that fits without enlarging, at most 1200×630.
  private func card(of source: Source) -> Rendition {
    let scale = min(1, Double(source.width) / 1200, Double(source.height) / 630)
    return Rendition(
      width: max(1, Int((1200 * scale).rounded(.down))), height: max(1, Int((630 * scale).rounded(.down))),
      crop: .attention, purpose: .single, photograph: [options.jpeg], graphic: [options.jpeg])
  }
}

/// What a source's references want of it.
private struct Uses {
  /// The markup forms of the body images that show it.
  var forms: Set<MarkupForm> = []
  /// The single files that take its place elsewhere.
  var replacements: Set<Variant.Purpose> = []

  var isEmpty: Bool { forms.isEmpty && replacements.isEmpty }

  init(references: [Reference], posts: [String: Post], options: PlanOptions) {
    for reference in references {
      if let purpose = reference.replacement {
        if purpose != .single || options.frontMatter != .keep { replacements.insert(purpose) }
      } else if let post = posts[reference.post],
        let form = reference.form(in: post, preferring: options.markup)
      {
        if let markup = form.markup { forms.insert(markup) } else { replacements.insert(.sameSize) }
      }
    }
  }
}

/// What the planner decided.
package struct Plan: Hashable, Sendable {
  /// The jobs, by source path.
  package var jobs: [RenderJob] = []
  /// Sources that are left as they are, and why.
  package var problems: [Problem] = []

  package init() {}
}

extension RenderJob {
  /// Adds what is not wanted already; widest first, whatever the order of calls.
  fileprivate mutating func add(_ more: [Rendition]) {
    for rendition in more where !renditions.contains(rendition) { renditions.append(rendition) }
    renditions.sort { a, b in
      (b.width, b.height, a.purpose.rawValue) < (a.width, a.height, b.purpose.rawValue)
    }
  }
}
