import AssetModel
import Testing
import TestSupport

@testable import GeneratorOracle

/// The oracle's verdicts on small texts, against what the same generators were recorded to render.
@Suite struct MarkdownCaseTests {
  @Test(.needsJekyll) func jekyll() throws {
    let posts = MarkdownCase.all.indices.map { index in
      OraclePost(
        path: MarkdownCase.jekyllPost(index), syntax: .kramdown, url: "/\(MarkdownCase.slug(index)).html")
    }
    let verdicts = try OracleSite(MarkdownCase.jekyllSite).judge(posts)
    // The attribute list takes the mark away with the label, and the include's image is nowhere in the post.
    try expect(
      verdicts, posts, of: .kramdown, exceptions: ["a list that changes the text", "Liquid: an include"])
  }

  @Test(.needsHugo) func hugo() throws {
    let posts = MarkdownCase.all.indices.map { index in
      OraclePost(
        path: MarkdownCase.hugoPost(index), syntax: .commonMark, url: "/\(MarkdownCase.slug(index))/")
    }
    let verdicts = try OracleSite(MarkdownCase.hugoSite).judge(posts)
    try expect(verdicts, posts, of: .goldmark, exceptions: [])
  }

  /// - Parameter known: texts of which the oracle cannot tell what they show.
  private func expect(
    _ verdicts: Verdicts, _ posts: [OraclePost], of renderer: RecordedImages.Renderer, exceptions: Set<String>
  ) throws {
    let recorded = try #require(RecordedImages.recorded)
    var differing: Set<String> = []
    for (one, post) in zip(MarkdownCase.all, posts) {
      let rendered = Set(recorded[one, renderer])
      let judged = verdicts.judged[post.path]
      if judged != nil || rendered.isEmpty, Self.images(judged ?? []) == rendered { continue }
      differing.insert(one.name)
      if exceptions.contains(one.name) { continue }
      let reason = verdicts.unjudged[post.path] ?? ""
      Issue.record(
        "\(one.name): \(one.source.debugDescription) shows \(rendered), judged \(Self.images(judged ?? [])) \(reason)"
      )
    }
    // What agrees now is taken off the list, so that it stays so.
    #expect(exceptions.subtracting(differing).isEmpty)
  }

  private static func images(_ results: [Verdicts.OracleVerdict]) -> Set<RecordedImages.Image> {
    results.reduce(into: []) { all, result in
      guard case .image(let images) = result.verdict else { return }
      all.formUnion(images.map { RecordedImages.Image(src: $0.source, alt: $0.alt) })
    }
  }
}
