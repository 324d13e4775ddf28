/// The sites in which generators render every ``MarkdownCase``.
extension MarkdownCase {
  /// A case's name as a file's.
  package static func slug(_ index: Int) -> String { "c\(1000 + index)" }

  /// The path of a case's post in ``jekyllSite``.
  package static func jekyllPost(_ index: Int) -> String { "_posts/2020-01-01-\(slug(index)).md" }

  /// A post a case, below a base URL; built, `<slug>.html` is its page.
  package static var jekyllSite: [String: String] {
    var files = [
      "_config.yml": "baseurl: /b\npermalink: /:title.html\n",
      "_includes/figure.html": "<img src=\"{{ include.src }}\" alt=\"{{ include.alt }}\">",
      "assets/x.png": "x",
    ]
    for (index, one) in all.enumerated() {
      files[jekyllPost(index)] = "---\ncover: /cover.png\n---\n" + one.source
    }
    return files
  }

  /// The path of a case's post in ``hugoSite``.
  package static func hugoPost(_ index: Int) -> String { "content/\(slug(index)).md" }

  /// A post a case, with raw HTML allowed; built, `<slug>/index.html` is its page.
  package static var hugoSite: [String: String] {
    var files = [
      "config.toml": """
      baseURL = "https://example.org/b/"
      disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home"]
      [markup.goldmark.renderer]
      unsafe = true

      """,
      "layouts/_default/single.html": "<html><body>{{ .Content }}</body></html>\n",
    ]
    for (index, one) in all.enumerated() { files[hugoPost(index)] = "---\ntitle: t\n---\n" + one.source }
    return files
  }
}
