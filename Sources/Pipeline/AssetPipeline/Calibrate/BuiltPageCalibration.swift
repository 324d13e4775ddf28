import AssetModel
import Browser
import Foundation
import SystemResources

/// Measures how wide the pages of a built site show their images: a slot for each path of names and classes, because images
/// of one path are shown alike on every page.
struct BuiltPageCalibration {
  /// The widths of the windows, in CSS pixels.
  let widths: [Int]
  /// How many pages to look at at most; nil for as many as show each path.
  let sample: Int?
  let browser: Browser
  let server: StaticServer
  let cancellation: Cancellation
  let progress: @Sendable (PipelineProgress) -> Void

  /// How many pages of each path are looked at.
  private static let pagesOfPath = 3
  /// From which difference in CSS pixels on images of one path are shown at different widths.
  private static let tolerance = 1.0

  /// An image of a page that was looked at.
  private struct Look: Sendable {
    var reference: Reference
    /// Its number among the pictures that the browser gave.
    var number: Int
    /// Its width where nothing limits it.
    var fullWidth: Double
    /// Its width in each window, and what it could be at most; nil where that cannot be found out.
    var shown: [Double] = []
    var most: [Double]?

    var path: String { reference.display?.path ?? "" }

    /// Whether a width of its own will stand for its natural one.
    var gainsWidth: Bool {
      guard let display = reference.display, display.takesWidth else { return false }
      return display.space == .byAttributes || display.space == .byStyle || !display.showsNaturalWidth
    }

    /// Whether it is shown at what it could be at most, or at its own width where that is less: then a wider file would
    /// not have changed what is around it, as it does in tables.
    var isHeld: Bool {
      guard let most else { return false }
      return zip(shown, most).allSatisfy { shown, most in
        min(abs(shown - min(fullWidth, most)), abs(shown - most)) <= BuiltPageCalibration.tolerance
      }
    }
  }

  /// Adds the rules of a site's pages to a report.
  func measure(_ report: inout CalibrationReport, _ manifest: AssetManifest) throws {
    let images = Dictionary(grouping: manifest.references.filter { $0.display != nil }, by: \.post)
    let pages = chosen(images)
    guard !pages.isEmpty else {
      report.notes.append("no page shows an image of the site's own that could have candidates")
      return
    }
    let views = try PageVisits.map(pages, cancellation: cancellation, progress: progress) { page in
      Result { try look(at: page, images[page] ?? []) }
    }
    var looks: [Look] = []
    for (page, view) in zip(pages, views) {
      switch view {
      case .success(let view): looks += view
      case .failure(let error): report.notes.append("\(page): \(error)")
      }
    }
    report.pages = pages.count
    let groups = Dictionary(grouping: looks, by: \.path).filter { path, group in
      guard let note = Self.obstacle(group) else { return true }
      report.notes.append("\(path): \(note)")
      return false
    }
    let slots = try slots(of: groups)
    for (path, group) in groups.sorted(by: { $0.key < $1.key }) {
      guard let slot = slots[path] else { continue }
      add(path, slot, group, to: &report)
    }
  }

  // MARK: Pages

  private static func isOurs(_ reference: Reference) -> Bool {
    reference.status == .local && reference.source != nil && reference.obstacle == nil
  }

  /// Pages that show each path as often as is looked at, or on all pages that do.
  private func chosen(_ images: [String: [Reference]]) -> [String] {
    var counts: [String: Int] = [:]
    var pages: [String] = []
    for page in images.keys.sorted() {
      let paths = Set((images[page] ?? []).filter(Self.isOurs).compactMap(\.display?.path))
      guard paths.contains(where: { counts[$0, default: 0] < Self.pagesOfPath }) else { continue }
      for path in paths { counts[path, default: 0] += 1 }
      pages.append(page)
    }
    return pages.sample(sample)
  }

  private func look(at page: String, _ images: [Reference]) throws -> [Look] {
    let visit = try SlotMeasurement(page, browser: browser, server: server)
    defer { visit.close() }
    var looks = Self.matched(try visit.pictures(), images)
    for width in widths {
      let measured = try visit.widths(at: width)
      for index in looks.indices { looks[index].shown.append(measured[looks[index].number]) }
    }
    let isStretched = try visit.stretch()
    for index in looks.indices where isStretched[looks[index].number] { looks[index].most = [] }
    for width in widths {
      let measured = try visit.widths(at: width)
      for index in looks.indices {
        let most = measured[looks[index].number]
        looks[index].most?.append(most)
      }
    }
    return looks
  }

