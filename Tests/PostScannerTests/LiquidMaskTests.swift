import Testing

@testable import PostScanner

@Suite struct LiquidMaskTests {
  @Test(arguments: [
    ("a {{ b }} c", "a zzzzzzz c"),
    ("a {% b %} c", "a _______ c"),
    ("{% raw %}{{ a }}{% endraw %}", "_________{{ a }}____________"),
    ("a {%- b -%} c", "a" + String(repeating: "_", count: 11) + "c"),
    ("{% comment %}a{{ b }}{% endcomment %}c", String(repeating: "_", count: 37) + "c"),
    (
      "{% if false %}a{% else %}b{% endif %}",
      String(repeating: "_", count: 25) + "b" + String(repeating: "_", count: 11)
    ),
    ("{% if x %}a{% endif %}", "__________a___________"),
    ("{{ a", "{{ a"), ("{% a", "{% a"), ("{% link a %}", "zzzzzzzzzzzz"),
  ])
  func masksKeepTheLength(_ source: String, _ masked: String) {
    let bytes = Array(source.utf8)
    let result = LiquidMask.apply(to: bytes, range: 0..<bytes.count)
    #expect(result.count == bytes.count)
    #expect(String(decoding: result.map { $0 == .removed ? UInt8(ascii: "_") : $0 }, as: UTF8.self) == masked)
  }
}
