import Foundation
import Testing

@testable import AssetModel

@Suite struct ManifestTests {
  @Test func readsBackWhatItWrites() throws {
    let manifest = Self.sample
    #expect(try AssetManifest(json: manifest.json()) == manifest)
    #expect(CompactEncoder.data(of: manifest).flatMap { CompactDecoder.value(of: $0) } == manifest)
  }

  @Test func ordersEverything() throws {
    var shuffled = Self.sample
    shuffled.references.reverse()
    shuffled.problems.reverse()
    #expect(shuffled != Self.sample.sorted())
    #expect(try shuffled.sorted().json() == Self.sample.sorted().json())
  }

  @Test func refusesAnotherVersion() throws {
    var json = try String(decoding: Self.sample.json(), as: UTF8.self)
    json.replace("\"version\" : 1", with: "\"version\" : 2")
    #expect(throws: DecodingError.self) { try AssetManifest(json: Data(json.utf8)) }
  }

  @Test func writesKeysInOrderAndSlashesAsTheyAre() throws {
    let json = try String(decoding: Self.sample.json(), as: UTF8.self)
    #expect(json.contains("assets/a.png"))
    let keys = ["posts", "problems", "references", "site", "sources", "variants", "version"]
    let positions = keys.compactMap { json.range(of: "\n  \"\($0)\" :")?.lowerBound }
    #expect(positions.count == keys.count)
    #expect(positions == positions.sorted())
  }

  @Test(arguments: [
    (3, 7, "posts/a.md:3:7: warning: no such file (check the name) [missing-file]"),
    (nil, nil, "posts/a.md: warning: no such file (check the name) [missing-file]"),
  ])
  func problemsReadAsOneLine(line: Int?, column: Int?, expected: String) {
    let problem = Diagnostic(
      .warning, .missingFile, file: "posts/a.md", line: line, column: column, message: "no such file",
      advice: "check the name")
    #expect("\(problem)" == expected)
  }

  private static let sample = AssetManifest(
    site: Site(kind: .jekyll, reason: "found _config.yml", root: "blog"),
    posts: [Post(path: "a.md", dialect: .kramdown, url: "/a.html", bytes: 3, sha256: "00")],
    references: [
      Reference(
        post: "a.md", kind: .markdownInline, range: ByteRange(0, 9), urlRange: ByteRange(4, 8), line: 1,
        column: 1, url: "/assets/a.png", status: .local, source: "assets/a.png", link: LinkForm(prefix: "/")),
      Reference(
        post: "a.md", kind: .htmlImage, range: ByteRange(20, 29), urlRange: ByteRange(24, 28), line: 2,
        column: 1, url: "https://example.org/b.png", status: .remote),
    ],
    sources: [Source(path: "assets/a.png", sha256: "11", bytes: 5, format: .png, width: 4, height: 3)],
    problems: [
      Diagnostic(.note, .templated, file: "a.md", line: 2, message: "m"),
      Diagnostic(.error, .undecodable, file: "b.png", message: "m"),
    ])
}
