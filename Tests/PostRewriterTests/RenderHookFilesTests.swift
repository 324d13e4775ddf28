import AssetModel
import Foundation
import Testing

@testable import PostRewriter

@Suite struct RenderHookFilesTests {
  /// Readers of a feed cannot resolve candidates, and Hugo cuts its summaries by the words of their markup.
  @Test func feedsShowImagesAsBefore() throws {
    var hook = RenderHook()
    hook.add(["a.jpg": RenderHook.Entry(attributes: #"src="a.jpg" srcset="/b.webp 9w""#)], of: "p.md")
    let files = try hook.files()
    #expect(files.map(\.path) == RenderHookFiles.all)
    let feed = try #require(files.first { $0.path == RenderHookFiles.feed })
    let text = String(decoding: feed.content, as: UTF8.self)
    #expect(!text.contains("optimize_assets") && !text.contains("srcset"))
    #expect(text.contains(#"<img src="{{ $source | safeURL }}" alt="{{ .PlainText }}""#))
  }
}
