/// Generators that run on Go, Python, R, Ruby and Rust.
extension GeneratorSite {
  package static let hugo = GeneratorSite(
    name: "hugo",
    files: [
      "hugo.toml": "baseURL = 'https://example.org/sub/'\n[markup.goldmark.renderer]\nunsafe = true\n",
      "static/img/a.png": "x", "assets/g.png": "x", "content/posts/one/b.png": "x",
      "content/posts/one/index.md": """
      +++
      title = "One"
      images = ["/img/a.png"] # a comment
      featured_image = 'b.png'
      +++
      ![a](/img/a.png) ![b](b.png) ![own](/sub/img/a.png) ![abs](https://example.org/sub/img/a.png)
      <img src="b.png">
      {{< figure src="b.png" >}} {{</* figure src="no.png" */>}}
      {% include figure.html path="img/a.png" %}
      """,
      "content/two.md": "---\nslug: second\n---\n![](../posts/one/b.png) ![](g.png)",
    ])

  package static let hugoWithTheme = GeneratorSite(
    name: "hugoWithTheme",
    files: [
      "config.yaml": "theme: t\n", "themes/t/layouts/_default/_markup/render-image.html": "x",
      "themes/t/static/t.png": "x", "static/a.png": "x",
      "content/a.md": "---\ncover: {image: a.png}\n---\n![](/t.png) <img src=\"/a.png\">",
    ])

  package static let pelican = GeneratorSite(
    name: "pelican",
    files: [
      "pelicanconf.py": """
      SITEURL = ''  # SITEURL = 'no'
      PATH = "content"
      STATIC_PATHS = [
          'images', 'figures']
      PLUGINS = ['liquid_tags.img']
      ARTICLE_URL = 'blog/{date:%Y}/{slug}/'
      """,
      "content/images/a.png": "x", "content/figures/f.png": "x", "content/articles/b.png": "x",
      "content/articles/one.md": """
      Title: One
      Date: 2024-05-06
      Image: /images/a.png

      ![]({static}/images/a.png) ![]({filename}/figures/f.png) ![]({attach}b.png) ![](../../../figures/f.png)
      ![](%7Bstatic%7D/images/a.png)

      {% img right /images/a.png 300 200 A title %}
      {% literal img /images/no.png %}
      """,
    ])

  package static let mkdocs = GeneratorSite(
    name: "mkdocs",
    files: [
      "mkdocs.yml": "site_url: https://example.org/m/\nextra: !ENV [A, b]\n",
      "docs/img/a.png": "x",
      "docs/guide/one.md": "![](../img/a.png) <img src=\"../../img/a.png\"> ![](/m/img/a.png)",
    ])

  package static let zola = GeneratorSite(
    name: "zola",
    files: [
      "config.toml": "base_url = \"https://example.org\"\n[languages.fr]\n", "templates/index.html": "x",
      "static/s.png": "x", "content/blog/02-two/b.png": "x", "content/blog/01-one/c.svg": "x",
      "content/blog/01-one/index.md": "+++\npath = \"first\"\n+++\n![](c.svg)",
      "content/blog/02-two/index.fr.md": """
      +++
      [extra]
      card = "b.png"
      photo = {src = "/s.png"}
      +++
      ![](b.png) ![](../../../first/c.svg) ![](/s.png)
      {{ resize_image(path="blog/02-two/b.png", width=3) }}
      {{/* image(path="no.png") */}} {{ dead }}
      """,
      "content/notes.md": "no front matter ![](/s.png)",
    ])

  package static let quarto = GeneratorSite(
    name: "quarto",
    files: [
      "_quarto.yml": "project: {type: website}\n", "posts/one/a.png": "x",
      "posts/one/index.qmd": "---\nimage: a.png\n---\n![](a.png)\n\n```{r}\n![](a.png)\n```\n",
    ])

  package static let jekyll = GeneratorSite(
    name: "jekyll",
    files: [
      "_config.yml": "", "assets/demo/a.png": "x", "assets/b.png": "x",
      "_posts/2024-01-01-a.md": """
      ---
      media_subpath: /assets/demo/
      image: {path: a.png}
      ---
      ![](a.png) ![](/assets/b.png)

      {% include figure.html path="assets/b.png" title="t" %} {% include figure.html path=page.image %}

      `{% include figure.html path="assets/no.png" %}`
      {% comment %}{% include figure.html path="assets/no.png" %}{% endcomment %}
      <!-- {% include figure.html path="assets/no.png" %} -->
      """,
    ])
}
