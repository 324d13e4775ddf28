import AssetModel

/// Applies the lints to what a site weighs.
package struct LintCheck {
  /// A larger waste than this is told, in bytes: `BYTE_SAVINGS_THRESHOLD` of Chromium's
  /// `front_end/models/trace/insights/ImageDelivery.ts` (DevTools), which Lighthouse 13 judges images by; until 12 it was
  /// `IGNORE_THRESHOLD_IN_BYTES` of Lighthouse's own `core/audits/byte-efficiency/uses-responsive-images.js`.
  package static let wastedBytes = 4_096
  /// The same for a `<picture>` or an image with `srcset`: `BYTE_SAVINGS_THRESHOLD_RESPONSIVE_BREAKPOINTS` there.
  package static let wastedBytesWithBreakpoints = 12_288
  /// A heavier GIF is told, in bytes. `GIF_SIZE_THRESHOLD` there is 100 * 1024; the rule here is the round number that
  /// people remember.
  package static let heavyGIF = 100_000
  /// How many times wider than its slot a file has to be on every device.
  package static let oversizedFactor = 2.0

  private let levels: [Diagnostic.Rule: Diagnostic.Severity]
  private let weight: SiteWeight
  private let files: [String: PublishedImage]

  /// - Parameters:
  ///   - levels: how much each lint matters; one that is left out keeps quiet.
  package init(_ weight: SiteWeight, levels: [Diagnostic.Rule: Diagnostic.Severity]) {
    self.weight = weight
    self.levels = levels
    files = Dictionary(weight.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Everything that the lints have to say, in the order of pages, then of files.
  package func findings() -> [Diagnostic] {
    weight.pages.flatMap { page in page.images.flatMap { findings($0, on: page) } }
      + severalSizes() + weight.files.flatMap(findings) + duplicates()
  }

  private func make(
    _ lint: Diagnostic.Rule, _ file: String, _ image: PlacedImage? = nil, _ message: String, _ advice: String,
    _ figures: [String: Double] = [:]
  ) -> Diagnostic? {
    levels[lint].map {
      Diagnostic(
        $0, lint, file: image?.writtenIn ?? file, line: image?.line, column: image?.column, message: message,
        advice: advice, figures: figures)
    }
  }

  private func findings(_ image: PlacedImage, on page: PageWeight) -> [Diagnostic] {
    if image.isMissing {
      return [
        make(
          .missingFile, page.path, image, "\(image.url) leads to no file", "correct the path or add the file")
      ]
      .compactMap(\.self)
    }
    guard image.role == .content else { return [] }
    var findings: [Diagnostic?] = [oversized(image, on: page), wasted(image, on: page)]
    if image.hasDimensions == false {
      findings.append(
        make(
          .noDimensions, page.path, image,
          "\(image.url) has no width and height, so that the text jumps as it loads",
          "write the file's own width and height"))
    }
    // Of an image whose markup a generator makes nobody knows what it will say.
    if image.alt == nil, image.hasDimensions != nil {
      findings.append(
        make(
          .missingAlt, page.path, image, "\(image.url) has no alt text",
          "describe it, or write alt=\"\" for a decoration"))
    } else if image.alt == "" {
      findings.append(
        make(
          .emptyAlt, page.path, image, "\(image.url) has an empty alt text",
          "describe it unless it is a decoration"))
    }
    return findings.compactMap(\.self)
  }

  private func oversized(_ image: PlacedImage, on page: PageWeight) -> Diagnostic? {
    guard !image.downloads.isEmpty else { return nil }
    var least = Double.infinity
    var widest = 0.0
    var figures: [String: Double] = [:]
    for device in weight.devices {
      guard let download = image.downloads[device.name] else { continue }
      guard let pixels = download.pixels, let slot = download.slot, slot > 0 else { return nil }
      let needed = slot * device.density
      least = min(least, Double(pixels) / needed)
      if needed > widest {
        widest = needed
        figures = ["pixels": Double(pixels), "needed": needed.rounded(.up), "bytes": Double(download.bytes)]
      }
    }
    guard least >= Self.oversizedFactor, least.isFinite else { return nil }
    figures["factor"] = least
    return make(
      .oversized, page.path, image,
      "\(image.url) is \(Int(figures["pixels"] ?? 0)) pixels wide, "
        + "and no device shows more than \(Int(figures["needed"] ?? 0))",
      "offer a file \(Int(figures["needed"] ?? 0)) pixels wide", figures)
  }

  /// Lighthouse's waste: the share of the file's pixels that the screen does not show, of its bytes. Where the slot's width
  /// is only known to be at most the window's, the waste is at least that.
  private func wasted(_ image: PlacedImage, on page: PageWeight) -> Diagnostic? {
    let threshold = image.hasCandidates ? Self.wastedBytesWithBreakpoints : Self.wastedBytes
    var worst: (device: String, bytes: Double, of: Int)?
    for device in weight.devices {
      guard let download = image.downloads[device.name], let pixels = download.pixels,
        let slot = download.slot,
        pixels > 0, slot > 0
      else { continue }
      let shown = slot * device.density / Double(pixels)
      let bytes = (Double(download.bytes) * (1 - shown * shown)).rounded()
      if bytes > worst?.bytes ?? Double(threshold) { worst = (device.name, bytes, download.bytes) }
    }
    guard let worst else { return nil }
    return make(
      .wastedBytes, page.path, image,
      "at least \(BudgetCheck.bytes(worst.bytes)) of the \(BudgetCheck.bytes(Double(worst.of))) of \(image.url) are pixels "
        + "that a \(worst.device) does not show",
      "offer smaller files in srcset, with sizes that say how wide it is shown",
      ["wasted": worst.bytes, "bytes": Double(worst.of)])
  }

  /// Files shown in slots of different widths although every page gets the same file.
  private func severalSizes() -> [Diagnostic] {
    guard levels[.singleSize] != nil else { return [] }
    var slots: [String: (slots: Set<Int>, files: Set<String>, page: String, image: PlacedImage)] = [:]
    for page in weight.pages {
      for image in page.images where !image.isMetadata {
        guard let file = image.file else { continue }
        let widths = weight.devices.compactMap { device in
          image.downloads[device.name]?.slot.map { Int(($0 * device.density).rounded()) }
        }
        var entry = slots[file] ?? ([], [], page.path, image)
        if let width = widths.max() { entry.slots.insert(width) }
        entry.files.formUnion(image.downloads.values.map(\.file))
        slots[file] = entry
      }
    }
    return slots.sorted { $0.key < $1.key }.compactMap { file, entry in
      guard entry.slots.count > 1, entry.files.count == 1, files[file]?.format != .svg else { return nil }
      let widths = entry.slots.sorted().map(String.init).joined(separator: ", ")
      return make(
        .singleSize, entry.page, entry.image,
        "\(file) is shown \(widths) pixels wide in different places, and there is one file of it",
        "offer a file for each width in srcset", ["bytes": Double(files[file]?.bytes ?? 0)])
    }
  }

  private func findings(_ file: PublishedImage) -> [Diagnostic] {
    var findings: [Diagnostic?] = []
    let bytes = Double(file.bytes)
    if file.hasLocation {
      findings.append(
        make(
          .location, file.path, nil, "\(file.path) tells where it was taken",
          "remove the GPS fields of its metadata, or publish the variants that optimize makes without them"))
    }
    let promised = ImageFormat(fileName: file.path)
    if let format = file.format, let promised, format != promised {
      findings.append(
        make(
          .typeMismatch, file.path, nil,
          "\(file.path) is a \(format.rawValue) file with the extension of \(promised.rawValue)",
          "name it .\(format.fileExtension) and change the posts that show it"))
    }
    if file.format == .gif, file.bytes > Self.heavyGIF {
      findings.append(
        make(
          .heavyGIF, file.path, nil, "\(file.path) is a GIF of \(BudgetCheck.bytes(bytes))",
          file.frames > 1 ? "offer it as animated WebP or as a film" : "offer it as PNG, WebP or AVIF",
          ["bytes": bytes]))
    }
    if file.pages.isEmpty, !file.isMentioned {
      findings.append(
        make(
          .unreferenced, file.path, nil, "\(file.path) is published and nothing in the site names it",
          "remove it if nothing else links to it", ["bytes": bytes]))
    }
    return findings.compactMap(\.self)
  }

  private func duplicates() -> [Diagnostic] {
    let groups = Dictionary(grouping: weight.files.filter { !$0.digest.isEmpty }, by: \.digest)
    var findings: [Diagnostic] = []
    for group in groups.values where group.count > 1 {
      let sorted = group.sorted { $0.path < $1.path }
      let first = sorted[0].path
      for file in sorted.dropFirst() {
        let finding = make(
          .duplicateFile, file.path, nil, "\(file.path) has the same bytes as \(first)",
          "name one of them everywhere, so that browsers download it once", ["bytes": Double(file.bytes)])
        if let finding { findings.append(finding) }
      }
    }
    return findings.sorted { $0.file < $1.file }
  }
}
