extension MarkdownCase {
  /// What kramdown alone knows; the others read the same text in their own way.
  static let kramdownExtensions: [MarkdownCase] = [
    .init("an attribute list", "![Boat](boat.png){:.wide width=\"300\"}\n"),
    .init("a list that changes the text", "![Boat](boat.png){: alt=\"Ship\"}\n"),
    .init("a list after a space", "![Boat](boat.png) {:.wide}\n"),
    .init("a list before the block", "{:.wide}\n![Boat](boat.png)\n"),
    .init("a list after the block", "![Boat](boat.png)\n{:.wide}\n"),
    .init("a list in an item", "- {:.wide} ![Boat](boat.png)\n"),
    .init("a named list", "{:pic: .wide}\n\n![Boat](boat.png){:pic}\n"),
    .init("a list after a definition", "![Boat][b]\n\n[b]: boat.png\n{:.wide}\n"),
    .init("a comment of kramdown's", "{::comment}\n![Boat](boat.png)\n{:/comment}\n\n![Two](two.png)\n"),
    .init("a comment of kramdown's in a sentence", "a {::comment}![Boat](boat.png){:/} ![Two](two.png)\n"),
    .init("no Markdown", "{::nomarkdown}\n![Boat](boat.png)\n<img src=\"two.png\" alt=\"Two\">\n{:/}\n"),
    .init("a block of mathematics", "$$\n![Boat](boat.png)\n$$\n\n![Two](two.png)\n"),
    .init("mathematics in a sentence", "a $$x ![Boat](boat.png)$$ ![Two](two.png)\n"),
    .init("an abbreviation", "![HTML boat](boat.png)\n\n*[HTML]: Markup\n"),
    .init("the end of a block", "- text\n^\n    ![Boat](boat.png)\n"),
    .init("an id of a heading", "# ![Boat](boat.png) {#boat}\n"),
  ]

  /// Liquid comes before Markdown; what is no Jekyll site prints it as it stands.
  static let liquid: [MarkdownCase] = [
    .init("Liquid: a base URL", "![Boat]({{ site.baseurl }}/boat.png)\n"),
    .init("Liquid: a filter", "![Boat]({{ '/boat.png' | relative_url }})\n"),
    .init("Liquid: in a tag", "<img src=\"{{ '/boat.png' | relative_url }}\" alt=\"Boat\">\n"),
    .init("Liquid: quotes in quotes", "<img src=\"{{ \"/boat.png\" | relative_url }}\" alt=\"Boat\">\n"),
    .init("Liquid: of the page", "![Boat]({{ page.cover }})\n"),
    .init("Liquid: raw", "{% raw %}![Boat]({{ x }}.png){% endraw %}\n"),
    .init("Liquid: a comment", "{% comment %}![Boat](boat.png){% endcomment %}![Two](two.png)\n"),
    .init("Liquid: a highlight", "{% highlight html %}\n<img src=\"boat.png\">\n{% endhighlight %}\n"),
    .init("Liquid: a condition", "{% if page.cover %}\n![Boat](boat.png)\n{% endif %}\n"),
    .init("Liquid: a loop", "{% for i in (1..2) %}\n![Boat](boat.png)\n{% endfor %}\n"),
    .init("Liquid: a variable", "{% assign b = 'boat.png' %}![Boat]({{ b }})\n"),
    .init("Liquid: a capture", "{% capture c %}![Boat](boat.png){% endcapture %}{{ c }}\n"),
    .init("Liquid: a link", "![Boat]({% link assets/x.png %})\n"),
    .init(
      "Liquid: an include", "{% include figure.html src=\"boat.png\" alt=\"Boat\" %}\n\n![Two](two.png)\n"),
    .init("Liquid: in code", "`{{ page.cover }}` ![Two](two.png)\n"),
    .init("Liquid: in a fence", "```\n![]({{ page.cover }})\n```\n"),
  ]
}
