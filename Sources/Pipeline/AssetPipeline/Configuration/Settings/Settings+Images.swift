import AssetModel
import VariantPlanner

extension Settings {
  /// Which images count, and what single ones are given.
  static let images: [Setting] = [
    Setting(
      "frontMatter", .choice(PlanOptions.FrontMatter.allCases),
      """
      Images that front-matter fields name, which layouts, feeds and social cards all read:
      fit (one JPEG or PNG of the same shape), card (a 1200×630 JPEG crop), or keep.
      """,
      example: """
        frontMatter: fit
        """),
    Setting(
      "frontMatterWidth", .integer(1...16_383),
      """
      The largest width of fit. Left out, it is 1280; or the author's own where a template shows such an image as a background
      of its own size, because one with fewer pixels would show another part of the picture. The summary names the template.
      """,
      example: """
        # frontMatterWidth: 1280
        """),
    Setting(
      "frontMatterFields", .list(.text),
      """
      The fields, dotted where they are nested; * stands for any key.
      """,
      example: """
        frontMatterFields: [image, header.image, cover, thumbnail, teaser, og_image]
        """),
    Setting(
      "crops", .named(crop),
      """
      Shapes by name: a ratio (16:9), a size in pixels (1200x630), or either of them with
        gravity: what is kept. attention (what draws the eye), entropy (what has most detail), center, or a point from the
                 left and the top, 0 to 1: "0.3,0.4"
        enlarge: whether an image with fewer pixels than the size is enlarged. Otherwise the ratio is kept, with the pixels
                 that there are.
      card (1200x630) and square (1:1) need no definition.
      """,
      example: """
        # crops:
        #   wide: {ratio: 16:9, gravity: entropy}
        #   tall: {size: 800x1000, gravity: "0.3,0.4", enlarge: true}
        crops: {}
        """),
    Setting(
      "apply", .list(.mapping(rule)),
      """
      What is asked for of single images. The first rule that fits an image counts. field is a front-matter field (and what
      is below it); glob is a pattern for paths in the site that means what .gitignore means by it.
        crop: a shape by its name, or written directly; none for the image's own.
        media: shapes for media queries, the first that holds counting. Such an image becomes a <picture>.
        content: what the image is encoded as, whatever it looks like: photograph, graphic or icon.
      A post can say the same of one image: ![](a.jpg){: data-crop="16:9" data-focus="0.3,0.4" data-content="graphic"}, or
      with the same attributes on an <img>.
      """,
      example: """
        # apply:
        #   - {field: header.image, crop: card}
        #   - {glob: assets/banners/**, crop: 16:9}
        #   - {glob: assets/heroes/**, media: {"(max-width: 600px)": square}}
        #   - {glob: assets/shots/**, content: graphic}
        apply: []
        """),
    Setting(
      "tags", .list(.mapping(tag)),
      """
      Tags and shortcodes that carry images, beside those that are known. argument is the name of the argument with the
      path, or its number from 1; left out, it is the first that looks like a path. An include is named with its file:
      {name: include gallery.html, argument: cover}
      """,
      example: """
        tags: []
        """),
    Setting(
      "maxPixels", .integer(1...10_000_000_000),
      """
      Images with more pixels than this are refused before they are decoded, and animations with more in one frame.
      Animations whose frames together have more than twenty times as many are left as they are.
      """,
      example: """
        maxPixels: 100000000
        """),
    Setting(
      "build", .any([.list(.text), .text]),
      """
      The command that builds the site for --oracle generator, without a shell: a list of words, or a text that is split at
      spaces. It runs in a copy of the sources; {source} and {destination} stand for the folders. Left out, it is the usual
      one of Jekyll, Hugo, Pelican or MkDocs.
      """,
      example: """
        # build: [npx, eleventy, "--input={source}", "--output={destination}"]
        """),
    Setting(
      "buildSeconds", .integer(1...86_400),
      """
      How long one build may take, in seconds.
      """,
      example: """
        buildSeconds: 300
        """),
  ]

  /// A shape that is described.
  static let described: [Setting] = [
    Setting("ratio", .text, "A ratio, such as 16:9."),
    Setting("size", .text, "A size in pixels, such as 1200x630."),
    Setting(
      "gravity", .any([.text, .list(.number(0...1))]), "What is kept: attention, entropy, center, or a point."
    ),
    Setting("enlarge", .boolean, "Whether an image with fewer pixels than the size is enlarged."),
  ]

  private static let crop = Setting.Kind.any([.text, .mapping(described)])

  /// One rule of `apply`.
  static let rule: [Setting] = [
    Setting("field", .text, "A front-matter field, and what is below it."),
    Setting("glob", .text, "The image's path in the site."),
    Setting("crop", crop, "A shape by its name, or written directly; none for the image's own."),
    Setting("media", .named(crop), "Shapes by media query."),
    Setting("content", .choice(Source.Content.ofStills), "What the image is encoded as."),
  ]

  /// One tag that carries images.
  static let tag: [Setting] = [
    Setting("name", .text, "The tag's name.", isRequired: true),
    Setting("argument", .text, "The name of the argument with the path, or its number from 1."),
  ]
}
