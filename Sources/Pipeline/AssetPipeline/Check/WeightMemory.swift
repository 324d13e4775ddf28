import AssetCache
import AssetModel
import Foundation
import PageScanner
import SiteFiles
import SizeBudget

/// Remembers what the pages of a build weigh, so that after a change to one page the others are not weighed again.
///
/// What a page weighs follows from its bytes, from what lies beside the pages, and from what is known of the pictures. Where one of
/// the latter two is another, nothing is remembered.
struct WeightMemory {
  /// A page as it was weighed.
  private struct Page: CompactRecord {
    var path = ""
    var sha256 = ""
    /// What it weighs, as bytes: of a page that is remembered they are handed on as they are.
    var weight = Data()

    static var blank: Page { Page() }

    mutating func exchange(with fields: CompactFields) throws {
      try fields.exchange(&path)
      try fields.exchange(&sha256)
      try fields.exchange(&weight)
    }
  }

  private struct Record: CompactRecord {
    /// What holds for all pages.
    var ground = ""
    var pages: [Page] = []

    static var blank: Record { Record() }

    mutating func exchange(with fields: CompactFields) throws {
      try fields.exchange(&ground)
      try fields.exchange(&pages)
    }
  }

  private let cache: AssetCache
  private let key: String
  private let ground: String
  private let pages: [String: Page]

  /// Nil for a tree that is no build's own: others are not worth a look at every file that lies in them.
  init?(_ pipeline: Pipeline, _ site: Site, _ sources: [String: Source]) {
    guard pipeline.isFolderOfBuild, pipeline.text == nil,
      let surroundings = try? PageScanner.surroundings(of: pipeline.root)
    else { return nil }
    cache = pipeline.cache
    key = cache.key("page weights", pipeline.root.path)
    ground = CompactEncoder.digest(
      of: [
        surroundings, site.url, site.baseurl, CompactEncoder.digest(of: pipeline.configuration.devices),
        CompactEncoder.digest(of: sources.values.sorted { $0.path < $1.path }),
      ])
    let record = cache.value(.runs, key).flatMap { CompactDecoder.value(Record.self, of: $0) }
    let known = record?.ground == ground ? record?.pages ?? [] : []
    pages = Dictionary(known.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is remembered of pages, by their paths.
  func weights(of pages: [Post]) -> [String: PageWeight] {
    var known: [String: PageWeight] = [:]
    for page in pages {
      guard let one = self.pages[page.path], one.sha256 == page.sha256 else { continue }
      known[page.path] = CompactDecoder.value(PageWeight.self, of: one.weight)
    }
    return known
  }

  /// Remembers the pages of the tree.
  ///
  /// - Parameters:
  ///   - known: the paths of those that were remembered.
  ///   - weighed: the others, with the paths that were looked for.
  func remember(
    _ known: some Collection<String>, _ weighed: [(Post, (weight: PageWeight, paths: [String]))]
  ) {
    guard !weighed.isEmpty || known.count != pages.count else { return }
    var record = Record(ground: ground, pages: known.compactMap { pages[$0] })
    // A page that takes another in as a stylesheet depends on that one's bytes.
    for (page, answer) in weighed where !answer.paths.contains(where: PageScanner.isPage) {
      guard let weight = CompactEncoder.data(of: answer.weight) else { continue }
      record.pages.append(Page(path: page.path, sha256: page.sha256, weight: weight))
    }
    if let data = CompactEncoder.data(of: record) { cache.set([key: data], in: .runs) }
  }
}
