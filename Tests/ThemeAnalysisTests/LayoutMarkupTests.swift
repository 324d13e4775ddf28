import Testing

@testable import ThemeAnalysis

/// What is read of a layout's template.
struct LayoutMarkupTests {
  /// The elements around the content, outermost first; nil where there is none.
  private static func chain(_ text: String) -> [String]? {
    let masked = TemplateText.masked(text) { $0 == "content" ? String(TemplateText.content) : nil }
    return LayoutMarkup(masked).chain?.map { element in
      guard case .exactly(let name) = element.name else { return "?" }
      return name + (element.id.map { "#" + $0 } ?? "")
        + element.classes.keys.sorted().map { "." + $0 }.joined()
    }
  }

  @Test(
    arguments: [
      ("{{ content }}", []), ("<main>{{content}}</main>", ["main"]),
      ("<main>{{- content -}}</main>", ["main"]),
      ("<body><div id=a class='b c'>{{ content }}</div></body>", ["body", "div#a.b.c"]),
      ("<main>\n<img src=x><br>{{ content }}", ["main"]), ("<p/>{{ content }}", []),
      ("<header>x</header><main>{{ content }}", ["main"]), ("</div><main>{{ content }}", ["main"]),
      ("<div><p>x</div><main>{{ content }}", ["main"]),
      ("<!-- <div> --><main>{{ content }}", ["main"]),
      ("<script>'<div>'</script><main>{{ content }}", ["main"]),
      ("<DIV CLASS=x>{{ content }}", ["div.x"]), ("a < b <main>{{ content }}", ["main"]),
      ("<div class='{{ page.kind }} wide'>{{ content }}", ["div.wide"]),
      ("{% if x %}<main>{% endif %}{{ content }}", ["main"]),
      ("<a title='{{ x }}>'>{{ content }}</a>", ["a"]), ("<main>{{ page.title }}</main>", nil),
      ("", nil),
      ("<main>{{ content", nil), ("{ content }", nil),
    ] as [(String, [String]?)])
  func whatIsAroundTheContent(text: String, expected: [String]?) {
    #expect(Self.chain(text) == expected)
  }

  @Test(arguments: [
    ("<link rel=stylesheet href=/a.css>", ["/a.css"]),
    ("<link href='/a.css' rel='preload stylesheet'>", ["/a.css"]),
    ("<link rel=preload as=style href=/a.css>", ["/a.css"]),
    ("<link rel=preload as=font href=/a.woff>", []),
    ("<link rel='alternate stylesheet' href=/a.css>", []),
    ("<link rel=stylesheet media=print href=/a.css>", []),
    ("<link rel=stylesheet media=print onload=\"this.media='all'\" href=/a.css>", ["/a.css"]),
    ("<link rel=icon href=/a.png>", []), ("<!-- <link rel=stylesheet href=/a.css> -->", []),
    ("\n<style>\np{}</style>", ["2: \np{}"]),
  ])
  func stylesheets(text: String, expected: [String]) {
    let styles = LayoutMarkup(TemplateText.masked(text) { _ in nil }).styles.map { style in
      switch style {
      case .link(let url): url
      case .text(let css, let line): "\(line): \(css)"
      }
    }
    #expect(styles == expected)
  }
}
