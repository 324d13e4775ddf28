import AssetModel
import Testing
import TestSupport

@testable import PostScanner

/// Pages of Lektor's, which are read and never rewritten.
@Suite struct LektorTests {
  @Test func fieldsAndTheirMarkdownAreRead() throws {
    let page = """
      _model: post
      ---
      title: A walk
      ---
      cover: hill.png
      ---
      body:

      ![Beside](hill.png) and ![from the root](/log/tree.png) `![code](hill.png)`
      ---
      note: ![again](../../walks/first/hill.png)
      """
    let result = try TemporaryFolder([
      "walks.lektorproject": "[project]\nname = Walks\nurl = https://example.org/log/\n",
      "content/walks/first/contents.lr": page, "content/walks/first/hill.png": "x", "assets/tree.png": "x",
      "content/contents.lr": "title: Walks\n", "templates/a.html": "<img src=\"{{ x }}\">",
    ]).scan()
    #expect(result.site.kind == .lektor && result.site.reason == "walks.lektorproject is there")
    #expect(Set(result.posts.map(\.url)) == ["/", "/walks/first/"])
    #expect(
      result.references.map(\.source) == [
        "content/walks/first/hill.png", "content/walks/first/hill.png", "assets/tree.png",
        "content/walks/first/hill.png",
      ], "\(result.references.map(\.url))")
    #expect(result.references.filter(\.isBodyImage).allSatisfy { $0.keptBecause != nil })
  }

  /// What its build left is a tree of pages.
  @Test func aFolderWithAPageOfItsOwnIsABuiltSite() throws {
    let folder = try TemporaryFolder(["a.lektorproject": "", "index.html": ""])
    #expect(throws: ScanError.unknownSite(folder: "site")) { try folder.scan() }
  }
}
