import AssetModel
import Browser
import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles
import SystemResources
import Web

/// Proves that a site's pages are the same with lighter images: its own generator builds it in both states, the pages'
/// HTML is compared, and a browser lays them out.
///
/// The calls block, as those of ``Pipeline`` do.
public struct Verifier: Sendable {
  /// What is looked at.
  public struct Options: Sendable {
    /// The folder of the staged copy, which is kept. Nil for a site that was edited in place, which is compared as it
    /// stands with its author's texts; of any other site, for a temporary copy.
    public var output: String?
    /// Whether the pages are laid out in a browser.
    public var usesBrowser = false
    /// The browser's program; nil for the one that is found.
    public var browser: String?
    /// The windows, as `412x915@2.625`.
    public var viewports = Screen.compared.map(\.description)
    /// Patterns that the paths of the pages to lay out must match one of; empty for all.
    public var pages: [String] = []
    /// How many pages to lay out at most, spread evenly over those that match; nil for all.
    public var sample: Int?
    /// How many steps a reader takes from each of a few pages: links, buttons, back; 0 for none.
    public var journeySteps = 12
    /// Of how many of the heaviest pages the loading is measured on a phone with a slow connection; 0 for none.
    public var loads = 0
    /// Whether posts whose pages differ get the author's own bytes again: in the staged copy, or where they stand.
    public var repairs = false

    /// Makes options that compare the HTML alone.
    public init() {}
  }

  private let site: String
  private let configuration: Configuration
  let options: Options
  /// What the stages do, and how long they take.
  public var log = Logger.off
  /// How often posts are put back and the site is built again. The second round finds what the first had no post for.
  private static let rounds = 3

  /// Makes a verifier of a site.
  public init(site: String, configuration: Configuration, options: Options) {
    self.site = site
    self.configuration = configuration
    self.options = options
  }

