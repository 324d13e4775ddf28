import AssetModel

extension Settings {
  /// What a run does with the machine and where it writes.
  static let run: [Setting] = [
    Setting(
      "output", .text,
      """
      The folder of the staged copy, relative to the site. --output overrides it.
      """,
      example: """
        output: _optimized
        """),
    Setting(
      "keepStale", .time,
      """
      How long a new image that nothing needs any more stays in the copy, so that pages which browsers and proxies keep still
      find it: a number and a unit (s, min, h, d or w). Left out, it goes with the next run. --keep-stale overrides it.
      """,
      example: """
        # keepStale: 30d
        """),
    Setting(
      "jobs", .integer(1...1024),
      """
      How many images are worked on at once. Left out, it is one a core. --jobs overrides it.
      """,
      example: """
        # jobs: 2
        """),
    Setting(
      "cache", .any([.boolean, .text]),
      """
      The folder, inside the site, for what later runs need not make again, or false for none. Left out, it is
      $OPTIMIZE_ASSETS_CACHE, or a folder of the site's own in ~/.cache/optimize-assets ($XDG_CACHE_HOME) on Linux and in
      ~/Library/Caches/optimize-assets on macOS. It is never copied to the output. --cache and --no-cache override it.
      """,
      example: """
        # cache: .cache/optimize-assets
        """),
    Setting(
      "memoryLimit", .bytes,
      """
      The most memory that is used while images are made: 512MiB, 2GB. Images wait until there is room, and one that needs
      more is worked on alone, with its pixels in a temporary file. Left out, it is half of what the process may use, at most
      2GiB. --memory-limit overrides it.
      """,
      example: """
        # memoryLimit: 2GiB
        """),
    Setting(
      "kind", .choice(Site.Kind.allCases),
      """
      The generator that the site is written for: jekyll, hugo, eleventy, astro, hexo, pelican, mkdocs, docusaurus, zola,
      quarto, nikola, sphinx, lektor; markdown for a folder of Markdown or MDX posts of any other making; or html for a
      tree of pages. Left out, it is recognized. --kind overrides it.
      """,
      example: """
        # kind: hugo
        """),
    Setting(
      "imagesRoot", .list(.text),
      """
      Of kind: markdown: the folders, relative to the site, that are served at the host's root, so that /a.jpg is in one of
      them; . is the site itself. Left out, they are those named public and static that hold pictures, wherever they are, and
      assets, src/assets and app/assets.
      """,
      example: """
        # imagesRoot: web/public
        """),
    Setting(
      "markdown",
      .mapping([
        Setting("html", .boolean, "Whether HTML in Markdown reaches the page as it is.")
      ]),
      """
      Of kind: markdown: how the posts are rendered, which no file tells.
        html: true where HTML in a .md file reaches the page as it is written, and files are served from imagesRoot. Images
              whose URLs begin with / then gain candidates. Without it, and in MDX, nothing is rewritten.
      """,
      example: """
        # markdown: {html: true}
        """),
    Setting(
      "folder", .text,
      """
      The folder, relative to the site, that the new files go to. Left out, it is the place from which the generator
      publishes files: assets/optimized (Jekyll), static/assets/optimized (Hugo, Zola, Docusaurus),
      public/assets/optimized (Astro) and so on; scan names it with --format json.
      """,
      example: """
        # folder: assets/optimized
        """),
  ]
}
