import Testing

@testable import PostScanner

/// Templates that count the words of a content with its tags.
@Suite struct JekyllFeedBoundTests {
  @Test(arguments: [
    ("{{ content | number_of_words }}", true), ("{{post.content|markdownify|number_of_words}}", true),
    ("{{ content | strip_html | number_of_words }}", false), ("{{ title | number_of_words }}", false),
    ("{{ content }}{{ x | number_of_words }}", false), ("{{ content_x | number_of_words }}", false),
    ("{% assign w = page.content | number_of_words | divided_by: 9 %}", true),
  ])
  func areFound(_ template: String, _ counts: Bool) {
    #expect(JekyllFeed.countsMarkup(template) == counts)
  }

  @Test func areFoundInLongOnes() {
    let text = String(repeating: "{{ content | ", count: 30_000)
    #expect(!JekyllFeed.countsMarkup(text + "number_of_word" + " number_of_words"))
    #expect(JekyllFeed.countsMarkup(text + "number_of_words }}"))
  }
}
