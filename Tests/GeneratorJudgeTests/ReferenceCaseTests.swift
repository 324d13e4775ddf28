import Foundation
import Manifest
import Testing

@testable import GeneratorJudge

/// The judge's verdicts on small sources, against what the same generators were recorded to render.
@Suite struct ReferenceCaseTests {
  private struct Case: Decodable {
    struct Image: Decodable, Hashable {
      var src: String
      var alt: String
    }
    var name: String
    var source: String
    var kramdown: [Image]
    var goldmark: [Image]
  }

  private static func cases() throws -> [Case]? {
    guard let path = SharedInputs.path("findings/reference-cases.json") else { return nil }
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static func name(_ index: Int) -> String { "c\(String(1000 + index).dropFirst())" }

  /// The number of cases that agree, with a line for each that does not.
  private static func agreeing(
    _ cases: [Case], _ verdicts: Verdicts, path: (Int) -> String, truth: (Case) -> [Case.Image]
  ) -> Int {
    var count = 0
    for (index, one) in cases.enumerated() {
      var shown: Set<Case.Image> = []
      for place in verdicts.judged[path(index)] ?? [] {
        guard case .image(let images) = place.verdict else { continue }
        shown.formUnion(images.map { Case.Image(src: $0.source, alt: $0.alt) })
      }
      let isJudged = verdicts.judged[path(index)] != nil || truth(one).isEmpty
      if isJudged, shown == Set(truth(one)) {
        count += 1
      } else {
        let reason = verdicts.unjudged[path(index)] ?? ""
        print("  \(one.name): real \(truth(one).map { "\($0.src) [\($0.alt)]" }), judged \(shown) \(reason)")
      }
    }
    return count
  }

  @Test func jekyll() throws {
    guard let cases = try Self.cases(), TestSite.has("jekyll") else { return }
    var files = [
      "_config.yml": "baseurl: /b\npermalink: /:title.html\n",
      "_includes/figure.html": "<img src=\"{{ include.src }}\" alt=\"{{ include.alt }}\">",
      "assets/x.png": "x",
    ]
    var posts: [JudgedPost] = []
    for (index, one) in cases.enumerated() {
      let path = "_posts/2020-01-01-\(Self.name(index)).md"
      files[path] = "---\ncover: /x.png\n---\n" + one.source
      posts.append(JudgedPost(path: path, syntax: .kramdown, url: "/\(Self.name(index)).html"))
    }
    let verdicts = try TestSite(files).judge(posts)
    let count = Self.agreeing(cases, verdicts, path: { posts[$0].path }, truth: \.kramdown)
    print(
      "generator judge: jekyll \(count)/\(cases.count) (\(verdicts.unjudged.count) not judged, \(verdicts.builds) builds)"
    )
    #expect(count >= 184)
  }

  @Test func hugo() throws {
    guard let cases = try Self.cases(), TestSite.has("hugo") else { return }
    var files = [
      "config.toml": "baseURL = \"https://example.org/b/\"\n[markup.goldmark.renderer]\nunsafe = true\n",
      "layouts/_default/single.html": "<html><body>{{ .Content }}</body></html>\n",
    ]
    var posts: [JudgedPost] = []
    for (index, one) in cases.enumerated() {
      let path = "content/\(Self.name(index)).md"
      files[path] = "---\ntitle: t\n---\n" + one.source
      posts.append(JudgedPost(path: path, syntax: .commonMark, url: "/\(Self.name(index))/"))
    }
    let verdicts = try TestSite(files).judge(posts)
    let count = Self.agreeing(cases, verdicts, path: { posts[$0].path }, truth: \.goldmark)
    print(
      "generator judge: hugo \(count)/\(cases.count) (\(verdicts.unjudged.count) not judged, \(verdicts.builds) builds)"
    )
    #expect(count >= 185)
  }
}