  /// Makes the lighter state, where the site was not edited in place, builds both, and compares them.
  ///
  /// - Parameters:
  ///   - cancellation: stops the work when it is raised.
  ///   - progress: called as the work goes on, from whatever thread did the work.
  /// - Throws: ``PipelineError``, ``ConfigurationError``
  public func verify(
    cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> VerifyReport {
    try PipelineError.ofBuilds(cancellation) {
      // Before anything is made: is the browser there at all?
      let program = options.usesBrowser ? try ChromiumFinder.find(options.browser) : nil
      let root = try Self.open(site)
      let scratch = try SiteBuilder(cancellation: cancellation)
      defer { scratch.close() }
      var pipeline = try Pipeline(site: site, configuration: configuration)
      pipeline.log = log
      if options.output == nil,
        let trees = try pipeline.inPlaceTrees(
          copy: scratch.folder + "/author", cancellation: cancellation, progress: progress)
      {
        return try compare(trees, scratch, program: program, cancellation: cancellation, progress: progress)
      }
      guard !options.repairs || options.output != nil else {
        throw PipelineError.badOutput(
          "there is nothing to repair: no run has edited this site in place, and a temporary copy is gone at the end",
          advice: "name the copy with --output")
      }
      let output = options.output ?? scratch.folder + "/staged"
      let manifest = try pipeline.optimize(output: output, cancellation: cancellation, progress: progress)
        .manifest
      let trees = StagedTrees(before: root, after: try SiteRoot(output), manifest: manifest)
      return try compare(trees, scratch, program: program, cancellation: cancellation, progress: progress)
    }
  }

  private static func open(_ site: String) throws -> SiteRoot {
    do throws(FileError) {
      return try SiteRoot(site)
    } catch {
      throw PipelineError.noSite(
        "no such site: \(error)", advice: "name the folder that holds the site's sources")
    }
  }

  /// Compares two states of a site, and puts posts back where that is asked for.
  ///
  /// - Parameter program: the browser's program; nil compares the HTML alone.
  func compare(
    _ trees: some BuildPair, _ scratch: SiteBuilder, program: String?, cancellation: Cancellation,
    progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> VerifyReport {
    let start = ContinuousClock.now
    let isBuilt = trees.manifest.site.kind == .html
    if !isBuilt {
      try scratch.prepare(
        trees.before, options: buildOptions(trees), hasDrafts: trees.manifest.hasDrafts)
    }
    progress(.building(command: scratch.line))
    let before = isBuilt ? trees.before.path : try scratch.build(trees.before)
    let browser = try program.map { try Browser(program: $0, in: scratch.folder) }
    if let reason = browser?.unsandboxed { progress(.unsandboxed(reason: reason)) }
    defer { browser?.close() }
    var report = VerifyReport(site: site, command: scratch.line, browser: browser?.version)
    var repaired: Set<String> = []
    for round in 1... {
      try cancellation.check()
      let after = isBuilt ? trees.after.path : try scratch.build(trees.after)
      try fill(&report, trees.manifest, before: before, after: after)
      if !isBuilt { try dropUnstable(&report, trees, scratch, before: before, after: after) }
      if let browser {
        try look(
          &report, trees.manifest, browser, before, after, cancellation: cancellation, progress: progress)
        try travel(&report, trees, browser, before, after, cancellation: cancellation)
        try load(&report, trees, browser, before, after, cancellation: cancellation)
      }
      guard options.repairs, round < Self.rounds, !report.isSame else { break }
      let posts = try posts(of: report.worst, in: trees, built: after).subtracting(repaired)
      guard !posts.isEmpty else { break }
      try trees.putBack(posts)
      repaired.formUnion(posts)
      if !isBuilt { scratch.remove(after) }
    }
    report.repaired = repaired.sorted()
    report.notes = scratch.notes
    let elapsed = (ContinuousClock.now - start).components
    report.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return report
  }

  private func buildOptions(_ trees: some BuildPair) -> GeneratorOracle.Options {
    var excluded = configuration.createdFolders
    let inside = trees.before.path + "/"
    if trees.after.path.hasPrefix(inside) {
      excluded.insert(String(trees.after.path.dropFirst(inside.count)))
    }
    return GeneratorOracle.Options(trees.manifest.site, configuration, excluding: excluded)
  }

  // MARK: HTML

  private func fill(_ report: inout VerifyReport, _ manifest: AssetManifest, before: String, after: String)
    throws
  {
    let originals = PictureOriginals(manifest)
    let comparison = try SiteComparison(
      before: before, after: after, publication: Self.publication(of: manifest.site),
      original: originals.pictureOfFile)
    let differences = Dictionary(
      comparison.changed.map { ($0.page, "\($0.difference)") }, uniquingKeysWith: { first, _ in first })
    let missing = Dictionary(grouping: comparison.missing, by: \.page)
    report.gone = comparison.gone
    report.added = comparison.added
    report.feeds = Self.first(
      try FeedComparison(before: before, after: after, publication: Self.publication(of: manifest.site))
        .changed)
    let posts = manifest.postsByPage
    let gone = Set(comparison.gone)
    report.pages = try SiteComparison.pages(of: before).filter { !gone.contains($0) }.map { page in
      VerifyReport.Page(
        page: page, post: posts[page], difference: differences[page],
        missing: (missing[page] ?? []).map { "\($0.location) \($0.url)" })
    }
  }

  /// The first difference of each feed.
  static func first(_ changes: [FeedComparison.ChangedFeed]) -> [VerifyReport.Feed] {
    var feeds: Set<String> = []
    return changes.filter { feeds.insert($0.feed).inserted }.map {
      VerifyReport.Feed(feed: $0.feed, difference: $0.difference)
    }
  }

  /// What serves builds as the site is published, each until it is stopped.
  static func servers(of builds: [String], _ site: Site) throws -> [StaticServer] {
    try builds.map { try StaticServer(folder: $0, baseurl: site.baseurl, address: site.url) }
  }

  static func publication(of site: Site) -> PageAddress.Publication {
    PageAddress.Publication(baseurl: site.baseurl, url: site.url)
  }

  // MARK: In a browser

  /// The indices of the pages that are laid out.
  func chosen(_ pages: [VerifyReport.Page]) -> [Int] {
    let matching = pages.indices.filter { index in
      options.pages.isEmpty || options.pages.contains { PathPattern($0).matches(pages[index].page) }
    }
    return matching.sample(options.sample)
  }

  private struct Task: Sendable {
    var index: Int
    var viewport: Screen
  }

  private func look(
    _ report: inout VerifyReport, _ manifest: AssetManifest, _ browser: Browser, _ before: String,
    _ after: String, cancellation: Cancellation,
    progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws {
    let servers = try Self.servers(of: [before, after], manifest.site)
    defer { for server in servers { server.stop() } }
    let old = PageVisit(browser: browser, server: servers[0])
    let new = PageVisit(browser: browser, server: servers[1])
    let viewports = options.viewports.compactMap { Screen($0) }
    let pages = report.pages
    let fileNames = Self.namesOfFiles(manifest)
    let tasks = chosen(pages).flatMap { index in viewports.map { Task(index: index, viewport: $0) } }
    let views = try PageVisits.map(tasks, cancellation: cancellation, progress: progress) { task in
      let page = pages[task.index]
      return Self.view(at: task.viewport) {
        try Self.view(
          page.page, at: task.viewport, fileNames: page.post.flatMap { fileNames[$0] } ?? [], old, new)
      }
    }
    for (task, view) in zip(tasks, views) { report.pages[task.index].views.append(view) }
  }

  /// The names of the files that a screen may get for the images that each post places.
  private static func namesOfFiles(_ manifest: AssetManifest) -> [String: Set<String>] {
    let variants = Dictionary(grouping: manifest.variants.filter { $0.purpose != .standalone }, by: \.source)
    var names: [String: Set<String>] = [:]
    for reference in manifest.references where reference.isBodyImage {
      guard let source = reference.source else { continue }
      for path in [source] + (variants[source] ?? []).map(\.path) {
        names[reference.post, default: []].insert(String(path.split(separator: "/").last ?? ""))
      }
    }
    return names
  }

  /// A tab that crashes or does not answer says something of the machine, where it is one in hundreds: a page that fails is
  /// looked at once more, and what fails twice is told.
  private static func view(
    at viewport: Screen, _ look: () throws -> VerifyReport.View
  ) -> VerifyReport.View {
    do {
      return try (try? look()) ?? look()
    } catch {
      return VerifyReport.View(failure: "\(error)", at: viewport)
    }
  }

  /// How often a page that differs is looked at.
  private static let looks = 3

  /// Compares a page in one window. What differs is looked at again, so that a page that is never twice the same (an
  /// animation, a random quote, a font that comes in late on a busy machine) is not taken for one that the lighter images
  /// changed. Its images then come late: whether one that reserves no space arrives before the first paint, where it moves
  /// nothing, or after it is a matter of milliseconds otherwise.
  private static func view(
    _ page: String, at viewport: Screen, fileNames: Set<String>, _ old: PageVisit, _ new: PageVisit
  ) throws -> VerifyReport.View {
    let before = try old.view(page, at: viewport)
    let after = try new.view(page, at: viewport)
    let comparison = LayoutComparison(before, after, density: viewport.density)
    if comparison.isSame {
      return VerifyReport.View(comparison, before, after, at: viewport, unstable: 0, fileNames: fileNames)
    }
    var unstable: Set<String> = []
    var spread = 0.0
    var last = (before, after, comparison)
    var late: Double?
    for _ in 1..<looks {
      var again = try old.view(page, at: viewport, imagesLate: true)
      var second = try new.view(page, at: viewport, imagesLate: true)
      unstable.formUnion(LayoutComparison.unstable(before, again))
      unstable.formUnion(LayoutComparison.unstable(after, second))
      // What the author's own page shifts by is not the same at each visit either.
      spread = max(spread, abs(again.shift - (late ?? again.shift)))
      late = again.shift
      again.shift = max(last.0.shift, again.shift)
      second.shift = min(last.1.shift, second.shift)
      let comparison = LayoutComparison(
        again, second, density: viewport.density, unstable: unstable, shiftSpread: spread)
      last = (again, second, comparison)
      if comparison.isSame { break }
    }
    return VerifyReport.View(
      last.2, last.0, last.1, at: viewport, unstable: unstable.count, fileNames: fileNames)
  }

  // MARK: Repair

  /// The posts that the differing pages show: each page's own, or for a page that is none's, those that it links to.
  private func posts(
    of pages: [VerifyReport.Page], in trees: some BuildPair, built: String
  ) throws -> Set<String> {
    let edited = trees.edited
    let byPage = trees.manifest.postsByPage
    var posts: Set<String> = []
    var others: [String] = []
    for page in pages {
      if let post = page.post, edited.contains(post) { posts.insert(post) } else { others.append(page.page) }
    }
    guard posts.isEmpty else { return posts }
    for page in others {
      guard let parsed = RenderedPage([UInt8](try FileAccess.read(built + "/" + page))) else { continue }
      let address = PageAddress(
        page: page, location: PageLocation(parsed.elements),
        publication: Self.publication(of: trees.manifest.site))
      for element in parsed.elements where element.name == "a" {
        guard let path = element["href"].flatMap(address.path(of:)) else { continue }
        let names = [path, path + "/index.html", path + ".html"]
        posts.formUnion(names.compactMap { byPage[$0] }.filter(edited.contains))
      }
    }
    return posts
  }
}

extension AssetManifest {
  /// The posts by the paths that their pages may have in the built site.
  var postsByPage: [String: String] {
    var byPage: [String: String] = [:]
    for post in posts {
      // A URL has its letters encoded, and a file's name has not.
      let url = post.url.removingPercentEncoding ?? post.url
      let path = String(url.drop { $0 == "/" })
      let names =
        path.isEmpty || path.hasSuffix("/")
        ? [path + "index.html"] : [path, path + ".html", path + "/index.html"]
      for name in names where byPage[name] == nil { byPage[name] = post.path }
    }
    return byPage
  }
}

extension PipelineError {
  /// Runs what builds sites and opens pages, and says of its errors what to do.
  ///
  /// - Throws: ``cancelled`` for whatever fails once somebody wishes to stop: a generator and a browser get the terminal's
  ///   signal as well, and end.
  static func ofBuilds<Result>(_ cancellation: Cancellation, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch  where cancellation.isRaised {
      throw PipelineError.cancelled
    } catch let error as GeneratorOracleError {
      throw PipelineError.generator(error.withoutAlternative)
    } catch let error as ChromiumError {
      throw PipelineError.browser("\(error)")
    } catch let error as FileError {
      throw PipelineError.fileSystem(
        "\(error)", advice: "the temporary copies of the site could not be made; make room")
    }
  }
}
