import AssetModel
import PostScanner
import SiteFiles
import Testing
import TestSupport

@testable import GeneratorOracle

/// The scanner and the site's own generator on whole blogs: each reference is confirmed, and nothing is missed.
@Suite(.needsJekyll) struct BlogTests {
  @Test func theSampleBlog() throws { try expectAgreement(Project.sampleBlog) }

  @Test func aSmallSite() throws {
    let folder = try TemporaryFolder(GeneratorSite.jekyllBlog.files)
    try expectAgreement(folder.path)
  }
}

@Suite(.tags(.realCorpora), .needsRealCorpora("corpora"), .needsJekyll) struct BlogRealCorpora {
  @Test(.needsRuby("jekyll-feed", "jekyll-sitemap", "jekyll-seo-tag"))
  func nerdBlog() throws { try expectAgreement(RealCorpora.path("corpora/nerd-blog")) }

  @Test(.needsRuby("jekyll-paginate"))
  func huxpro() throws { try expectAgreement(RealCorpora.path("corpora/huxpro")) }
}

private func expectAgreement(_ path: String) throws {
  let root = try SiteRoot(path)
  let scan = try PostScanner(root: root, name: "blog").scan()
  let posts = scan.posts.map { post in
    OraclePost(
      path: post.path, syntax: post.dialect == .kramdown ? .kramdown : .html, url: post.url,
      values: scan.references.filter { $0.post == post.path && $0.kind == .frontMatter }
        .map { OraclePost.Value(range: $0.urlRange, url: $0.url) })
  }
  let judge = GeneratorOracle(root: root, options: GeneratorOracle.Options(jobs: 2))
  let verdicts = try judge.judge(posts)
  let comparison = verdicts.compare(scan.references)
  // What a tag's template makes of it, no offset tells.
  let unconfirmed = scan.references.filter { reference in
    reference.kind != .templateTag
      && verdicts.judged[reference.post]?.contains { result in
        guard result.offset == reference.range.start, case .image = result.verdict else { return false }
        return true
      } != true
  }
  #expect(verdicts.unjudged.isEmpty)
  #expect(!scan.references.isEmpty && unconfirmed.map { "\($0.post):\($0.line)" } == [])
  #expect(comparison.rejected.map { "\($0.post):\($0.line)" } == [])
  #expect(comparison.missed.map { "\($0.post):\($0.judgement.line)" } == [])
}
