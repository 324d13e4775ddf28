import AssetModel
import Testing

@testable import AssetPipeline

@Suite struct SummaryTests {
  @Test func countsWhatAManifestHolds() {
    func reference(_ post: String, _ status: Reference.Status) -> Reference {
      Reference(
        post: post, kind: .markdownInline, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1,
        column: 1,
        url: "a.png", status: status, source: status == .local ? "a.png" : nil)
    }
    let manifest = AssetManifest(
      site: Site(kind: .jekyll, reason: "", root: "."),
      posts: ["1.md", "2.md"].map { Post(path: $0, dialect: .kramdown, url: "/", bytes: 1, sha256: "") },
      references: [reference("1.md", .local), reference("1.md", .missing), reference("2.md", .local)],
      sources: [Source(path: "a.png", sha256: "1", bytes: 9_000, format: .png, width: 1600, height: 900)],
      problems: [
        Diagnostic(.warning, .missingFile, file: "1.md", message: "m", advice: "a"),
        Diagnostic(.note, .authorEdit, file: "1.md", message: "m"),
      ])
    let summary = Summary(manifest: manifest)
    #expect(summary.posts == 2)
    #expect(summary.references == ["local": 2, "missing": 1])
    #expect((summary.images, summary.variants) == (1, 0))
    #expect((summary.errors, summary.warnings, summary.notes) == (0, 1, 1))
    // What screens download nobody has looked at.
    #expect(summary.downloads == nil)
  }
}
