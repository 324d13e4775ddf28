import Browser
import Web

/// What ``Verifier`` found: whether the pages of a site are the same with lighter images as without.
public struct VerifyReport: Codable, Hashable, Sendable {
  /// One page.
  public struct Page: Codable, Hashable, Sendable {
    /// Its path in the built site.
    public var page: String
    /// The post that it shows, where it is one's own page.
    public var post: String?
    /// The first place at which the two builds' HTML differs, once pictures are unwrapped and loading attributes are left
    /// out; nil where they are the same.
    public var difference: String?
    /// Images that the page after asks for in vain, and before did not.
    public var missing: [String] = []
    /// What a browser showed, one for each viewport; empty where none was asked.
    public var views: [View] = []

    /// Whether a reader gets the same page.
    public var isSame: Bool { difference == nil && missing.isEmpty && views.allSatisfy(\.isSame) }
  }

  /// A feed that differs.
  public struct Feed: Codable, Hashable, Sendable {
    /// Its path in the built site.
    public var feed: String
    /// The first thing that differs.
    public var difference: String
  }

  /// One page in a browser's window.
  public struct View: Codable, Hashable, Sendable {
    /// `412x915@2.625`
    public var viewport: String
    /// Elements that were compared.
    public var elements: Int
    /// How many changes there are, by kind: moved, restyled, broken, elements, rescaled, blurry, lateLargestPaint, shifts; wasteful
    /// ones count too, and are no difference.
    public var counts: [String: Int]
    /// The first changes of each kind.
    public var changes: [Change]
    /// Elements that are left out because they differ between two visits of the page before.
    public var unstable: Int
    /// Bytes of all images that were downloaded when the page was read to its end.
    public var bytesBefore: Int
    /// Bytes of all images that were downloaded from the pages after.
    public var bytesAfter: Int
    /// The same of the images that have been given candidates.
    public var rewrittenBefore: Int
    /// Bytes after of the images that have been given candidates.
    public var rewrittenAfter: Int
    /// The bytes after of the images that the page's own post places, in whatever file: what `check` computes.
    public var downloads: Int
    /// The sum of layout shifts while the page was loaded and read to its end.
    public var shiftBefore: Double
    /// The same of the page after.
    public var shiftAfter: Double
    /// Why the page could not be looked at.
    public var failure: String?

    /// Whether a reader sees the same.
    public var isSame: Bool {
      failure == nil && !counts.contains { LayoutComparison.Kind(rawValue: $0.key)?.isDifference ?? true }
    }
  }

  /// One change.
  public struct Change: Codable, Hashable, Sendable {
    /// The kind of change, one of ``View/counts``.
    public var kind: String
    /// The place in the tree, `body > main > p[2] > img`.
    public var path: String
    /// What the page before has.
    public var before: String
    /// What the page after has.
    public var after: String
  }

  /// The sums over all pages in a viewport.
  public struct Total: Codable, Hashable, Sendable {
    /// The window, as `412x915@2.625`.
    public var viewport: String
    /// Pages that were looked at.
    public var pages: Int
    /// Elements that were compared.
    public var elements: Int
    /// How many changes there are, by kind.
    public var counts: [String: Int]
    /// Bytes of all images that were downloaded from the pages before.
    public var bytesBefore: Int
    /// Bytes of all images that were downloaded from the pages after.
    public var bytesAfter: Int
    /// Bytes before of the images that have been given candidates.
    public var rewrittenBefore: Int
    /// Bytes after of the images that have been given candidates.
    public var rewrittenAfter: Int
  }

  /// The site's folder.
  public var site: String
  /// The command that built it; nil for a tree of pages.
  public var command: String?
  /// The browser's name and version; nil where none was asked.
  public var browser: String?
  /// Every page of the site, in byte order.
  public var pages: [Page] = []
  /// Pages that only the build before has.
  public var gone: [String] = []
  /// Pages that only the build after has.
  public var added: [String] = []
  /// Pages that differ between two builds of the same sources: what they hold is not compared.
  public var unstable: [String] = []
  /// Feeds that say something else, or name images that a reader of feeds cannot have.
  public var feeds: [Feed] = []
  /// What a reader saw who followed links; empty where no browser was asked.
  public var journeys: [Journey] = []
  /// How the heaviest pages load on a slow connection; empty where that was not asked.
  public var loads: [Load] = []
  /// Posts that were given the author's own bytes again, because their pages differed.
  public var repaired: [String] = []
  /// What a person should know about the builds.
  public var notes: [String] = []
  /// Wall time of the builds and the comparison, in seconds.
  public var seconds = 0.0

