import Testing

@testable import ThemeAnalysis

/// Layouts whose code would do ever more.
@Suite struct LayoutBoundTests {
  private static func code(_ text: String, _ includes: [String: String] = [:]) -> LayoutCode {
    var code = LayoutCode(include: { includes[$0] }) { _ in nil }
    code.read(text)
    return code
  }

  @Test func includesOfIncludes() {
    let inner = String(repeating: "{% include a.html %}", count: 40)
    #expect(Self.code("{% include a.html %}", ["a.html": inner]).isSpent)
    #expect(!Self.code("{% include a.html %}<p>", ["a.html": "{% include a.html %}"]).isSpent)
  }

  @Test func textsThatDouble() {
    let doubling = String(repeating: "{% assign x = x | append: x %}", count: 60)
    let code = Self.code("{% assign x = 'ab' %}\(doubling)<link href=\"{{ x }}\">")
    #expect(code.out.utf8.count < 100_000 && !code.isSpent)
    let branches = "{% if a %}{% assign y = 'a' %}{% else %}{% assign y = 'b' %}{% endif %}"
    let product = String(repeating: "{% assign y = y | append: y %}", count: 40)
    #expect(Self.code(branches + product + "<link href=\"{{ y }}\">").out.utf8.count < 100_000)
  }

  @Test func tagsInTags() {
    #expect(Self.code(String(repeating: "{% if a %}x", count: 20_000)).isSpent)
    #expect(!Self.code(String(repeating: "{% if a %}x{% endif %}", count: 20_000)).isSpent)
  }

  @Test func branchesOfManyVariables() {
    let variables = (0..<3_000).map { "{% assign v\($0) = 'a' %}" }.joined()
    let branches =
      "{% if a %}" + String(repeating: "{% assign x = 'a' %}{% elsif b %}", count: 3_000) + "{% endif %}"
    #expect(Self.code(variables + branches).isSpent)
  }

  @Test func addressesOfSeveralValuesEach() {
    let one = "\(LayoutCode.open)a\(LayoutCode.either)b\(LayoutCode.either)c\(LayoutCode.close)"
    #expect(LayoutCode.choices(of: "x\(one)y\(one)z").count == 9)
    #expect(LayoutCode.choices(of: "x\(one)y").first == "xay")
    let many = LayoutCode.choices(of: String(repeating: one, count: 40))
    #expect(many.count <= 256 && many.allSatisfy { $0.contains(TemplateText.mark) })
    #expect(LayoutCode.choices(of: "plain") == ["plain"])
  }

  @Test func endTagsOfNothing() {
    let text = String(repeating: "<div>", count: 20_000) + String(repeating: "</b>", count: 5_000)
    #expect(LayoutMarkup(text + String(TemplateText.content)).chain?.count == 20_000)
  }
}
