import AssetModel

/// Plans the variants: turns the site's references and the user's settings into jobs for the workers.
package struct VariantPlanner: Sendable {
  let options: PlanOptions

  package init(options: PlanOptions) { self.options = options }

  /// What a manifest's references need. Sources with the same bytes share one job.
  package func plan(_ manifest: AssetManifest) -> Plan {
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let bySource = Dictionary(grouping: manifest.references.filter { $0.status == .local }) {
      $0.source ?? ""
    }
    var plan = Plan()
    let unopened = Set(manifest.problems.lazy.filter { $0.rule == .notShown }.map(\.file))
    for same in Dictionary(grouping: manifest.sources, by: \.sha256).values {
      let sources = same.sorted { $0.path < $1.path }.filter { !$0.path.hasPrefix(options.folder + "/") }
      var wanted: [Source] = []
      var uses = Uses()
      for source in sources {
        let references = bySource[source.path] ?? []
        let here = Uses(references: references, posts: posts, options: options)
        guard !here.isEmpty else { continue }
        if let reason = passThroughReason(source) {
          // A file that was not opened has its warning already.
          guard !unopened.contains(source.path) else { continue }
          plan.problems.append(
            Diagnostic(
              source.leftAlone == nil ? .note : .warning, .passedThrough, file: source.path,
              message: "left as it is: \(reason)"))
          continue
        }
        wanted.append(source)
        uses.add(here)
        plan.problems += uses.addContent(of: references)
      }
      guard let first = wanted.first else { continue }
      if let problem = excessiveFrames(of: first) {
        plan.problems.append(problem)
        continue
      }
      var job = RenderJob(source: first, renditions: renditions(of: first, for: uses), content: uses.content)
      guard !job.renditions.isEmpty else {
        plan.problems.append(
          Diagnostic(
            .note, .passedThrough, file: first.path,
            message: "left as it is: front matter keeps an animation's own file"))
        continue
      }
      if first.content == .animation {
        // An animation is encoded in one way, whatever the options for still images.
        job.content = nil
        plan.jobs.append(job)
        continue
      }
      job.placeholder = options.placeholder
      job.scores = options.scores
      for index in job.renditions.indices {
        job.renditions[index].sharpen = options.sharpen
        job.renditions[index].photograph = options.fitted(job.renditions[index].photograph, to: first)
        job.renditions[index].graphic = options.fitted(job.renditions[index].graphic, to: first)
      }
      plan.jobs.append(job)
    }
    plan.jobs.sort { $0.source.path < $1.source.path }
    plan.problems.sort()
    return plan
  }

  /// Why a source is not processed; nil where it is.
  func passThroughReason(_ source: Source) -> String? {
    switch source.format {
    case .svg: return "SVG is a vector format"
    case .ico: return "an icon file holds several images"
    case .jxl where source.frames > 1: return "JPEG XL animations are not decoded"
    case .avif where source.frames > 1: return "AVIF sequences are not decoded (\(source.frames) frames)"
    case .avif, .bmp, .gif, .heic, .jp2, .jpeg, .jxl, .png, .tiff, .webp: break
    }
    if source.frames > 1, source.content != .animation { return "it is animated (\(source.frames) frames)" }
    if let reason = source.leftAlone { return reason }
    if source.width < 1 || source.height < 1 { return "its dimensions are unknown" }
    return nil
  }

  /// The warning about an animation that is too large to be decoded; nil for any other source.
  private func excessiveFrames(of source: Source) -> Diagnostic? {
    let limit = options.maxAnimationPixels
    // Frames are counted in a file's header, which can say anything.
    let frame = source.width.multipliedReportingOverflow(by: source.height)
    let all = frame.partialValue.multipliedReportingOverflow(by: max(1, source.frames))
    let rows = source.height.multipliedReportingOverflow(by: max(1, source.frames))
    guard source.content == .animation,
      frame.overflow || all.overflow || all.partialValue > limit || rows.overflow
        || rows.partialValue > Self.mostStackedRows
    else { return nil }
    return Diagnostic(
      .warning, .tooLarge, file: source.path,
      message:
        "left as it is: \(source.frames) frames of \(source.width)x\(source.height) pixels are more than the limit of"
        + " \(limit) pixels in all frames, twenty times maxPixels, or \(Self.mostStackedRows) rows",
      advice: "make it shorter or smaller, use a video, or raise maxPixels")
  }

  /// libvips holds an animation as one image, of at most this many rows (`VIPS_MAX_COORD`).
  private static let mostStackedRows = 10_000_000

  /// What is wanted of an animation: the ladder, or a file of the same size, as animated WebP. The one file that
  /// front matter names stays, because not every reader of it plays WebP.
  private func animatedRenditions(of source: Source, for uses: Uses) -> [Rendition] {
    let encodings = [options.webpAnimation]
    var renditions: [Rendition] = []
    if !uses.shapes.isEmpty {
      renditions = Ladder.rungs(
        sourceWidth: source.width, widths: options.widths, keepingSourceWidth: options.keepsSourceWidth
      ).map { width in
        let size = Ladder.size(near: width, of: (source.width, source.height))
        return Rendition(
          width: size.width, height: size.height, purpose: .responsive, photograph: encodings,
          graphic: encodings)
      }
    }
    if !uses.sameSize.isEmpty || !uses.narrower.isEmpty {
      renditions.append(
        Rendition(
          width: source.width, height: source.height, purpose: .sameSize, photograph: encodings,
          graphic: encodings))
    }
    return renditions
  }

  /// Everything that is wanted of a source, widest first.
  private func renditions(of source: Source, for uses: Uses) -> [Rendition] {
    if source.content == .animation { return animatedRenditions(of: source, for: uses) }
    let responsive = uses.shapes.flatMap { crop, use in ladder(of: source, crop, for: use) }
    let sameSize = uses.sameSize.map { crop in
      single(
        of: source, crop, atMost: .max, purpose: .sameSize, photograph: options.webp,
        graphic: options.webpGraphic)
    }
    let sameFormat = uses.sameFormat.map { crop in
      single(
        of: source, crop, atMost: .max, purpose: .sameFormat, photograph: options.jpeg, graphic: options.png)
    }
    let whole: Set<Int> = uses.sameSize.contains(nil) ? [source.width] : []
    let narrower = Set(uses.narrower.map { min($0, source.width) }).subtracting(whole).sorted().map { width in
      single(
        of: source, nil, atMost: width, purpose: .sameSize, photograph: options.webp,
        graphic: options.webpGraphic)
    }
    let wholeFormat: Set<Int> = uses.sameFormat.contains(nil) ? [source.width] : []
    let narrowerFormat = Set(uses.narrowerFormat.map { min($0, source.width) }).subtracting(wholeFormat)
      .sorted().map { width in
        single(
          of: source, nil, atMost: width, purpose: .sameFormat, photograph: options.jpeg, graphic: options.png
        )
      }
    let singles = uses.singles.map { crop in
      // A card is shown on grounds of any color by programs that need not know of transparency.
      single(
        of: source, crop, atMost: crop == nil ? options.frontMatterWidth : .max, purpose: .standalone,
        photograph: options.jpeg, graphic: crop == .card ? options.jpeg : options.png)
    }
    var fallbacks: [Rendition] = []
    if !source.format.isShownByBrowsers,
      uses.shapes[nil].map({ $0.forms.contains(.srcset) || $0.isAround }) == true
    {
      fallbacks.append(
        single(
          of: source, nil, atMost: options.widths.max() ?? .max, purpose: .fallback, photograph: options.jpeg,
          graphic: options.png))
    }
    let all =
      responsive + sameSize + narrower + sameFormat + narrowerFormat + singles + fallbacks
      + upright(responsive, of: source)
    return all.sorted(by: Self.isWider)
  }

  /// What may end the lists of a source that cannot end them itself. A picture that is much wider than the ladder needs none:
  /// the widest rung has so much fewer pixels that it is smaller.
  private func upright(_ ladder: [Rendition], of source: Source) -> [Rendition] {
    let whole = ladder.filter { $0.crop == nil }
    guard !source.canBeCandidate, source.format.isShownByBrowsers,
      let widest = whole.max(by: { $0.width < $1.width }),
      2 * source.width <= 3 * widest.width,
      !widest.photograph.contains(where: { $0.format == options.jpeg.format })
    else { return [] }
    return [
      single(
        of: source, nil, atMost: widest.width, purpose: .upright, photograph: options.jpeg,
        graphic: options.png)
    ]
  }

  /// The candidates of one shape.
  private func ladder(of source: Source, _ crop: Crop?, for use: Uses.Shape) -> [Rendition] {
    let sourceSize = (width: source.width, height: source.height)
    let full = crop?.size(of: sourceSize) ?? sourceSize
    // The page's `src` shows the crop as well, in a format that every reader knows: one file, of the widest rung.
    let widths = use.forms.isEmpty && !use.isAround ? [] : rungs(full.width)
    let renditions = widths.enumerated().map { index, width in
      let hasFallback = index == 0 && crop != nil
      let size = Ladder.size(near: width, of: full)
      var rendition = Rendition(
        width: size.width, height: size.height, crop: crop, media: use.media, purpose: .responsive,
        photograph: options.photographEncodings(
          for: use.forms, withFallback: hasFallback, further: use.aroundFormats),
        graphic: options.graphicEncodings(
          for: use.forms, withFallback: hasFallback, further: use.aroundFormats))
      if options.picksRungs { rendition.choice = index }
      return rendition
    }
    return renditions + single(use.rungs, of: full, crop, beside: renditions)
  }

  /// The candidates that lists of a generator's lack, which are asked for one by one.
  private func single(
    _ rungs: Set<PageUse.Rung>, of full: (width: Int, height: Int), _ crop: Crop?,
    beside renditions: [Rendition]
  ) -> [Rendition] {
    guard crop == nil else { return [] }
    return Dictionary(grouping: rungs, by: \.width).sorted { $0.key > $1.key }.compactMap { width, rungs in
      let size = Ladder.size(near: min(width, full.width), of: full)
      let existing = renditions.first { $0.width == size.width }
      let formats = Set(rungs.map(\.format)).subtracting((existing?.photograph ?? []).map(\.format))
      guard !formats.isEmpty else { return nil }
      return Rendition(
        width: size.width, height: size.height, purpose: .responsive,
        photograph: options.photographEncodings(for: [], further: formats),
        graphic: options.graphicEncodings(for: [], further: formats))
    }
  }

  private func rungs(_ width: Int) -> [Int] {
    guard options.picksRungs else {
      return Ladder.rungs(
        sourceWidth: width, widths: options.widths, keepingSourceWidth: options.keepsSourceWidth)
    }
    return Ladder.choices(sourceWidth: width, top: options.widths.max() ?? width)
  }

  /// One file of a shape.
  private func single(
    of source: Source, _ crop: Crop?, atMost limit: Int, purpose: Variant.Purpose,
    photograph: EncodingSettings, graphic: EncodingSettings
  ) -> Rendition {
    let sourceSize = (width: source.width, height: source.height)
    let full = crop?.size(of: sourceSize) ?? sourceSize
    let size = Ladder.size(near: min(full.width, limit), of: full)
    return Rendition(
      width: size.width, height: size.height, crop: crop, purpose: purpose,
      photograph: options.photograph([photograph]), graphic: options.graphic([graphic]))
  }
}

