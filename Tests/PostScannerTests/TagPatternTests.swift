import AssetModel
import Testing

@testable import PostScanner

/// Tags and shortcodes that carry images, in each template language.
@Suite struct TagPatternTests {
  static func urls(_ text: String, _ syntax: TemplateSyntax, _ patterns: [TagPattern]) -> [String] {
    let file = Array(text.utf8)
    let mask = syntax.mask(file, 0..<file.count)
    #expect(mask.bytes.count == file.count)
    return TagReferences(patterns: patterns, syntax: syntax)
      .candidates(mask, file: file, body: 0..<file.count, isMarkdown: true)
      .map { candidate in
        #expect(file.string(candidate.urlRange.range) == candidate.url)
        return candidate.url
      }
  }

  @Test(arguments: [
    ("{% include figure.html path=\"a.png\" class=\"x\" %}", ["a.png"]),
    ("{% include figure.liquid path='a.png' %}", ["a.png"]),
    ("{%- include image.html url=\"a.png\" description=\"b.png\" -%}", ["a.png"]),
    ("{% include theme/img.html src = \"a.png\" %}", ["a.png"]),
    ("{% include figure.html path=page.thumbnail %}", ["page.thumbnail"]),
    ("{% include figure.html path=\"{{ site.x }}/a.png\" %}", ["{{ site.x }}/a.png"]),
    ("{% picture hero assets/a.png alt=\"b\" %}", ["assets/a.png"]),
    ("{% responsive_image path: assets/a.png alt: \"b\" %}", ["assets/a.png"]),
    ("{% image \"a.png\" \"alt text\" %}", ["a.png"]),
    ("{% img left half /a.jpg 300 200 'title' %}", ["/a.jpg"]),
    ("{% asset_img 中文.jpg %}", ["中文.jpg"]), ("{% include head.html path=\"a.png\" %}", ["a.png"]),
    ("{% raw %}{% img /a.png %}{% endraw %}", []), ("{% comment %}{% img /a.png %}{% endcomment %}", []),
    ("{% highlight html %}{% img /a.png %}{% endhighlight %}", []), ("`{% img /a.png %}`", []),
    ("```\n{% img /a.png %}\n```", []), ("    {% img /a.png %}", []), ("<!-- {% img /a.png %} -->", []),
    ("<!--\n{% img /a.png %}\n-->\n\n{% img /b.png %}", ["/b.png"]),
    ("<div>\n{% img /a.png %}\n</div>", ["/a.png"]), ("{{< figure src=\"a.png\" >}}", []), ("{% img", []),
    ("{% img %}", []), ("{% include %}", []),
  ])
  func liquid(text: String, expected: [String]) {
    #expect(Self.urls(text, .liquid, TagPattern.liquid) == expected)
  }

  @Test(arguments: [
    ("{{< figure src=\"a.png\" caption=\"}} >\" >}}", ["a.png"]), ("{{% figure src=a.png %}}", ["a.png"]),
    ("{{<figure\n  src=\"a.png\"\n>}}", ["a.png"]), ("{{< img \"a.png\" >}}", ["a.png"]),
    ("{{< figure src=`a.png` />}}", ["a.png"]), ("{{</* figure src=\"a.png\" */>}}", []),
    ("{{< highlight html >}}{{< figure src=\"a.png\" >}}{{< /highlight >}}", []),
    ("{{< box >}}{{< figure src=\"a.png\" >}}{{< /box >}}", ["a.png"]),
    ("{% include figure.html path=\"a.png\" %}", []), ("{{< ref \"a.md\" >}}", []),
    ("{{< figure src=\"a.png\"", []),
    ("{{<", []), ("{{< >}}", []), ("{{% /x %}}", []),
  ])
  func hugo(text: String, expected: [String]) {
    #expect(Self.urls(text, .hugo, TagPattern.hugo) == expected)
  }

  @Test(arguments: [
    ("{{ resize_image(path=\"a.png\", width=10, op=\"fit\") }}", ["a.png"]),
    ("{{ image(src='a.png') }}", ["a.png"]),
    ("{% figure(src=\"a.png\") %}text{% end %}", ["a.png"]), ("{{/* image(src='a.png') */}}", []),
    ("{{ image }}", []), ("{{ image(src=\"a.png\"", []), ("{% end %}", []), ("{{(", []),
  ])
  func zola(text: String, expected: [String]) {
    #expect(Self.urls(text, .zola, TagPattern.zola) == expected)
  }

  @Test func bodiesOfShortcodesAreTold() {
    let file = Array("a {{< box >}}![](x){{< /box >}} {{% md %}}![](y){{% /md %}}".utf8)
    let mask = TemplateSyntax.hugo.mask(file, 0..<file.count)
    #expect(mask.enclosed.map(\.name) == ["box"])
    #expect(mask.enclosed.map { file.string($0.range) } == ["![](x)"])
  }

  @Test(arguments: [
    ("import a from './a.png'\n\n<Image src={a} />", ["./a.png"]),
    ("import a from \"../x/a.jpg\";", ["../x/a.jpg"]), ("import A from './A.astro'", []),
    ("<img src={require('./a.png').default} />", ["./a.png"]), ("```js\nimport a from './a.png'\n```", []),
    ("text import a from './a.png'", []), ("import a from './a.png", []),
  ])
  func imports(text: String, expected: [String]) {
    let file = Array(text.utf8)
    let candidates = ImportReferences.candidates(file, 0..<file.count)
    #expect(candidates.map { file.string($0.urlRange.range) } == expected)
  }
}