  /// The pictures of a page that are the page's own images: by their place in it, and where scripts have put others between
  /// them, by a file that is shown once.
  private static func matched(_ pictures: [SlotMeasurement.Picture], _ images: [Reference]) -> [Look] {
    pictures.enumerated().compactMap { number, picture in
      let path = picture.url.removingPercentEncoding ?? picture.url
      var image = images.indices.contains(picture.number) ? images[picture.number] : nil
      if image?.source != path {
        let same = images.filter { $0.source == path }
        image = same.count == 1 ? same.first : nil
      }
      guard let image, isOurs(image) else { return nil }
      return Look(reference: image, number: number, fullWidth: picture.preferredWidth)
    }
  }

  // MARK: Paths

  /// Why the images of a path have no slot in common; nil where they have.
  private static func obstacle(_ group: [Look]) -> String? {
    guard let first = group.first else { return "no image" }
    if group.contains(where: { $0.shown.contains(0) }) {
      return "is hidden in some windows, and is not measured"
    }
    let isHeld = group.allSatisfy(\.isHeld)
    guard isHeld || group.allSatisfy(\.gainsWidth) else {
      return "boxes around depend on its natural width, so none is written"
    }
    let isSame = group.allSatisfy { look in
      let (one, other) = isHeld ? (look.most ?? [], first.most ?? []) : (look.shown, first.shown)
      return zip(one, other).allSatisfy { abs($0 - $1) <= tolerance }
    }
    return isSame ? nil : "its images are shown at different widths, so none is written"
  }

  /// The slots of paths: each page that has the first image of one is opened once.
  private func slots(of groups: [String: [Look]]) throws -> [String: MeasuredLayouts.Slot] {
    var slots: [String: MeasuredLayouts.Slot] = [:]
    let samples = groups.values.compactMap(\.first)
    let pages = Dictionary(grouping: samples, by: \.reference.post)
    for (page, looks) in pages.sorted(by: { $0.key < $1.key }) {
      try cancellation.check()
      let visit = try SlotMeasurement(page, browser: browser, server: server)
      defer { visit.close() }
      let pictures = try visit.pictures().count
      let isNatural = { (look: Look) in !(groups[look.path] ?? []).allSatisfy(\.isHeld) }
      for isStretched in [false, true] {
        if isStretched { _ = try visit.stretch() }
        var views: [Int: [Double]] = [:]
        for look in looks where isNatural(look) != isStretched && look.number < pictures {
          let model = try SlotWidthModel.widths(at: widths) { viewport in
            let all = try views[viewport] ?? visit.widths(at: viewport)
            views[viewport] = all
            return all[look.number]
          }
          // What the attribute says counts, with its numbers rounded.
          let widths = SlotWidths(text: model.text) ?? model
          slots[look.path] = slot(widths, isStretched: isStretched, groups[look.path] ?? [])
        }
      }
    }
    return slots
  }

  private func slot(
    _ widths: SlotWidths, isStretched: Bool, _ group: [Look]
  ) -> MeasuredLayouts.Slot {
    guard isStretched else { return .filled(widths) }
    let isBounded = group.allSatisfy { look in
      (look.most ?? []).allSatisfy { $0 < Double(SlotMeasurement.boundless) - 1 }
    }
    guard isBounded else { return .own }
    // Images that are narrower than the slot tell whether they are blown up to it.
    let narrow = group.filter { look in zip(look.shown, look.most ?? []).contains { $1 > look.fullWidth + 2 }
    }
    let isFilled =
      !narrow.isEmpty
      && narrow.allSatisfy { look in
        zip(look.shown, look.most ?? []).allSatisfy { abs($0 - $1) <= Self.tolerance }
      }
    return isFilled ? .filled(widths) : .upTo(widths)
  }

  private func add(
    _ path: String, _ slot: MeasuredLayouts.Slot, _ group: [Look], to report: inout CalibrationReport
  ) {
    var rule = MeasuredLayouts.Rule()
    rule.selector = path
    rule.slot = slot
    report.layouts.rules.append(rule)
    report.images += group.map { look in
      CalibrationReport.Image(
        post: look.reference.post, source: look.reference.source ?? "", path: path, own: look.fullWidth,
        shown: look.shown, stated: widths.map { slot.width(own: look.fullWidth, viewport: Double($0)) })
    }
  }
}