/// What references want of one image.
private struct Uses {
  /// Where a shape is offered as candidates.
  struct Shape {
    /// The markup forms of the body images that show it.
    var forms: Set<MarkupForm> = []
    /// The media queries that it is for.
    var media: [String] = []
    /// Whether a `<picture>` is put around the tag, which itself stays.
    var isAround = false
    /// Candidates that are asked for one by one.
    var rungs: Set<PageUse.Rung> = []

    /// The formats of a `<picture>` around a tag.
    var aroundFormats: Set<ImageFormat> { isAround ? [.jxl, .avif, .webp] : [] }
  }

  /// The shapes that are wanted as candidates; nil is the image's own.
  var shapes: [Crop?: Shape] = [:]
  /// The shapes that are wanted as a single file that replaces the source.
  var sameSize: Set<Crop?> = []
  /// The same as JPEG or PNG.
  var sameFormat: Set<Crop?> = []
  /// The widths in pixels that are wanted of a single file that replaces the source.
  var narrower: Set<Int> = []
  /// The same as JPEG or PNG.
  var narrowerFormat: Set<Int> = []
  /// The shapes that are wanted as a single file.
  var singles: Set<Crop?> = []
  /// The content class requested by the first reference that states one.
  var content: Source.Content?

  var isEmpty: Bool {
    shapes.isEmpty && sameSize.isEmpty && narrower.isEmpty && narrowerFormat.isEmpty && sameFormat.isEmpty
      && singles.isEmpty
  }

