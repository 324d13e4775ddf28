import Testing
import Web

@testable import ThemeAnalysis

/// Backgrounds of images that posts name.
@Suite struct BackgroundFinderTests {
  private static let sheet = """
    .hero { background-size: cover }
    .card.wide { background: url(x.png) center / contain }
    @media (min-width: 600px) { .late { background-size: cover } }
    .plain { background-size: auto }
    .hero-like::before { background-size: cover }
    """

  @Test(arguments: [
    ("<div style=\"background-image: url('{{ page.image }}')\">", 1),
    ("a\n<div class=\"late\" style=\"background-image: url({{ page.image }})\">", 2),
    ("<div class=\"plain\" style=\"background: url({{ page.image | relative_url }})\">", 1),
    ("<div class=\"card\" style=\"background: url({{ page.image }})\">", 1),
    ("<div class=\"hero-like\" style=\"background: url({{ page.image }})\">", 1),
    ("<style>\nheader.top { background-image: url('{% if a %}{{ page.image }}{% endif %}') }</style>", 2),
    ("<div class=\"hero\" style=\"background-image: url('{{ page.image }}')\">", nil),
    ("<div class=\"wide card {{ page.kind }}\" style=\"background: url({{ page.image }})\">", nil),
    ("<div style=\"background-image: url({{ page.image }}); background-size: cover\">", nil),
    ("<div style=\"background: url({{ page.image }}) center / cover\">", nil),
    ("<style>header.hero { background-image: url('{{ page.image }}') }</style>", nil),
    ("<style>b{} header { background-size: 100%; background-image: url({{ page.image }}) }</style>", nil),
    ("<div style=\"background-image: url('/assets/own.png')\">", nil),
    ("{{ page.title }} url of {{ page.image }}", nil),
  ])
  func findsThoseOfTheirOwnSize(template: String, line: Int?) {
    let finder = BackgroundFinder(rules: StyleSheetParser.parse(Self.sheet, file: "a.css").rules)
    #expect(finder.finding(in: template, file: "a.html")?.line == line)
  }
}