  /// Whether a reader gets the same site.
  public var isSame: Bool {
    gone.isEmpty && added.isEmpty && feeds.isEmpty && pages.allSatisfy(\.isSame)
      && journeys.allSatisfy(\.isSame)
  }

  /// One for each viewport, in the order of the first page's.
  public var totals: [Total] {
    var totals: [Total] = []
    for view in pages.flatMap(\.views) {
      if !totals.contains(where: { $0.viewport == view.viewport }) {
        totals.append(
          Total(
            viewport: view.viewport, pages: 0, elements: 0, counts: [:], bytesBefore: 0, bytesAfter: 0,
            rewrittenBefore: 0, rewrittenAfter: 0))
      }
      guard let index = totals.firstIndex(where: { $0.viewport == view.viewport }) else { continue }
      totals[index].pages += 1
      totals[index].elements += view.elements
      totals[index].counts.merge(view.counts, uniquingKeysWith: +)
      totals[index].bytesBefore += view.bytesBefore
      totals[index].bytesAfter += view.bytesAfter
      totals[index].rewrittenBefore += view.rewrittenBefore
      totals[index].rewrittenAfter += view.rewrittenAfter
    }
    return totals
  }

  /// The bytes of images that each screen downloads for what the posts place, summed over their pages, as `optimize` and
  /// `check` compute it; of the screens whose windows were looked at on each page.
  public var downloads: Downloads {
    let posts = pages.filter { $0.post != nil }
    return Screen.standard.reduce(into: [:]) { sums, screen in
      let views = posts.compactMap { page in page.views.first { $0.viewport == screen.description } }
      guard !views.isEmpty, views.count == posts.count else { return }
      sums[screen.name] = views.reduce(0) { $0 + $1.downloads }
    }
  }

  /// The pages that differ, the worst first.
  public var worst: [Page] {
    pages.filter { !$0.isSame }.sorted { ($1.weight, $0.page) < ($0.weight, $1.page) }
  }
}

extension VerifyReport.Page {
  /// How bad it is: what is broken before what has moved, and much before little.
  fileprivate var weight: Int {
    let weights = [
      "broken": 10_000, "elements": 1_000, "rescaled": 200, "restyled": 10, "blurry": 100,
      "lateLargestPaint": 50,
    ]
    let viewWeight = views.reduce(0) { sum, view in
      sum + (view.failure == nil ? 0 : 20_000)
        + view.counts.reduce(0) { $0 + ($1.key == "wasteful" ? 0 : $1.value * (weights[$1.key] ?? 1)) }
    }
    return viewWeight + missing.count * 10_000 + (difference == nil ? 0 : 5_000)
  }
}

extension VerifyReport.View {
  /// How many changes of each kind are listed.
  private static let listed = 5

  init(
    _ comparison: LayoutComparison, _ before: PageView, _ after: PageView, at viewport: Screen,
    unstable: Int, fileNames: Set<String>
  ) {
    self.viewport = viewport.description
    self.unstable = unstable
    elements = before.paths.count
    counts = Dictionary(comparison.changes.map { ($0.kind.rawValue, 1) }, uniquingKeysWith: +)
    changes = LayoutComparison.Kind.allCases.flatMap { kind in
      comparison.changes.filter { $0.kind == kind }.prefix(Self.listed).map {
        VerifyReport.Change(kind: $0.kind.rawValue, path: $0.path, before: $0.before, after: $0.after)
      }
    }
    (bytesBefore, bytesAfter) = (before.bytes, after.bytes)
    downloads = after.fetched.reduce(0) { $0 + (fileNames.contains(Self.name(of: $1.key)) ? $1.value : 0) }
    (shiftBefore, shiftAfter) = (before.shift, after.shift)
    let old = Dictionary(before.images.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let rewritten = after.images.filter { image in
      image.isResponsive && old[image.path].map { !$0.isResponsive || $0.src != image.src } ?? false
    }
    let bytes = { (view: PageView, files: [String]) in Set(files).reduce(0) { $0 + (view.fetched[$1] ?? 0) } }
    rewrittenBefore = bytes(before, rewritten.compactMap { old[$0.path]?.chosen })
    rewrittenAfter = bytes(after, rewritten.map(\.chosen))
  }

  /// The name of the file that an address ends with.
  private static func name(of address: String) -> String {
    let path = address.prefix { $0 != "?" && $0 != "#" }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return name.removingPercentEncoding ?? name
  }

  init(failure: String, at viewport: Screen) {
    self.viewport = viewport.description
    self.failure = failure
    (elements, counts, changes, unstable) = (0, [:], [], 0)
    (bytesBefore, bytesAfter, rewrittenBefore, rewrittenAfter, downloads) = (0, 0, 0, 0, 0)
    (shiftBefore, shiftAfter) = (0, 0)
  }
}
