import AssetModel

/// Compares what a site weighs with its budgets.
package struct BudgetCheck {
  private let weight: SiteWeight
  private let sizes: [String: Int]
  private let tags: [String: Set<String>]
  private let firstUses: [String: (page: String, image: PlacedImage)]

  /// Makes a check of a site.
  package init(_ weight: SiteWeight) {
    self.weight = weight
    sizes = Dictionary(weight.files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    var tags: [String: Set<String>] = [:]
    var firstUses: [String: (page: String, image: PlacedImage)] = [:]
    for page in weight.pages {
      for image in page.images {
        for file in Set(image.downloads.values.map(\.file) + [image.file].compactMap(\.self)) {
          tags[file, default: []].formUnion(page.tags)
          if firstUses[file] == nil { firstUses[file] = (page.path, image) }
        }
      }
    }
    self.tags = tags
    self.firstUses = firstUses
  }

  /// What is over budget.
  ///
  /// - Parameter baseline: what the published images weighed before, in bytes, for limits of growth; nil where unknown.
  package func findings(_ budgets: [Budget], baseline: Int? = nil) -> [Diagnostic] {
    budgets.flatMap { budget in
      images(budget) + pages(budget) + site(budget, baseline: baseline)
    }
  }

  private func images(_ budget: Budget) -> [Diagnostic] {
    let measures: [Budget.Measure] = [.imageBytes, .imagePixels, .imageDensity]
    guard !budget.formats.isEmpty || measures.contains(where: { budget.limits[$0] != nil }) else { return [] }
    var findings: [Diagnostic] = []
    for file in weight.files where budget.covers(file, tags: tags[file.path] ?? []) {
      let firstUse = firstUses[file.path]
      func add(
        _ rule: Diagnostic.Rule, _ value: Double, _ limit: BudgetLimit?, _ advice: String,
        _ text: (Double) -> String
      ) {
        guard let limit, value > limit.value else { return }
        var figures = ["value": value, "limit": limit.value, "bytes": Double(file.bytes)]
        if rule == .budgetImageBytes || rule == .budgetFormat { figures["over"] = value - limit.value }
        findings.append(
          Diagnostic(
            budget.severity, rule, file: firstUse?.image.writtenIn ?? firstUse?.page ?? file.path,
            line: firstUse?.image.line, column: firstUse?.image.column,
            message: "\(file.path) has \(text(value)), over its budget of \(limit.text(text))",
            advice: advice,
            figures: figures))
      }
      add(
        .budgetImageBytes, Double(file.bytes), budget.limits[.imageBytes],
        "make it smaller, or let optimize make lighter variants of it", Self.bytes)
      if let format = file.format {
        add(
          .budgetFormat, Double(file.bytes), budget.formats[format],
          "use a lighter format than \(format.rawValue), or a smaller picture", Self.bytes)
      }
      guard let width = file.width, let height = file.height, width > 0, height > 0 else { continue }
      let pixels = Double(width) * Double(height)
      add(
        .budgetImagePixels, pixels, budget.limits[.imagePixels], "scale it down from \(width)×\(height)"
      ) { "\(Int($0)) pixels" }
      add(
        .budgetImageBytesPerPixel, Double(file.bytes) / pixels, budget.limits[.imageDensity],
        "encode it anew at a lower quality or in a better format"
      ) { "\(Self.decimal($0)) bytes per pixel" }
    }
    return findings
  }

  private func pages(_ budget: Budget) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for page in weight.pages where budget.covers(page) {
      func add(
        _ rule: Diagnostic.Rule, _ value: Int, _ limit: BudgetLimit?, _ image: PlacedImage?, _ what: String,
        _ advice: String
      ) {
        guard let limit, Double(value) > limit.value else { return }
        let isCount = rule == .budgetPageImages
        func text(_ value: Double) -> String { isCount ? "\(Int(value))" : Self.bytes(value) }
        var figures = ["value": Double(value), "limit": limit.value]
        if !isCount { figures["over"] = Double(value) - limit.value }
        findings.append(
          Diagnostic(
            budget.severity, rule, file: image?.writtenIn ?? page.path, line: image?.line,
            column: image?.column,
            message: "\(what) \(text(Double(value))), over the budget of \(limit.text(text))", advice: advice,
            figures: figures))
      }
      for device in weight.devices {
        let name = device.name
        if let limit = budget.pageTotals[name] ?? budget.pageTotals["*"] {
          let worst = heaviest(page, on: name, inFirstView: false)
          add(
            .budgetPageTotal, page.total(on: name), limit, worst, "a \(name) downloads",
            worst.map { "make \($0.url) lighter first: it is the heaviest" } ?? "remove images")
        }
        if let limit = budget.firstViews[name] ?? budget.firstViews["*"] {
          let worst = heaviest(page, on: name, inFirstView: true)
          add(
            .budgetPageFirstView, page.firstView(on: name), limit, worst,
            "the first view on a \(name) takes",
            worst.map { "make \($0.url) lighter, or load it lazily if it is below the first screen" }
              ?? "load images lazily")
        }
      }
      let originals = Set(page.images.compactMap(\.file)).reduce(0) { $0 + (sizes[$1] ?? 0) }
      let worst = page.images.max { sizes[$0.file ?? "", default: 0] < sizes[$1.file ?? "", default: 0] }
      add(
        .budgetPageOriginals, originals, budget.limits[.pageOriginals], worst, "its image files take",
        worst.map { "make \($0.url) smaller first: it is the largest" } ?? "remove images")
      let shown = page.images.filter { $0.role != .metadata && $0.role != .preload }
      add(
        .budgetPageImages, shown.count, budget.limits[.pageImages], shown.last, "the number of images is",
        "split the page, or leave images out")
    }
    return findings
  }

  private func site(_ budget: Budget, baseline: Int?) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    func add(_ rule: Diagnostic.Rule, _ value: Int, _ limit: BudgetLimit?, _ what: String) {
      guard let limit, Double(value) > limit.value else { return }
      findings.append(
        Diagnostic(
          budget.severity, rule, file: ".",
          message: "\(what) \(Self.bytes(Double(value))), over the budget of \(limit.text(Self.bytes))",
          advice: "begin with the largest files",
          figures: ["value": Double(value), "limit": limit.value, "over": Double(value) - limit.value]))
    }
    add(.budgetSiteTotal, weight.total, budget.limits[.siteTotal], "the site's images take")
    if let baseline {
      add(
        .budgetSiteGrowth, weight.total - baseline, budget.limits[.siteGrowth],
        "the site's images have grown by")
    }
    return findings
  }

  private func heaviest(_ page: PageWeight, on device: String, inFirstView: Bool) -> PlacedImage? {
    page.images.filter { !$0.isMetadata && (!inFirstView || $0.downloads[device]?.isInFirstView == true) }
      .max { $0.downloads[device]?.bytes ?? 0 < $1.downloads[device]?.bytes ?? 0 }
  }

  /// An amount of bytes as a person reads it.
  package static func bytes(_ value: Double) -> String {
    let magnitude = ByteSize(bytes: Int(value.magnitude.rounded())).description
    return value < 0 ? "-\(magnitude)" : magnitude
  }

  /// A number with at most two digits after its point.
  package static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    if rest == 0 { return "\(hundredths / 100)" }
    let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
    return "\(hundredths / 100).\(digits)"
  }
}
