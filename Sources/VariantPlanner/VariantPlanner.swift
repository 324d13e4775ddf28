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
      if let problem = excessiveFrames(of: source) {
        plan.problems.append(problem)
        continue
      }
      let wanted = renditions(of: source, for: uses)
      guard !wanted.isEmpty else {
        plan.problems.append(
          Problem(
            .note, .passedThrough, file: source.path,
            message: "left as it is: front matter keeps an animation's own file"))
        continue
      }
      jobs[source.sha256, default: RenderJob(source: source, renditions: [])].add(wanted)
    }
    plan.jobs = jobs.values.sorted { $0.source.path < $1.source.path }
    return plan
  }

  /// Why a source is not processed; nil where it is.
  private func passThroughReason(_ source: Source) -> String? {
    switch source.format {
    case .svg: return "SVG is a vector format"
    case .ico: return "an icon file holds several images"
    case .bmp, .jp2: return "\(source.format.rawValue.uppercased()) is not decoded"
    case .jxl: return "JPEG XL is chosen by the author on purpose"
    case .avif where source.frames > 1: return "AVIF sequences are not decoded (\(source.frames) frames)"
    case .avif, .gif, .heic, .jpeg, .png, .tiff, .webp: break
    }
    if source.frames > 1, source.content != .animation { return "it is animated (\(source.frames) frames)" }
    if source.width < 1 || source.height < 1 { return "its dimensions are unknown" }
    return nil
  }

  /// The warning about an animation that is too large to be decoded; nil for any other source.
  private func excessiveFrames(of source: Source) -> Problem? {
    let limit = options.maxAnimationPixels
    // Frames are counted in a file's header, which can say anything.
    let frame = source.width.multipliedReportingOverflow(by: source.height)
    let all = frame.partialValue.multipliedReportingOverflow(by: max(1, source.frames))
    let rows = source.height.multipliedReportingOverflow(by: max(1, source.frames))
    guard source.content == .animation,
      frame.overflow || all.overflow || all.partialValue > limit || rows.overflow
        || rows.partialValue > Self.mostStackedRows
    else { return nil }
    return Problem(
      .warning, .tooLarge, file: source.path,
      message:
        "left as it is: \(source.frames) frames of \(source.width)x\(source.height) pixels are more than the limit of"
        + " \(limit) pixels, or \(Self.mostStackedRows) rows",
      advice: "make it shorter or smaller, use a video, or raise maxPixels")
  }

  /// libvips holds an animation as one image, of at most this many rows (`VIPS_MAX_COORD`).
  private static let mostStackedRows = 10_000_000

  /// What is wanted of an animation: the ladder, or a file of the same size, as animated WebP. The one file that
  /// front matter names stays, because not every reader of it plays WebP.
  private func animatedRenditions(of source: Source, for uses: Uses) -> [Rendition] {
    let encodings = [options.webpAnimation]
    var renditions: [Rendition] = []
    if !uses.forms.isEmpty {
      renditions = Ladder.rungs(sourceWidth: source.width, widths: options.widths).map { width in
        Rendition(
          width: width, height: Ladder.height(forWidth: width, of: (source.width, source.height)),
          purpose: .responsive, photograph: encodings, graphic: encodings)
      }
    }
    if uses.replacements.contains(.sameSize) {
      renditions.append(
        Rendition(
          width: source.width, height: source.height, purpose: .sameSize, photograph: encodings,
          graphic: encodings))
    }
    return renditions
  }

  private func renditions(of source: Source, for uses: Uses) -> [Rendition] {
    if source.content == .animation { return animatedRenditions(of: source, for: uses) }
    var renditions: [Rendition] = []
    if !uses.forms.isEmpty {
      renditions = Ladder.rungs(sourceWidth: source.width, widths: options.widths).map { width in
        Rendition(
          width: width, height: Ladder.height(forWidth: width, of: (source.width, source.height)),
          purpose: .responsive, photograph: options.photographEncodings(for: uses.forms),
          graphic: options.graphicEncodings(for: uses.forms))
      }
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
