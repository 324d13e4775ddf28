import AssetModel
import VariantPlanner

extension Settings {
  /// The markup and the widths that posts get.
  static let markup: [Setting] = [
    Setting(
      "markup", .choice(MarkupChoice.allCases),
      """
      auto: for each site the one of the two below that keeps every rule of its stylesheets working: picture where no rule
      tells a <picture> from an image, else srcset. The summary names the rule that decided. Sites whose stylesheets are not
      all there to read get srcset. Jekyll's layouts and stylesheets are read from the sources; other generators' stylesheets
      from the folder that they build to, where the site is built, else from the sources.
      srcset: the author's image stays and gains attributes. Every CSS selector of the theme keeps working; one format.
      picture: Markdown images become <picture> with AVIF, WebP and a JPEG or PNG that every browser reads.
      Of built pages it is decided for each image: a <picture> around it where no rule and no script of the page can tell,
      else srcset; picture also where something of another host cannot be read.
      """,
      example: """
        markup: auto
        """),
    Setting(
      "srcsetFormat", .choice(SrcsetFormat.allCases),
      """
      The format of a srcset: webp, avif, or fallback (JPEG for photographs, PNG for graphics).
      """,
      example: """
        srcsetFormat: webp
        """),
    Setting(
      "widths", .list(.integer(1...16_383)),
      """
      Candidate widths in pixels. None is made that is wider than its source; the source's own width is added, and takes the
      place of the last one used where that lies less than 15 % below it.
      """,
      example: """
        widths: [320, 640, 960, 1280, 1920]
        """),
    Setting(
      "ownWidth", .boolean,
      """
      Whether a source's own width is a candidate in any case, however near to another and however wide.
      """,
      example: """
        ownWidth: false
        """),
    Setting(
      "ladder", .choice(LadderKind.allCases),
      """
      fixed: the widths above. auto: for each image at most five widths up to the largest above, chosen by what its files
      weigh, so that a device between two of them downloads as little too much as can be.
      """,
      example: """
        ladder: fixed
        """),
    Setting(
      "sharpen", .boolean,
      """
      Whether edges are sharpened (in lightness alone) after an image was made smaller.
      """,
      example: """
        sharpen: false
        """),
    Setting(
      "placeholder", .choice(PlanOptions.Placeholder.allCases),
      """
      What stands in an image's place until it is there: none, color (its dominant color as background-color), or blur (the
      image in a few pixels, as a data URL of less than 400 characters). Images with transparency get none.
      """,
      example: """
        placeholder: none
        """),
    Setting(
      "sizes", .any([.text, .list(.mapping(sizesRule))]),
      """
      The sizes attribute of images: one for all, or a list of which the first that fits an image counts. layout is that of
      the post, glob a pattern for posts' paths that means what .gitignore means by it, selector the image's own classes or id.
      Left out, it is derived from the width of the layout's content where the stylesheets tell it. Otherwise each image keeps
      its own width: (min-width: Wpx) Wpx, 100vw
      """,
      example: """
        # sizes: "(min-width: 48rem) 45rem, 100vw"
        # sizes:
        #   - {selector: img.wide, sizes: 100vw}
        #   - {layout: post, sizes: "(min-width: 48rem) 45rem, 100vw"}
        #   - {glob: _posts/2019*, sizes: 50vw}
        """),
    Setting(
      "layouts", .list(.mapping(layout)),
      """
      What was measured of the site's pages, which counts before what the stylesheets say. optimize-assets calibrate writes this
      section, and leaves the rest of the file as it is. Of the rules that fit a post, the first that says something about a
      matter counts.
        layout, glob, selector: as under sizes; of built pages selector may name what is around the image as well
        (main > article p > img). images: files, relative to the site. A rule holds where all of them do.
        sizes: the slot's width, of lengths in px, vw or calc(100vw - 40px); narrower images keep their own. own: all do.
        fills: true where narrower images are as wide as the slot.
        markup: the form that kept the layout; picture where it did in all layouts.
        hints: whether width and height may be written.
        largest: the images that load first, or none. Left out, it is a post's first image.
      """,
      example: """
        # layouts:
        #   - layout: post
        #     sizes: "(min-width: 736px) 696px, calc(100vw - 40px)"
        #     markup: srcset
        #     hints: true
        layouts: []
        """),
  ]

  /// One rule of `sizes`.
  static let sizesRule: [Setting] = [
    Setting("layout", .text, "The layout of the post."),
    Setting("glob", .text, "The path of the post."),
    Setting("selector", .text, "The image's own classes or id."),
    Setting("sizes", .text, "The attribute.", isRequired: true),
  ]

  /// One rule of `layouts`.
  static let layout: [Setting] = [
    Setting("layout", .text, "The layout of the post."),
    Setting("glob", .text, "The path of the post."),
    Setting("selector", .text, "The image's own classes or id."),
    Setting("images", .any([.text, .list(.text)]), "Files, relative to the site."),
    Setting("sizes", .text, "The width of the slot, or own where each image keeps its own width."),
    Setting("fills", .boolean, "Whether narrower images are as wide as the slot."),
    Setting("markup", .choice(MarkupForm.allCases), "The form that kept the layout."),
    Setting("hints", .boolean, "Whether width and height may be written."),
    Setting("largest", .any([.text, .list(.text)]), "The images that load first, or none."),
  ]
}
