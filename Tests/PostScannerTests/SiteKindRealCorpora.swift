import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

/// Real sites of each generator: every reference by status. The counts are those of the sites as they are kept
/// beside the project; what is missing there is missing in the sites themselves.
@Suite(.tags(.realCorpora)) struct SiteKindRealCorpora {
  struct Corpus: CustomTestStringConvertible {
    var folder: String
    var kind: Site.Kind
    var posts: Int
    var statuses: [Reference.Status: Int]
    var sources: Int
    var testDescription: String { folder }
  }

  @Test(
    .needsRealCorpora("corpora"),
    arguments: [
      Corpus(
        folder: "congo-hugo/exampleSite", kind: .hugo, posts: 107, statuses: [.local: 27, .data: 10],
        sources: 9
      ),
      Corpus(
        folder: "philopp-zola", kind: .zola, posts: 193, statuses: [.local: 725, .remote: 11], sources: 137),
      Corpus(folder: "ehpb-11ty", kind: .eleventy, posts: 18, statuses: [.local: 2, .remote: 6], sources: 2),
      Corpus(
        folder: "flcdrg-astro", kind: .astro, posts: 43, statuses: [.local: 137, .remote: 1], sources: 99),
      Corpus(folder: "jakevdp-pelican", kind: .pelican, posts: 67, statuses: [.local: 31], sources: 30),
      Corpus(
        folder: "nerd-blog", kind: .jekyll, posts: 45, statuses: [.local: 240, .missing: 8, .remote: 23],
        sources: 201
      ),
      Corpus(
        folder: "huxpro", kind: .jekyll, posts: 88, statuses: [.local: 87, .missing: 5, .remote: 23],
        sources: 77),
      Corpus(
        folder: "pgp-alfolio", kind: .jekyll, posts: 35, statuses: [.local: 56, .missing: 2, .remote: 2],
        sources: 14),
      Corpus(folder: "perproxid-chirpy", kind: .jekyll, posts: 14, statuses: [.local: 18], sources: 9),
    ])
  func everyReferenceIsResolved(_ corpus: Corpus) throws {
    let path = RealCorpora.path("corpora/" + corpus.folder)
    let result = try PostScanner(root: SiteRoot(path), name: corpus.folder).scan()
    let statuses = Dictionary(grouping: result.references, by: \.status).mapValues(\.count)
    let sources = Set(result.references.compactMap(\.source)).count
    print("\(corpus.folder): \(result.posts.count) posts, \(statuses), \(sources) files")
    #expect(result.site.kind == corpus.kind)
    #expect(result.posts.count == corpus.posts)
    #expect(statuses == corpus.statuses)
    #expect(sources == corpus.sources)
    for reference in result.references {
      #expect(reference.status == .local || reference.status == .data || reference.reason != nil)
    }
  }

  /// The images that real Pelican put into the pages, against what the posts' sources say.
  @Test(.needsRealCorpora("corpora/jakevdp-pelican", "truth/jakevdp-pelican.tsv"))
  func pelicanShowsWhatIsFound() throws {
    let site = RealCorpora.path("corpora/jakevdp-pelican")
    let table = RealCorpora.path("truth/jakevdp-pelican.tsv")
    let rendered = Set(
      try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").compactMap {
        line -> String? in
        let cells = line.split(separator: "\t").map(String.init)
        return cells.count == 5 && cells[1] == "img" && cells[4] == "ok" ? cells[3] : nil
      })
    let references = try PostScanner(root: SiteRoot(site), name: "pelican").scan().references
    let scanned = Set(references.filter { $0.status == .local }.map(\.url))
    // What the table has and no post names would be listed here; there is none.
    #expect(rendered.subtracting(scanned).isEmpty)
    // The page "about" is not in the table: the site was built without its pages.
    let rest = scanned.subtracting(rendered)
    print(
      "jakevdp-pelican: \(rendered.intersection(scanned).count) of \(rendered.count) shown URLs found; beside: \(rest.sorted())"
    )
    #expect(
      rest == [
        "/images/PythonDataScience.jpg", "/images/StatisticsDataMining.jpg", "/images/WhirlwindTour.jpg",
        "/images/jake.jpg",
      ])
  }
}
