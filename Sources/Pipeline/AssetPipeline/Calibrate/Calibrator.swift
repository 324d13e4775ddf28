import AssetModel
import Browser
import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles
import SystemResources
import Web

/// Measures in a browser how wide a site's layouts show the images of posts, which of these are painted largest, and which
/// forms of markup keep the layouts, for later runs that have no browser.
///
/// The calls block, as those of ``Pipeline`` do.
public struct Calibrator: Sendable {
  /// What is looked at.
  public struct Options: Sendable {
    /// The browser's program; nil for the one that is found.
    public var browser: String?
    /// The widths of the windows in which every image is measured, in CSS pixels.
    public var widths = [360, 412, 600, 768, 820, 1024, 1440, 1920]
    /// How many posts to look at at most, spread evenly; nil for all.
    public var sample: Int?
    /// The configuration file; nil for the site's own.
    public var file: String?

    /// Makes options that look at everything.
    public init() {}
  }

  private let site: String
  private let configuration: Configuration
  private let options: Options
  /// What the stages do, and how long they take.
  public var log = Logger.off
  /// Whether pages are measured that scripts render again: where the generator gives their images candidates itself.
  var releasesFrameworks = false
  /// From which part of its width on an image is shown otherwise than a rule says.
  private static let tolerance = 0.01
  /// How many pages of a layout each form of markup is tried on.
  private static let trialPages = 4

  /// Makes a calibrator of a site.
  public init(site: String, configuration: Configuration, options: Options) {
    self.site = site
    self.configuration = configuration
    self.options = options
  }

  /// The configuration file that ``calibrate(cancellation:progress:)`` measures for.
  public var file: String { options.file ?? site + "/" + Configuration.fileName }

