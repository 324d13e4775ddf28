import Foundation
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// What is recorded of the Markdown renderers, against the renderers of this machine. Where snapshots are updated, it is
  /// recorded anew.
  @Suite struct RecordedMarkdownTests {
    @Test(.needsJekyll) func kramdownShowsWhatIsRecorded() async throws {
      let folder = try TemporaryFolder()
      for (path, text) in MarkdownCase.jekyllSite { try folder.write(text, to: "site/" + path) }
      try await Jekyll.build(folder("site"), to: folder("built"))
      try await expectRecorded(.kramdown, version: #require(Programs.jekyll), "--version") { index in
        try Data(contentsOf: URL(fileURLWithPath: folder("built/\(MarkdownCase.slug(index)).html")))
      }
    }

    @Test(.needsHugo) func goldmarkShowsWhatIsRecorded() async throws {
      let folder = try TemporaryFolder()
      for (path, text) in MarkdownCase.hugoSite { try folder.write(text, to: "site/" + path) }
      try await Hugo.build(folder("site"), to: folder("built"))
      try await expectRecorded(.goldmark, version: #require(Programs.hugo), "version") { index in
        try Data(contentsOf: URL(fileURLWithPath: folder("built/\(MarkdownCase.slug(index))/index.html")))
      }
    }

    @Test(.needsPythonMarkdown) func pythonMarkdownShowsWhatIsRecorded() async throws {
      let pages = try await PythonMarkdown.render(MarkdownCase.all.map(\.source))
      let python = try #require(Programs.pythonMarkdown)
      try await expectRecorded(
        .pythonMarkdown, version: python, "-c",
        "import markdown; print('Python-Markdown', markdown.__version__)"
      ) { Data(pages[$0].utf8) }
    }

    /// The texts have names of their own: a record is kept by the name.
    @Test func everyCaseIsRecorded() throws {
      let names = MarkdownCase.all.map(\.name)
      #expect(Set(names).count == names.count)
      let recorded = try #require(RecordedImages.recorded)
      for renderer in RecordedImages.Renderer.allCases {
        #expect(Set(recorded.images[renderer, default: [:]].keys) == Set(names), "\(renderer)")
      }
    }

    private func expectRecorded(
      _ renderer: RecordedImages.Renderer, version program: String, _ arguments: String...,
      page: (Int) throws -> Data
    ) async throws {
      let printed = try await Command.succeed(program, arguments).text
      let version = printed.split(separator: " ").prefix(2).joined(separator: " ")
        .trimmingCharacters(in: .whitespacesAndNewlines)
      var shown: [String: [RecordedImages.Image]] = [:]
      for (index, one) in MarkdownCase.all.enumerated() { shown[one.name] = try images(page(index)) }
      if Snapshot.isUpdating { return try RecordedImages.record(renderer, version: version, shown) }
      let recorded = try #require(RecordedImages.recorded)
      // Another version may read Markdown in another way, which is worth knowing and no fault of the program's.
      withKnownIssue("\(version) is not \(recorded.versions[renderer] ?? "")", isIntermittent: true) {
        for one in MarkdownCase.all {
          #expect(shown[one.name] == recorded[one, renderer], "\(one.name): \(one.source)")
        }
      } when: {
        recorded.versions[renderer] != version
      }
    }

    /// The images of a page that a browser would show.
    private func images(_ page: Data) throws -> [RecordedImages.Image] {
      try PageImages(#require(RenderedPage(Array(page)))).pictures.map {
        RecordedImages.Image(src: $0.img["src"] ?? "", alt: $0.img["alt"] ?? "")
      }
    }
  }
}
