import AssetModel
import Foundation
import Testing
import TestSupport

@testable import AssetPipeline

/// Scans with the site's own generator as oracle.
@Suite struct JudgeTests {
  @Test(.needsJekyll) func theManifestHoldsWhatTheGeneratorShows() throws {
    let site = try TemporaryFolder([
      // The scanner does not know this setting, and takes the block for raw HTML.
      "_config.yml": "permalink: /:title.html\nkramdown:\n  parse_block_html: true\n",
      "_layouts/silent.html": "<p>Nothing of the post.</p>",
      "_posts/2020-01-01-shown.md":
        "---\n---\n![a](https://e.org/a.png)\n\n<div>\n![b *c*](https://e.org/b.png \"t\")\n![d](https://e.org/d.png){:.e}\n</div>\n",
      "_posts/2020-01-02-silent.md": "---\nlayout: silent\n---\n![a](x.png)\n",
      "_posts/2020-01-03-both.md": "---\n---\n<img src=\"https://e.org/c.png\" alt=\"\">\n",
    ])
    let builtIn = try Pipeline(site: site.path, configuration: Configuration()).scan()
    var configuration = Configuration()
    configuration.oracle = .generator
    let judged = try Pipeline(site: site.path, configuration: configuration).scan()

    #expect(builtIn.site.oracle == .builtIn)
    #expect(builtIn.references.map(\.url) == ["https://e.org/a.png", "x.png", "https://e.org/c.png"])
    #expect(builtIn.problems.map(\.rule) == [.missingFile])

    #expect(judged.site.oracle == .generator)
    #expect(
      judged.references.map(\.url) == ["https://e.org/a.png", "https://e.org/b.png", "https://e.org/c.png"])
    let added = try #require(judged.references.dropFirst().first)
    #expect(added.kind == .markdownInline && added.alt == "b *c*" && added.title == "t")
    #expect(added.line == 6 && added.column == 1)
    // One that is taken, one with an attribute list that is not read, and one that is not shown. The missing file
    // of the last is no problem any more.
    #expect(judged.problems.map(\.rule) == [.oraclesDiffer, .oraclesDiffer, .oraclesDiffer])
    #expect(judged.problems.map(\.line) == [6, 7, 4])
    #expect(judged.problems.map(\.file).last == "_posts/2020-01-02-silent.md")
  }

  @Test func aBuildThatFailsEndsTheScan() throws {
    let site = try TemporaryFolder(["_config.yml": "", "index.md": "---\n---\n"])
    var configuration = Configuration()
    configuration.oracle = .generator
    configuration.build = ["ls", "no-such-file", "{destination}"]
    #expect {
      try Pipeline(site: site.path, configuration: configuration).scan()
    } throws: { error in
      guard case PipelineError.generator(let diagnostic) = error else { return false }
      return diagnostic.message.contains("no-such-file")
        && diagnostic.advice?.contains("build: in optimize-assets.yml") == true
    }
  }

  @Test func aBuiltSiteNeedsNoJudge() throws {
    let site = try TemporaryFolder(["index.html": "<img src=\"https://e.org/x.png\" alt=\"\">"])
    var configuration = Configuration()
    configuration.oracle = .generator
    let manifest = try Pipeline(site: site.path, configuration: configuration).scan()
    #expect(manifest.site.oracle == .builtIn)
    #expect(manifest.problems.map(\.rule) == [.notJudged])
  }

  @Test func manifestsWithoutAJudgeAreReadable() throws {
    let manifest = AssetManifest(site: Site(kind: .jekyll, reason: "r", root: "s"))
    let json = String(decoding: try manifest.json(), as: UTF8.self)
    let old = json.replacingOccurrences(of: "    \"oracle\" : \"built-in\",\n", with: "")
    #expect(old != json)
    #expect(try AssetManifest(json: Data(old.utf8)) == manifest)
  }

  @Test(arguments: [
    ("build: [npx, a b, \"-o={destination}\"]", ["npx", "a b", "-o={destination}"]),
    ("build: make  site OUT={destination}", ["make", "site", "OUT={destination}"]),
  ])
  func buildIsAListOfWords(yaml: String, words: [String]) throws {
    let configuration = try Configuration(yaml: yaml + "\nbuildSeconds: 9\n", file: "c.yml")
    #expect(configuration.build == words)
    #expect(configuration.buildSeconds == 9)
  }

  @Test(arguments: ["build: make", "build: []", "build: \"\"", "oracle: generator", "buildSeconds: 0"])
  func badSettingsAreRefused(yaml: String) {
    #expect(throws: ConfigurationError.self) { try Configuration(yaml: yaml, file: "c.yml") }
  }
}
