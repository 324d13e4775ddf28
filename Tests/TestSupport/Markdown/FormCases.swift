extension MarkdownCase {
  /// One form each, where renderers differ in small ways: a text is its own name.
  static let forms: [MarkdownCase] = [
    // Destinations.
    "![a](x.png)\n", "![a](x y.png)\n", "![a](x (1).png)\n", "![a](x(1.png)\n", "![a](<x y.png>)\n",
    "![a](<x y.png> \"t\")\n", "![a](x.png \"t\")\n", "![a](x.png 't')\n", "![a](x.png \"a \"b\" c\")\n",
    "![a](x.png (t))\n", "![a](\n  x.png\n)\n", "![a]()\n", "![a](x\\_y.png)\n", "![a](x.png?a=1&amp;b=2)\n",
    "![a](x.png \"un)closed)\n", "![a] (x.png)\n",
    // Labels.
    "![a [b] c](x.png)\n", "![a [b c](x.png)\n", "![a \\] b](x.png)\n", "![a `]` b](x.png)\n",
    "![*a*](x.png)\n",
    "![a\nb](x.png)\n", "![a &amp; b](x.png)\n", "\\![a](x.png)\n",
    "!\\[a](x.png)\n",
    // References.
    "![a][r]\n\n[r]: x.png\n", "![a] [r]\n\n[r]: x.png\n", "![R][]\n\n[r]: x.png 't'\n",
    "![r]\n\n[r]: <x.png>\n",
    "[r]: x.png\n[r]: y.png\n\n![a][r]\n", "para\n[r]: x.png\n\n![a][r]\n", "![a][no]\n",
    "![a][r]\n\n[r]: x.png\n  \"t\"\n", "    [r]: x.png\n\n![r]\n",
    // Code.
    "`![a](x.png)`\n", "``![a](x.png) ` ``\n", "` ![a](x.png)\n", "``` ![a](x.png) `\n",
    "\\`![a](x.png)\\`\n",
    "    ![a](x.png)\n", "p\n    ![a](x.png)\n", "# h\n    ![a](x.png)\n", "```\n![a](x.png)\n```\n",
    "```\n![a](x.png)\n", "~~~ python\n![a](x.png)\n~~~\n\n![b](y.png)\n", "p\n```\n![a](x.png)\n```\n",
    // Lists.
    "- a\n\n  ![a](x.png)\n", "- a\n\n    ![a](x.png)\n", "- a\n\n      ![a](x.png)\n",
    "- a\n\n        ![a](x.png)\n", "1. a\n   ![a](x.png)\n2. b\n", "- a\n    - ![b](x.png)\n",
    "- a\n    - b\n\n        ![c](x.png)\n", "- a\n    - b\n\n            ![c](x.png)\n",
    "- a\n\n- ![b](x.png)\n\n    text\n", "* a\n\n\t![a](x.png)\n", "- # h ![a](x.png)\n",
    // Other blocks.
    "# ![a](x.png)\n", "![a](x.png)\n---\n", "> ![a](x.png)\n", "> a\n>\n>     ![a](x.png)\n",
    "> - ![a](x.png)\n",
    "text\n> ![a](x.png)\n", "| a | b |\n|---|---|\n| ![a](x.png) | t |\n", "***\n![a](x.png)\n***\n",
    "!!! note\n\n    ![a](x.png)\n", "!!! note \"T\"\n    ![a](x.png)\n\n![b](y.png)\n",
    // HTML.
    "<div>\n\n![a](x.png)\n\n</div>\n", "<div markdown=\"1\">\n\n![a](x.png)\n\n</div>\n",
    "<div markdown>\n![a](x.png)\n</div>\n", "<p markdown=\"1\">![a](x.png)</p>\n",
    "<div markdown=\"1\">\n<div>\n![a](x.png)\n</div>\n![b](y.png)\n</div>\n",
    "<span>![a](x.png)</span>\n", "<img src=\"x.png\" alt=\"a\">\n", "text <img src='x.png'/> text\n",
    "<p><img src=x.png></p>\n", "<!-- ![a](x.png) -->\n", "t <!-- ![a](x.png) --> t\n",
    "<!--\n\n![a](x.png)\n\n-->\n",
    "<div>\n![a](x.png)\n", "</div>\n![a](x.png)\n", "<br>\n![a](x.png)\n", "<hr>\n![a](x.png)\n",
    "<T>\n\n![a](x.png)\n", "<a href=\"u\">![a](x.png)</a>\n", "<pre>\n<img src=\"x.png\">\n</pre>\n",
    "<script>\n\"<img src='x.png'>\"\n</script>\n", "`<div>` ![a](x.png)\n",
    "<center>\n![a](x.png)\n</center>\n\n![b](y.png)\n", "<figure>\n<img src=\"x.png\">\n</figure>\n",
    // Attribute lists and links.
    "![a](x.png){: .c width=300 }\n", "![a](x.png){.c}\n", "[![a](x.png)](u)\n",
    "[![a](x.png)][u]\n\n[u]: v\n",
    "[t ![a](x.png) t](u)\n", "[x](y \"![a](x.png)\")\n", "**![a](x.png)**\n", "![a](x.png) ![b](y.png)\n",

  ].map { MarkdownCase($0, $0) }
}