  init() {}

  init(references: [Reference], posts: [String: Post], options: PlanOptions) {
    for reference in references {
      let crop = reference.imageOverride?.crop
      if let rungs = reference.page?.rungs, !rungs.isEmpty {
        shapes[nil, default: Shape()].rungs.formUnion(rungs)
      }
      switch reference.replacement {
      case .standalone:
        if crop != nil || options.frontMatter != .keep { singles.insert(crop) }
      case .sameSize:
        // A tag's path is what feeds print, not all of whose readers show the newer formats.
        let keepsFormat = reference.kind == .templateTag && posts[reference.post]?.keepsFormat == true
        switch (reference.neededWidth, keepsFormat) {
        case (let width?, true): narrowerFormat.insert(width)
        case (let width?, false): narrower.insert(width)
        case (nil, true): sameFormat.insert(nil)
        case (nil, false): sameSize.insert(nil)
        }
      case .fallback, .responsive, .sameFormat, .upright: break
      case nil:
        guard let post = posts[reference.post],
          let form = reference.form(
            in: post, preferring: options.markup, avoidsPicture: options.avoidsPicture)
        else { continue }
        guard let markup = form.markup else {
          if post.keepsFormat == true { sameFormat.insert(crop) } else { sameSize.insert(crop) }
          continue
        }
        if form == .aroundTag {
          shapes[crop, default: Shape()].isAround = true
        } else {
          shapes[crop, default: Shape()].forms.insert(markup)
        }
        for artDirection in reference.imageOverride?.artDirection ?? [] where markup == .picture {
          add(Shape(forms: [markup], media: [artDirection.media]), of: artDirection.crop)
        }
      }
    }
  }