  /// Builds the site once and measures its pages. Nothing of the site is written to.
  ///
  /// - Parameters:
  ///   - cancellation: stops the work when it is raised.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, ``ConfigurationError``
  public func calibrate(
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> CalibrationReport {
    let start = ContinuousClock.now
    return try PipelineError.ofBuilds(cancellation) {
      // Before anything is built: is the browser there at all?
      let program = try ChromiumFinder.find(options.browser)
      let scratch = try SiteBuilder(cancellation: cancellation)
      defer { scratch.close() }
      var pipeline = try Pipeline(site: site, configuration: configuration)
      (pipeline.log, pipeline.releasesFrameworks) = (log, releasesFrameworks)
      // Of a site that was edited in place it is the author's markup that is measured.
      let trees = try pipeline.inPlaceTrees(
        copy: scratch.folder + "/author", cancellation: cancellation, progress: progress)
      let manifest = try trees?.manifest ?? pipeline.scan(cancellation: cancellation, progress: progress)
      let root = try trees?.before ?? SiteRoot(site)
      let built = try build(manifest, root, scratch, progress: progress)
      let browser = try Browser(program: program, in: scratch.folder)
      if let reason = browser.unsandboxed { progress(.unsandboxed(reason: reason)) }
      defer { browser.close() }
      let server = try StaticServer(
        folder: built, baseurl: manifest.site.baseurl, address: manifest.site.url)
      defer { server.stop() }
      var report = CalibrationReport(
        site: site, file: file, command: scratch.line, browser: browser.version, widths: options.widths)
      if manifest.site.kind == .html {
        let screens = configuration.devices.map(\.width)
        report.widths = Set(options.widths + screens).sorted()
        try BuiltPageCalibration(
          widths: report.widths, sample: options.sample, browser: browser, server: server,
          cancellation: cancellation, progress: progress
        ).measure(&report, manifest)
        report.seconds = (ContinuousClock.now - start).seconds
        return report
      }
      try measure(
        &report, manifest, pages: SiteComparison.pages(of: built), browser, server, cancellation, progress)
      report.notes += scratch.notes
      report.seconds = (ContinuousClock.now - start).seconds
      return report
    }
  }

  /// Puts what was measured into the configuration file, whose other bytes stay.
  ///
  /// - Throws: ``ConfigurationError`` where the file cannot take it, `FileError`.
  public func write(_ report: CalibrationReport) throws {
    var old = ""
    if access(file, F_OK) == 0 {
      guard let text = String(bytes: try FileAccess.read(file), encoding: .utf8) else {
        throw ConfigurationError(file: file, message: "is not UTF-8", advice: "save it as UTF-8")
      }
      old = text
    }
    let widths = report.widths.map(String.init).joined(separator: ", ")
    let section = LayoutsSection.text(
      report.layouts, origin: "in \(report.browser) at \(widths) px")
    let new = LayoutsSection.inserting(section, into: old)
    // What cannot be read again must not be written.
    do throws(ConfigurationError) {
      let read = try Configuration(yaml: new, file: file)
      guard read.layouts == report.layouts else {
        throw ConfigurationError(file: file, message: "the section layouts does not read as it was written")
      }
    } catch {
      throw ConfigurationError(
        file: file, message: "the section layouts cannot be put into it: \(error.diagnostic.message)",
        advice: "write the file's keys one below the other, starting at the left edge")
    }
    let mode = FileAccess.mode(of: file)
    try FileAccess.write(Data(new.utf8), to: file, mode: mode)
  }

  private func build(
    _ manifest: AssetManifest, _ root: SiteRoot, _ scratch: SiteBuilder, progress: (PipelineProgress) -> Void
  ) throws -> String {
    guard manifest.site.kind != .html else { return root.path }
    let options = GeneratorOracle.Options(
      manifest.site, configuration, excluding: configuration.createdFolders)
    try scratch.prepare(root, options: options, hasDrafts: manifest.hasDrafts)
    progress(.building(command: scratch.line))
    return try scratch.build(root)
  }

  // MARK: Pages

  /// A post and its page.
  private struct Page: Sendable {
    var page: String
    var post: Post
    /// The images in its body whose markup is ours to write.
    var references: [Reference]
  }

  private func chosen(_ manifest: AssetManifest, _ built: [String]) -> [Page] {
    let posts = manifest.postsByPage
    let byPath = Dictionary(
      manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let references = Dictionary(
      grouping: manifest.references.filter { $0.isBodyImage && $0.status == .local && $0.source != nil },
      by: \.post)
    let pages = built.compactMap { page -> Page? in
      guard let post = posts[page].flatMap({ byPath[$0] }), let references = references[post.path] else {
        return nil
      }
      return Page(page: page, post: post, references: references)
    }
    return pages.sample(options.sample)
  }

  private func measure(
    _ report: inout CalibrationReport, _ manifest: AssetManifest, pages built: [String], _ browser: Browser,
    _ server: StaticServer, _ cancellation: Cancellation,
    _ progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws {
    let pages = chosen(manifest, built)
    guard !pages.isEmpty else {
      report.notes.append("no post with images of the site's own has a page in the built site")
      return
    }
    let widths = options.widths
    let views = try PageVisits.map(pages, cancellation: cancellation, progress: progress) { page in
      Result { try Self.look(at: page, widths, browser, server) }
    }
    var visited: [(page: Page, view: View)] = []
    for (page, view) in zip(pages, views) {
      switch view {
      case .success(let view): visited.append((page, view))
      case .failure(let error): report.notes.append("\(page.page): \(error)")
      }
    }
    report.pages = visited.count
    let layouts = Set(visited.map { $0.page.post.layout ?? "" }).sorted()
    for layout in layouts {
      let members = visited.filter { ($0.page.post.layout ?? "") == layout }
      try cancellation.check()
      try measure(&report, layout: layout, members, browser, server)
    }
    for (page, view) in visited {
      if let largest = exception(view, page) { report.layouts.rules.append(largest) }
      let missing = Set(page.references.compactMap(\.source)).subtracting(view.images.map(\.source))
      if !missing.isEmpty {
        report.notes.append("\(page.page): \(missing.sorted().joined(separator: ", ")) not found on the page")
      }
    }
    for index in report.images.indices {
      let image = report.images[index]
      guard let post = visited.first(where: { $0.page.post.path == image.post })?.page,
        let reference = post.references.first(where: { $0.source == image.source }),
        let slot = report.layouts.slot(of: reference, in: post.post)
      else { continue }
      report.images[index].stated = widths.map { slot.width(own: image.own, viewport: Double($0)) }
    }
  }

  // MARK: One page

  /// A content image on its page.
  private struct Image: Sendable {
    var source: String
    var picture: SlotMeasurement.Picture
    /// What it is told by: its classes and id, as a selector.
    var selector: String?
    /// Its width in each window.
    var shown: [Double] = []
    /// What its width could be in each window; nil where that cannot be found out.
    var most: [Double]?
  }

  private struct View: Sendable {
    var images: [Image]
    /// The content images that are painted largest in one of the usual windows.
    var largest: Set<String>
  }

  private static func look(
    at page: Page, _ widths: [Int], _ browser: Browser, _ server: StaticServer
  ) throws -> View {
    let visit = try SlotMeasurement(page.page, browser: browser, server: server)
    defer { visit.close() }
    let all = try visit.pictures()
    let contents = content(all, of: page)
    var images = contents.map { index, source in
      Image(source: source, picture: all[index], selector: selector(all[index]))
    }
    for width in widths {
      let measured = try visit.widths(at: width)
      for (image, content) in contents.enumerated() { images[image].shown.append(measured[content.index]) }
    }
    let isStretched = try visit.stretch()
    for (image, content) in contents.enumerated() where isStretched[content.index] { images[image].most = [] }
    for width in widths {
      let measured = try visit.widths(at: width)
      for (image, content) in contents.enumerated() { images[image].most?.append(measured[content.index]) }
    }
    let eye = PageVisit(browser: browser, server: server)
    var largest: Set<String> = []
    for viewport in Screen.compared {
      guard let url = try eye.largestPaint(of: page.page, at: viewport),
        let source = source(of: url, in: page)
      else { continue }
      largest.insert(source)
    }
    return View(images: images, largest: largest)
  }

  /// The file that a URL leads to, where a place of the post does.
  private static func source(of url: String, in page: Page) -> String? {
    let path =
      (url.split(whereSeparator: { "?#".contains($0) }).first.map(String.init) ?? url)
      .removingPercentEncoding ?? url
    guard !path.isEmpty else { return nil }
    let sources = page.references.compactMap(\.source)
    // Generators publish static/a.jpg and public/a.jpg as a.jpg, and what lies beside a post beside its page.
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let same = Set(sources.filter { ($0.split(separator: "/").last.map(String.init) ?? $0) == name })
    return sources.first { $0 == path } ?? sources.first { $0.hasSuffix("/" + path) }
      ?? (same.count == 1 && page.post.dialect != .kramdown ? same.first : nil)
  }

  /// The images that the post's own places show: the numbers of pictures on the page, and their files. A layout may show
  /// the same files elsewhere; what it shows so lies outside of what all other images of the post lie in.
  private static func content(_ pictures: [SlotMeasurement.Picture], of page: Page) -> [(
    index: Int, source: String
  )] {
    let matches = pictures.enumerated().compactMap { index, picture in
      source(of: picture.url, in: page).map { (index: index, source: $0) }
    }
    let counts = Dictionary(grouping: page.references.compactMap(\.source), by: \.self).mapValues(\.count)
    let shown = Dictionary(grouping: matches, by: \.source)
    let sure = matches.filter { (shown[$0.source]?.count ?? 0) <= (counts[$0.source] ?? 0) }
    guard sure.count < matches.count, !sure.isEmpty else { return matches }
    var common = pictures[sure[0].index].path.components(separatedBy: " > ").dropLast()
    for (index, _) in sure {
      let path = pictures[index].path.components(separatedBy: " > ")
      common = common.prefix(zip(common, path).prefix { $0 == $1 }.count)
    }
    // One image's own paragraph says nothing about where the others are.
    if sure.count == 1 { common = common.dropLast() }
    let prefix = common.joined(separator: " > ") + " > "
    return matches.filter { pictures[$0.index].path.hasPrefix(prefix) }
  }

  private static func selector(_ picture: SlotMeasurement.Picture) -> String? {
    let classes = picture.classes.split(whereSeparator: \.isWhitespace).map { ".\($0)" }
    let selector = "img" + classes.joined() + (picture.id.isEmpty ? "" : "#" + picture.id)
    return selector == "img" || SizesRules.Rule.parts(of: selector) == nil ? nil : selector
  }

  // MARK: One layout

  private func measure(
    _ report: inout CalibrationReport, layout: String, _ members: [(page: Page, view: View)],
    _ browser: Browser, _ server: StaticServer
  ) throws {
    let images = members.flatMap { member in member.view.images.map { (page: member.page, image: $0) } }
    // Images of no class are the rule, and those of one are told apart by it: their rules come before it.
    let kinds = Dictionary(grouping: images.filter { !$0.image.picture.isSized }, by: \.image.selector)
    var exceptions: [MeasuredLayouts.Rule] = []
    var usual: [MeasuredLayouts.Rule] = []
    for (selector, images) in kinds.sorted(by: { ($0.key ?? "") < ($1.key ?? "") }) {
      // Images in a list or a quotation have narrower slots than most.
      let groups = Dictionary(grouping: images) { ($0.image.most ?? []).map { ($0 * 2).rounded() / 2 } }
        .filter { !$0.key.isEmpty }
        .sorted { ($1.value.count, $0.key.first ?? 0) < ($0.value.count, $1.key.first ?? 0) }
      for (index, group) in groups.enumerated() {
        var rule = MeasuredLayouts.Rule()
        rule.layout = layout
        rule.selector = selector
        guard let sample = group.value.first else { continue }
        rule.slot = try slot(of: sample.image, among: group.value.map(\.image), sample.page, browser, server)
        if index == 0 {
          usual.append(rule)
        } else if rule.slot != usual.last?.slot {
          rule.images = Set(group.value.map(\.image.source)).sorted()
          exceptions.append(rule)
        }
      }
    }
    if usual.isEmpty {
      var rule = MeasuredLayouts.Rule()
      rule.layout = layout
      usual = [rule]
    }
    // What holds for the whole layout stands with its plainest rule.
    let plain = usual.firstIndex { $0.selector == nil } ?? 0
    let trials = try tryForms(layout: layout, members, browser, server)
    usual[plain].markup =
      trials.contains { $0.form == MarkupExperiment.picture.rawValue } ? .srcset : .picture
    usual[plain].hints = !trials.contains { $0.form == MarkupExperiment.hints.rawValue }
    if members.allSatisfy({ $0.view.largest.isEmpty }) { usual[plain].largest = [] }
    let whole = usual.remove(at: plain)
    // What is said of a class is left out where it is what holds for every image.
    let rules = exceptions + usual.filter { $0.slot != whole.slot } + [whole]
    var layouts = MeasuredLayouts()
    layouts.rules = rules
    report.layouts.rules += try singled(members, layouts, browser, server).map { rule in
      var rule = rule
      rule.layout = layout
      return rule
    }
    report.layouts.rules += rules
    report.trials += trials
    report.images += images.map { page, image in
      CalibrationReport.Image(
        post: page.post.path, source: image.source, path: image.picture.path,
        own: image.picture.preferredWidth,
        shown: image.shown, stated: [])
    }
  }

  /// How wide the images of a group are shown.
  private func slot(
    of sample: Image, among group: [Image], _ page: Page, _ browser: Browser, _ server: StaticServer
  ) throws -> MeasuredLayouts.Slot {
    let isBounded = (sample.most ?? []).allSatisfy { $0 < Double(SlotMeasurement.boundless) - 1 }
    guard isBounded else { return .own }
    let visit = try SlotMeasurement(page.page, browser: browser, server: server)
    defer { visit.close() }
    let index = try visit.pictures().firstIndex { $0.path == sample.picture.path } ?? 0
    _ = try visit.stretch()
    let measured = try SlotWidthModel.widths(at: options.widths) { try visit.widths(at: $0)[index] }
    // What the attribute says counts, with its numbers rounded.
    let widths = SlotWidths(text: measured.text) ?? measured
    let narrow = group.filter { image in
      zip(image.shown, image.most ?? []).contains { $1 > image.picture.preferredWidth + 2 }
    }
    let isFilled =
      !narrow.isEmpty
      && narrow.allSatisfy { image in zip(image.shown, image.most ?? []).allSatisfy { abs($0 - $1) <= 1 } }
    return isFilled ? .filled(widths) : .upTo(widths)
  }

  /// Rules for the images that the layout's rules do not fit: in a table, whose columns are as wide as what is in them,
  /// or below a `min-width`. Each is measured as it is.
  private func singled(
    _ members: [(page: Page, view: View)], _ layouts: MeasuredLayouts, _ browser: Browser,
    _ server: StaticServer
  ) throws -> [MeasuredLayouts.Rule] {
    var rules: [MeasuredLayouts.Rule] = []
    for (page, view) in members {
      let others = view.images.filter { image in
        guard !image.picture.isSized,
          let reference = page.references.first(where: { $0.source == image.source }),
          let slot = layouts.slot(of: reference, in: page.post)
        else { return false }
        return zip(options.widths, image.shown).contains { viewport, shown in
          abs(slot.width(own: image.picture.preferredWidth, viewport: Double(viewport)) - shown) > shown
            * Self.tolerance
        }
      }
      guard !others.isEmpty else { continue }
      let visit = try SlotMeasurement(page.page, browser: browser, server: server)
      defer { visit.close() }
      let pictures = try visit.pictures()
      var views: [Int: [Double]] = [:]
      for image in others {
        guard let index = pictures.firstIndex(where: { $0.path == image.picture.path }) else { continue }
        let measured = try SlotWidthModel.widths(at: options.widths) { viewport in
          let all = try views[viewport] ?? visit.widths(at: viewport)
          views[viewport] = all
          return all[index]
        }
        guard let widths = SlotWidths(text: measured.text) else { continue }
        let match = rules.firstIndex { $0.glob == page.post.path && $0.slot == .filled(widths) }
        if let match {
          rules[match].images = Set(rules[match].images + [image.source]).sorted()
          continue
        }
        var rule = MeasuredLayouts.Rule()
        rule.glob = page.post.path
        rule.images = [image.source]
        rule.slot = .filled(widths)
        rules.append(rule)
      }
    }
    return rules
  }

  /// The forms of markup that change pages of a layout.
  private func tryForms(
    layout: String, _ members: [(page: Page, view: View)], _ browser: Browser, _ server: StaticServer
  ) throws -> [CalibrationReport.Trial] {
    let pages = members.filter { !$0.view.images.isEmpty }
      .sorted { ($1.view.images.count, $0.page.page) < ($0.view.images.count, $1.page.page) }
      .prefix(Self.trialPages)
    var trials: [CalibrationReport.Trial] = []
    for form in MarkupExperiment.allCases {
      let tasks = pages.flatMap { member in [Screen.phone, .laptop].map { (member, $0) } }
      for ((page, view), viewport) in tasks {
        let changes = try form.changes(
          on: page.page, of: view.images.map(\.picture.path), at: viewport, browser: browser, server: server)
        guard let first = changes.first else { continue }
        trials.append(
          CalibrationReport.Trial(
            form: form.rawValue, layout: layout, page: page.page, viewport: viewport.description,
            changes: changes.count, first: "\(first.path): \(first.before) -> \(first.after)"))
        // One page is enough to rule a form out.
        break
      }
    }
    return trials
  }

  /// The rule for a post whose largest image is not its first, which is what runs take it for.
  private func exception(_ view: View, _ page: Page) -> MeasuredLayouts.Rule? {
    guard !view.largest.isEmpty, view.largest != Set([page.references.first?.source].compactMap(\.self))
    else {
      return nil
    }
    var rule = MeasuredLayouts.Rule()
    rule.glob = page.post.path
    rule.largest = view.largest.sorted()
    return rule
  }
}
