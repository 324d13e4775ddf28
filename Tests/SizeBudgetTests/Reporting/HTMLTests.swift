import Testing

@testable import SizeBudget

struct HTMLTests {
  @Test(
    arguments: [
      ("plain 한국어 🌊", "plain 한국어 🌊"), ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"),
      ("\" onload='x'", "&quot; onload=&#39;x&#39;"), ("&amp;", "&amp;amp;"),
      ("a\u{0}b\u{1B}", "a\u{FFFD}b\u{FFFD}"),
      ("two\nlines\t", "two\nlines\t"),
    ])
  func textIsEscaped(text: String, expected: String) {
    let html: HTML = "<p title=\"\(text)\">\(text)</p>"
    #expect(html.text == "<p title=\"\(expected)\">\(expected)</p>")
  }

  @Test func partsStayMarkup() {
    let none: HTML? = nil
    let items = ["<", "b"].map { item -> HTML in "<li>\(item)</li>" }
    let html: HTML = "<ul>\(items)\(none)</ul>\(3)"
    #expect(html.text == "<ul><li>&lt;</li><li>b</li></ul>3")
  }
}
