extension GeneratorSite {
  /// A Jekyll blog with what real ones have: a base URL, a collection, pages, an include, images in front matter, names
  /// with spaces and in Hangul, Liquid in URLs, files that are not there, and code that only looks like images.
  package static let jekyllBlog = GeneratorSite(
    name: "jekyllBlog",
    files: [
      "_config.yml": """
      title: Boats
      url: https://boats.example
      baseurl: /log
      permalink: /:year/:title/
      collections:
        ports: {output: true, permalink: /ports/:name/}
      defaults:
        - {scope: {path: "", type: posts}, values: {layout: post}}
        - {scope: {path: "", type: ports}, values: {layout: post}}

      """,
      "_layouts/post.html": """
      <!DOCTYPE html><html><head><meta charset="utf-8"><title>{{ page.title }}</title>
      {% if page.image %}<meta property="og:image" content="{{ page.image | absolute_url }}">{% endif %}
      </head><body><h1>{{ page.title }}</h1>{{ content }}</body></html>
      """,
      "_includes/plate.html":
        "<figure><img src=\"{{ include.src | relative_url }}\" alt=\"{{ include.alt }}\"></figure>",
      "img/red boat.png": "x", "img/배.png": "x", "img/sail.png": "x", "img/chart.svg": "<svg/>",
      "2026/storm/wave.png": "x",
      "index.html":
        "---\ntitle: All\n---\n<img src=\"{{ '/img/sail.png' | relative_url }}\" alt=\"A sail\">\n",
      "about.md": "---\nlayout: post\ntitle: About\n---\n![The crew](img/sail.png)\n",
      "_ports/oslo.md":
        "---\nimage: /img/sail.png\n---\n- ![Oslo]({{ site.baseurl }}/img/sail.png){:.wide}\n- text\n",
      "_posts/2026-01-02-storm.md": """
      ---
      title: The storm
      image: /img/red boat.png
      ---
      ![Our boat](/log/img/red boat.png "Before the storm"){:.wide width="300"}
      *A caption*

      At noon ![the wave](wave.png) came, and <img src="/log/img/red%20boat.png" alt="the boat"> sank.

      [![Linked](/log/img/sail.png)](/log/img/sail.png)

      | before | after |
      |--------|-------|
      | ![one](/log/img/sail.png) | ![gone](/log/img/gone.png) |

      > ![quoted](/log/img/chart.svg)

      A note[^1].

      [^1]: With a picture: ![note](/log/img/sail.png)
      """,
      "_posts/2026-01-03-배.md": """
      ---
      title: "배"
      ---
      글 ![배][boat] 뒤 ![돛][]

      {% include plate.html src="/img/sail.png" alt="A plate" %}

      <div markdown="1">
      ![in a block]({{ '/img/배.png' | relative_url }})
      </div>

      ![remote](https://example.org/a.png) ![dot](data:image/gif;base64,R0lGODlhAQABAAAAACw=)

      [boat]: </log/img/배.png> "파도"
      [돛]: /log/img/sail.png
      """,
      "_posts/2026-01-04-code.md": """
      ---
      title: Code
      ---
      Write `![a](b.png)` or `<img src="b.png">`:

      ```markdown
      ![a](b.png)
      ```

          ![a](b.png)

      <!-- ![a](b.png) <img src="b.png"> -->

      {% raw %}`![a]({{ x }})`{% endraw %}{% comment %}![a](b.png){% endcomment %}

      <pre><code>![a](b.png)</code></pre>

      \\![a](b.png) and ![shown](/log/img/sail.png)
      """,
    ])
}