  /// Takes in what other files with the same bytes are wanted for.
  mutating func add(_ other: Uses) {
    for (crop, shape) in other.shapes { add(shape, of: crop) }
    sameSize.formUnion(other.sameSize)
    sameFormat.formUnion(other.sameFormat)
    narrower.formUnion(other.narrower)
    narrowerFormat.formUnion(other.narrowerFormat)
    singles.formUnion(other.singles)
  }

  private mutating func add(_ shape: Shape, of crop: Crop?) {
    var all = shapes[crop] ?? Shape()
    all.forms.formUnion(shape.forms)
    all.rungs.formUnion(shape.rungs)
    all.isAround = all.isAround || shape.isAround
    all.media = Set(all.media + shape.media).sorted()
    shapes[crop] = all
  }

  /// Takes the content class that references request.
  ///
  /// - Returns: a warning for each reference that requests another class than an earlier one: an image is encoded in
  ///   one way for all of them.
  mutating func addContent(of references: [Reference]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for reference in references {
      guard let requested = reference.imageOverride?.content else { continue }
      let chosen = content ?? requested
      content = chosen
      guard requested != chosen else { continue }
      problems.append(
        Diagnostic(
          .warning, .badAttribute, file: reference.post, line: reference.line, column: reference.column,
          message:
            "\(reference.url) is taken for a \(chosen.rawValue), as another place asks for, and not for"
            + " a \(requested.rawValue)",
          advice: "ask for the same in all places"))
    }
    return problems
  }
}

/// What the planner decided.
package struct Plan: Hashable, Sendable {
  /// The jobs, by source path.
  package var jobs: [RenderJob] = []
  /// Sources that are left as they are, and why.
  package var problems: [Diagnostic] = []

  package init() {}
}
