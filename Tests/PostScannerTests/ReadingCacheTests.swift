import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

@Suite struct ReadingCacheTests {
  @Test(arguments: GeneratorSite.all)
  func knownPostsComeToTheSame(_ site: GeneratorSite) throws {
    let folder = try TemporaryFolder(site.files)
    try expectSame(folder.path)
  }

  @Test func theSampleBlogComesToTheSame() throws { try expectSame(Project.sampleBlog) }

  struct Change: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// How many of the site's four files are parsed again.
    var parsed: Int
    var act: @Sendable (TemporaryFolder, inout ScanOptions) throws -> Void
  }

  static let post = "_posts/2020-01-02-a.md"

  static let changes = [
    Change(testDescription: "nothing", parsed: 0) { _, _ in },
    Change(testDescription: "the time of a post's change", parsed: 0) { site, _ in
      FileCopy.setModified(1_000_000_000_000_000_000, of: site.path + "/" + post)
    },
    Change(testDescription: "a post", parsed: 1) { site, _ in
      try site.write("---\n---\n![other](/x.png)\n", to: post)
    },
    // The file that it takes in gets its relative URLs from the post's page.
    Change(testDescription: "a post's name", parsed: 2) { site, _ in
      #expect(rename(site.path + "/" + post, site.path + "/_posts/2020-01-02-b.md") == 0)
    },
    Change(testDescription: "the time of a draft's change", parsed: 1) { site, _ in
      FileCopy.setModified(1_000_000_000_000_000_000, of: site.path + "/_drafts/d.md")
    },
    Change(testDescription: "an included file", parsed: 1) { site, _ in
      try site.write("![q](/x.png) ![r](/x.png)", to: "_includes/p.md")
    },
    Change(testDescription: "another include folder", parsed: 4) { site, _ in
      try site.write("includes_dir: _parts", to: "_config.yml")
    },
    Change(testDescription: "the permalink", parsed: 4) { site, _ in
      try site.write("permalink: /:title/", to: "_config.yml")
    },
    Change(testDescription: "the fields", parsed: 4) { _, options in options.frontMatterFields = ["hero"] },
    Change(testDescription: "a field of a rule", parsed: 4) { _, options in options.furtherFields = ["own"]
    },
    Change(testDescription: "the tags", parsed: 4) { _, options in
      options.tags = [TagPattern(name: "photo", argument: nil)]
    },
    Change(testDescription: "a confirmed place", parsed: 1) { _, options in options.confirmed = [post: [8]] },
    Change(testDescription: "an image that a post names", parsed: 0) { site, _ in
      try site.write("", to: "x.png")
    },
  ]

  @Test(arguments: changes)
  func changeIsRead(_ change: Change) throws {
    let site = try TemporaryFolder([
      "_config.yml": "",
      Self.post: "---\nhero: /x.png\n---\n![a](/x.png) {% include p.md %} {% photo x.png %}\n",
      "_drafts/d.md": "---\n---\n![d](/x.png)\n", "_includes/p.md": "![p](/x.png)\n",
      "_parts/p.md": "![p](/x.png)\n", "about.md": "---\n---\n![b](y.png)\n",
    ])
    let cache = AssetCache(folder: nil)
    func scan(_ options: ScanOptions, _ cache: AssetCache) throws -> ScanResult {
      try PostScanner(root: SiteRoot(site.path), name: "site", options: options, cache: cache).scan()
    }
    var options = ScanOptions()
    #expect(try scan(options, cache).parsed == 4)
    try change.act(site, &options)
    let cached = try scan(options, cache)
    #expect(cached.parsed == change.parsed)
    let fresh = try scan(options, AssetCache(folder: nil))
    #expect(cached.references == fresh.references)
    #expect(cached.posts == fresh.posts)
    #expect(cached.problems == fresh.problems)
  }

  @Test(arguments: [0, -86_400]) func changedBytesOfTheSameLengthAndTimeAreRead(seconds: Int64) throws {
    let site = try TemporaryFolder(["_config.yml": "", Self.post: "---\n---\n![a](/x.png)\n"])
    let cache = AssetCache(folder: nil)
    let path = site.path + "/" + Self.post
    let time = FileStamp.now + seconds * 1_000_000_000
    FileCopy.setModified(time, of: path)
    let stamp = try #require(FileStamp(of: path))
    _ = try PostScanner(root: SiteRoot(site.path), name: "site", cache: cache).scan()
    // File systems count the time of a change in steps of some milliseconds.
    usleep(20_000)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: Data("---\n---\n![b](/y.png)\n".utf8))
    try file.close()
    FileCopy.setModified(time, of: path)
    let now = try #require(FileStamp(of: path))
    #expect((now.bytes, now.modified) == (stamp.bytes, stamp.modified))
    #expect(now != stamp)
    let result = try PostScanner(root: SiteRoot(site.path), name: "site", cache: cache).scan()
    #expect(result.references.map(\.url) == ["/y.png"])
  }

  @Test func pageWhoseURLHoldsThePresentTimeIsReadEachTime() throws {
    let site = try TemporaryFolder([
      "_config.yml": "collections: {notes: {output: true, permalink: '/:year/:title'}}",
      "_notes/n.md": "---\n---\n![a](/x.png)\n",
      "_notes/dated.md": "---\ndate: 2020-01-01\n---\n![a](/x.png)\n",
    ])
    let cache = AssetCache(folder: nil)
    let scanner = PostScanner(root: try SiteRoot(site.path), name: "site", cache: cache)
    #expect(try scanner.scan().parsed == 2)
    let again = try scanner.scan()
    #expect(again.parsed == 1)
    #expect(!again.isCacheable)
  }

  @Test func damagedOutcomeIsNone() throws {
    var outcome = PostReading.Outcome()
    outcome.post = Post(
      path: "a", dialect: .html, url: "/a", layout: "wide", hookName: "h.md", bytes: 3, sha256: "d")
    outcome.partials = ["p"]
    let data = try #require(CompactEncoder.data(of: outcome))
    #expect(CompactDecoder.value(PostReading.Outcome.self, of: data)?.post == outcome.post)
    for length in 0..<data.count {
      #expect(CompactDecoder.value(PostReading.Outcome.self, of: data.prefix(length)) == nil)
    }
    #expect(CompactDecoder.value(PostReading.Outcome.self, of: data + [0]) == nil)
  }
}

@Suite(.tags(.realCorpora), .needsRealCorpora("corpora")) struct ReadingCacheRealCorpora {
  @Test(arguments: [
    "congo-hugo/exampleSite", "philopp-zola", "ehpb-11ty", "flcdrg-astro", "jakevdp-pelican", "nerd-blog",
    "huxpro", "pgp-alfolio", "perproxid-chirpy",
  ])
  func knownPostsComeToTheSame(_ corpus: String) throws {
    try expectSame(RealCorpora.path("corpora/" + corpus))
  }
}

/// A second scan parses no post, and says what the first does.
private func expectSame(_ path: String) throws {
  let cache = AssetCache(folder: nil)
  func scan(_ cache: AssetCache) throws -> ScanResult {
    try PostScanner(root: SiteRoot(path), name: "site", cache: cache).scan()
  }
  let fresh = try scan(AssetCache(folder: nil))
  #expect(try scan(cache).parsed > 0)
  let cached = try scan(cache)
  #expect(cached.parsed == 0)
  #expect(cached.posts == fresh.posts)
  #expect(cached.references == fresh.references)
  #expect(cached.problems == fresh.problems)
  #expect(cached.site == fresh.site)
}
