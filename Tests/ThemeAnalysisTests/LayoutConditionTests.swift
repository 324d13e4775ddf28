import Testing

@testable import ThemeAnalysis

/// Which branches of a layout can run, by what is known of its names.
@Suite struct LayoutConditionTests {
  /// What is printed where `site.on` is set, `site.name` is `blog`, `site.list` has two entries, and of `page.x` and `site.page`
  /// nothing is known.
  private static func text(_ template: String) -> String {
    var code = LayoutCode(include: { _ in nil }) { name in
      switch name {
      case "site.on": .init(texts: ["true"])
      case "site.name": .init(texts: ["blog"])
      case "site.list": .init(texts: ["a", "b"])
      case "site.empty": .init(texts: [], isExact: false)
      case "site.blank": .init(texts: [""])
      case "page.x", "site.page": nil
      default: .nothing
      }
    }
    code.read(template)
    return code.out.filter { $0 != TemplateText.branch }
  }

  @Test(
    arguments: [
      ("{% if site.on %}a{% endif %}", "a"), ("{% if site.off %}a{% endif %}", ""),
      ("{% if site.on %}a{% else %}b{% endif %}", "a"), ("{% if site.off %}a{% else %}b{% endif %}", "b"),
      ("{% unless site.on %}a{% else %}b{% endunless %}", "b"),
      ("{% unless site.off %}a{% endunless %}", "a"),
      ("{% if page.x %}a{% else %}b{% endif %}", "ab"),
      ("{% if page.x %}a{% elsif site.on %}b{% else %}c{% endif %}", "ab"),
      ("{% if site.off %}a{% elsif site.on %}b{% elsif site.on %}c{% else %}d{% endif %}", "b"),
      ("{% if site.name == 'blog' %}a{% endif %}", "a"), ("{% if site.name == \"b c\" %}a{% endif %}", ""),
      ("{% if site.name != 'blog' %}a{% else %}b{% endif %}", "b"),
      ("{% if site.on == true and site.name == 'blog' %}a{% endif %}", "a"),
      ("{% if site.off and page.x %}a{% endif %}", ""),
      ("{% if site.on or page.x %}a{% else %}b{% endif %}", "a"),
      ("{% if site.on and page.x %}a{% else %}b{% endif %}", "ab"),
      // Liquid reads a mixture from its end, a list that is empty is there, and an empty text is one.
      ("{% if site.on or site.off and site.off %}a{% else %}b{% endif %}", "ab"),
      ("{% if site.empty %}a{% else %}b{% endif %}", "ab"), ("{% if site.blank %}a{% endif %}", "a"),
      ("{% if site.off == nil %}a{% else %}b{% endif %}", "ab"),
      ("{% if site.name == nil %}a{% else %}b{% endif %}", "b"),
      ("{% if site.list.size > 1 %}a{% else %}b{% endif %}", "ab"),
      ("{% case site.name %}{% when 'a' %}a{% when 'b', 'blog' %}b{% else %}c{% endcase %}", "b"),
      ("{% case site.name %}{% when 'a' or 'c' %}a{% else %}c{% endcase %}", "c"),
      ("{% case page.x %}{% when 'a' %}a{% else %}c{% endcase %}", "ac"),
      ("{% assign v = 'x' %}{% if site.off %}{% assign v = 'y' %}{% endif %}{{ v }}", "x"),
      ("{% assign v = 'x' %}{% if site.on %}{% assign v = 'y' %}{% endif %}{{ v }}", "y"),
      ("{% if site.off %}{% if site.on %}a{% else %}b{% endif %}c{% endif %}d", "d"),
      ("{% for i in site.list %}a{% else %}b{% endfor %}", "ab"),
    ])
  func branchesThatCanRun(template: String, expected: String) {
    #expect(Self.text(template) == expected, "\(template)")
  }
}
