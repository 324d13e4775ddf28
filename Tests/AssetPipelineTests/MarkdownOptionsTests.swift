import Testing

@testable import AssetPipeline

/// What the configuration says of a folder of Markdown posts.
@Suite struct MarkdownOptionsTests {
  @Test(arguments: [
    ("", nil, false), ("imagesRoot: public", ["public"], false), ("imagesRoot: .", [""], false),
    ("imagesRoot: [web/a/, ./b]\nmarkdown: {html: true}", ["web/a", "b"], true),
    ("markdown: {html: false}", nil, false),
  ])
  func isRead(text: String, roots: [String]?, html: Bool) throws {
    let options = try Configuration(yaml: text, file: "a.yml").markdown
    #expect(options.imagesRoots == roots)
    #expect(options.html == html)
  }

  @Test(arguments: [
    ("imagesRoot: ../a", "a.yml:1:13: error: imagesRoot must name folders inside the site"),
    ("imagesRoot: /a", "a.yml:1:13: error: imagesRoot must name folders inside the site"),
    ("markdown: true", "a.yml:1:11: error: markdown must be a mapping"),
    ("markdown: {htm: true}", "a.yml:1:12: error: unknown key 'htm' in markdown (did you mean 'html'?)"),
  ])
  func isRefused(text: String, message: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml: text, file: "a.yml") }
    #expect(try #require(error).description.hasPrefix(message))
  }
}
