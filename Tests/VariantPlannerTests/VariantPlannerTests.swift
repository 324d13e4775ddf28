import AssetModel
import Testing

@testable import VariantPlanner

@Suite struct LadderTests {
  static let widths = [320, 640, 960, 1280, 1920]

  @Test(arguments: [
    (200, [200]),
    (320, [320]),
    (330, [330]),
    (700, [700, 320]),
    (380, [380, 320]),
    (640, [640, 320]),
    (1400, [1400, 960, 640, 320]),
    (1500, [1500, 1280, 960, 640, 320]),
    (1919, [1919, 1280, 960, 640, 320]),
    (1920, [1920, 1280, 960, 640, 320]),
    (4032, [1920, 1280, 960, 640, 320]),
    (0, []),
  ])
  func rungs(sourceWidth: Int, expected: [Int]) {
    #expect(Ladder.rungs(sourceWidth: sourceWidth, widths: Self.widths) == expected)
  }

  @Test(arguments: [
    (1300, [1300, 1280, 960, 640, 320]), (4000, [4000, 1920, 1280, 960, 640, 320]), (640, [640, 320]),
    (0, []),
  ])
  func theOwnWidthIsARungWhereThatIsAskedFor(sourceWidth: Int, expected: [Int]) {
    #expect(Ladder.rungs(sourceWidth: sourceWidth, widths: Self.widths, keepingSourceWidth: true) == expected)
  }

  /// The width asked for, the source, and the rung's size.
  @Test(arguments: [
    (320, (2400, 1600), (318, 212)), (960, (2400, 1600), (960, 640)), (640, (712, 370), (635, 330)),
    (320, (4032, 3024), (320, 240)), (712, (712, 370), (712, 370)), (1280, (1304, 830), (1271, 809)),
    (320, (1000, 1), (320, 1)), (1, (1, 900), (1, 900)), (20, (8000, 20), (20, 1)),
  ])
  func sizes(width: Int, source: (Int, Int), expected: (Int, Int)) {
    let size = Ladder.size(near: width, of: source)
    #expect(size == expected, "\(size)")
    #expect(size.width <= width && Double(size.width) >= 0.98 * Double(width) - 1)
  }

  @Test(arguments: [(320, 4032, 3024, 240), (320, 1000, 1, 1), (640, 640, 480, 480), (333, 1000, 500, 167)])
  func heights(width: Int, sourceWidth: Int, sourceHeight: Int, expected: Int) {
    #expect(Ladder.height(forWidth: width, of: (sourceWidth, sourceHeight)) == expected)
  }
}

@Suite struct VariantPlannerTests {
  @Test func aSourceIsMadeOnceHoweverOftenItIsReferredTo() {
    let plan = plan(
      [reference("a.png", at: 0), reference("a.png", at: 50), reference("b.png", at: 99)],
      [source("a.png", sha: "1"), source("b.png", sha: "1")])
    #expect(plan.jobs.map(\.source.path) == ["a.png"])
    #expect(plan.jobs.first?.renditions.map(\.width) == [1280, 960, 640, 320])
  }

  @Test func anIALCarriesOneFormat() {
    let renditions = plan([reference("a.png")], [source("a.png")]).jobs.first?.renditions ?? []
    #expect(Set(renditions.flatMap(\.photograph).map(\.format)) == [.webp])
    #expect(Set(renditions.flatMap(\.graphic).map(\.format)) == [.webp])
  }

  @Test func aPictureCarriesThree() {
    var options = PlanOptions()
    options.markup = .picture
    let renditions = plan([reference("a.png")], [source("a.png")], options).jobs.first?.renditions ?? []
    #expect(renditions.first?.photograph.map(\.format) == [.avif, .webp, .jpeg])
    #expect(renditions.first?.graphic.map(\.format) == [.avif, .webp, .png])
  }

  @Test func anHTMLImageCarriesOneFormatEvenBesidePictures() {
    var options = PlanOptions()
    options.markup = .picture
    let plan = plan([reference("a.png", kind: .htmlImage)], [source("a.png")], options)
    #expect(plan.jobs.first?.renditions.first?.photograph.map(\.format) == [.webp])
  }

  @Test(arguments: [
    (ImageFormat.webp, ImageFormat.webp, ImageFormat.webp), (.avif, .avif, .avif), (.jpeg, .jpeg, .png),
  ])
  func theSrcsetFormatIsTheUsers(chosen: ImageFormat, photograph: ImageFormat, graphic: ImageFormat) {
    var options = PlanOptions()
    options.srcsetFormat = chosen
    let rendition = plan([reference("a.png")], [source("a.png")], options).jobs.first?.renditions.first
    #expect(rendition?.photograph.map(\.format) == [photograph])
    #expect(rendition?.graphic.map(\.format) == [graphic])
  }

  @Test func wherePostsDropHTMLOneFileOfTheSameSizeIsMade() {
    let plan = plan(
      [reference("a.png")], [source("a.png", width: 3000, height: 2000)], dialect: .commonmark,
      allowsHTML: false)
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.purpose) == [.sameSize])
    #expect(renditions.map(\.width) == [3000])
    #expect(renditions.first?.photograph.map(\.format) == [.webp])
  }

  @Test func whatWasMadeBeforeIsNoSource() {
    #expect(plan([reference("assets/optimized/a.png")], [source("assets/optimized/a.png")]).jobs.isEmpty)
  }

  @Test func frontMatterGetsOneFile() {
    let plan = plan([reference("a.png", kind: .frontMatter)], [source("a.png", width: 3000, height: 2000)])
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.width) == [1278])
    #expect(renditions.map(\.height) == [852])
    #expect(renditions.first?.purpose == .standalone)
    #expect(renditions.first?.photograph.map(\.format) == [.jpeg])
    #expect(renditions.first?.graphic.map(\.format) == [.png])
  }

  @Test(arguments: [
    (3000, 2000, 1200, 630), (1200, 630, 1200, 630), (600, 600, 600, 315), (2000, 315, 600, 315),
  ])
  func aCardIsNeverEnlarged(width: Int, height: Int, cardWidth: Int, cardHeight: Int) {
    var field = reference("a.png", kind: .frontMatter)
    field.imageOverride = ImageOverride(crop: .card)
    let plan = plan([field], [source("a.png", width: width, height: height)])
    let card = plan.jobs.first?.renditions.first
    #expect(card?.width == cardWidth)
    #expect(card?.height == cardHeight)
    #expect(card?.crop == .card)
    #expect(card?.graphic.map(\.format) == [.jpeg])
  }

  @Test func keepMakesNothingOfFrontMatter() {
    var options = PlanOptions()
    options.frontMatter = .keep
    #expect(plan([reference("a.png", kind: .frontMatter)], [source("a.png")], options).jobs.isEmpty)
  }

  @Test func whatNoMarkupWillReferToIsNotMade() {
    var inPicture = reference("a.png", kind: .htmlImage)
    inPicture.context = [.picture]
    var withSrcset = reference("a.png", kind: .htmlImage)
    withSrcset.attributes = ["srcset": "b.png 2x"]
    var missing = reference("a.png")
    missing.status = .missing
    let references = [inPicture, withSrcset, missing, reference("a.png", kind: .htmlSource)]
    #expect(plan(references, [source("a.png")]).jobs.isEmpty)
  }

  @Test func wideColorsAndCreditsAreKeptWhereASourceHasThem() {
    var options = PlanOptions()
    options.markup = .picture
    options.color = .p3
    options.metadata = .copyright
    var image = source("a.png")
    func settings(_ options: PlanOptions) -> [EncodingSettings] {
      let references = [reference("a.png"), reference("a.png", at: 50, kind: .frontMatter)]
      return (plan(references, [image], options).jobs.first?.renditions ?? []).flatMap {
        $0.photograph + $0.graphic
      }
    }
    #expect(settings(options).allSatisfy { $0.color == nil && $0.metadata == nil })
    image.wideGamut = true
    image.credit = Credit(copyright: "©")
    #expect(settings(options).allSatisfy { ($0.color == .p3) == [.avif, .webp].contains($0.format) })
    #expect(settings(options).allSatisfy { $0.metadata == .copyright })
    #expect(settings(PlanOptions()).allSatisfy { $0.color == nil && $0.metadata == nil })
  }

  /// A `srcset` alone leaves the author's file in `src`, where feed readers and crawlers find it.
  @Test(arguments: [ImageFormat.heic, .jp2, .jxl, .tiff])
  func whatBrowsersDoNotShowGetsAFallback(format: ImageFormat) {
    var image = source("a.heic", width: 3000, height: 2000)
    image.format = format
    let fallbacks = { (options: PlanOptions) in
      plan([reference("a.heic")], [image], options).jobs.first?.renditions.filter { $0.purpose == .fallback }
        ?? []
    }
    let fallback = fallbacks(PlanOptions())
    #expect(fallback.map(\.width) == [1920] && fallback.map(\.height) == [1280])
    #expect(fallback.first?.photograph.map(\.format) == [.jpeg])
    #expect(fallback.first?.graphic.map(\.format) == [.png])
    // A picture has its JPEG or PNG among the candidates.
    var options = PlanOptions()
    options.markup = .picture
    #expect(fallbacks(options).isEmpty)
    image.format = .bmp
    #expect(fallbacks(PlanOptions()).isEmpty)
  }

  @Test(arguments: [
    (ImageFormat.svg, 1, true), (.gif, 12, true), (.gif, 1, false), (.ico, 1, true), (.avif, 1, false),
  ])
  func passesThrough(format: ImageFormat, frames: Int, isKept: Bool) {
    var image = source("a.png")
    image.format = format
    image.frames = frames
    let plan = plan([reference("a.png")], [image])
    #expect(plan.jobs.isEmpty == isKept)
    #expect(plan.problems.map(\.rule) == (isKept ? [.passedThrough] : []))
  }

  @Test(arguments: [ImageFormat.gif, .png, .webp], [MarkupForm.srcset, .picture])
  func anAnimationIsAnimatedWebPWhateverTheMarkup(format: ImageFormat, markup: MarkupForm) {
    var options = PlanOptions()
    options.markup = markup
    options.srcsetFormat = .avif
    let plan = plan([reference("a.png")], [animation(format, frames: 12)], options)
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.width) == [1280, 960, 640, 320])
    #expect(renditions.allSatisfy { $0.photograph == [options.webpAnimation] })
    #expect(renditions.allSatisfy { $0.graphic == [options.webpAnimation] })
    #expect(plan.problems.isEmpty)
  }

  @Test func anAnimationStaysInFrontMatter() {
    for choice in PlanOptions.FrontMatter.allCases {
      var options = PlanOptions()
      options.frontMatter = choice
      let source = animation(.gif, frames: 3)
      #expect(plan([reference("a.png", kind: .frontMatter)], [source], options).jobs.isEmpty)
    }
  }

  @Test func whereHTMLIsDroppedAnAnimationOfTheSameSizeIsMade() {
    let plan = plan(
      [reference("a.png")], [animation(.gif, frames: 3)], dialect: .commonmark, allowsHTML: false)
    #expect(plan.jobs.flatMap(\.renditions).map(\.purpose) == [.sameSize])
    #expect(plan.jobs.flatMap(\.renditions).map(\.width) == [1280])
  }

  @Test(arguments: [(97, true), (98, false), (.max, false)])
  func allFramesTogetherAreLimited(frames: Int, isMade: Bool) {
    var options = PlanOptions()
    options.maxAnimationPixels = 97 * 1280 * 800
    let plan = plan([reference("a.png")], [animation(.gif, frames: frames)], options)
    #expect(plan.jobs.isEmpty != isMade)
    #expect(plan.problems.map(\.rule) == (isMade ? [] : [.tooLarge]))
    #expect(plan.problems.allSatisfy { $0.severity == .warning })
  }

  private func animation(_ format: ImageFormat, frames: Int) -> Source {
    var source = source("a.png")
    (source.format, source.frames, source.content) = (format, frames, .animation)
    return source
  }

  /// EXIF orientation, width, and the widths of what may stand in the source's place.
  @Test(arguments: [
    (1, 1200, []), (3, 1200, []), (6, 1200, [1200]), (8, 2400, [1920]), (6, 4000, []), (5, 300, [300]),
  ])
  func aSourceThatIsStoredSidewaysGetsAnUprightFile(orientation: Int, width: Int, expected: [Int]) {
    var source = source("a.jpg", width: width, height: width * 4 / 3)
    (source.format, source.orientation) = (.jpeg, orientation)
    let renditions = plan([reference("a.jpg")], [source]).jobs.flatMap(\.renditions)
    let upright = renditions.filter { $0.purpose == .upright }
    #expect(upright.map(\.width) == expected)
    #expect(upright.flatMap(\.photograph).allSatisfy { $0.format == .jpeg })
    // A <picture> has a JPEG of every width.
    var options = PlanOptions()
    options.markup = .picture
    let inPicture = plan([reference("a.jpg")], [source], options).jobs.flatMap(\.renditions)
    #expect(inPicture.allSatisfy { $0.purpose == .responsive })
  }

  private func plan(
    _ references: [Reference], _ sources: [Source], _ options: PlanOptions = PlanOptions(),
    dialect: Post.Dialect = .kramdown, allowsHTML: Bool = true
  ) -> Plan {
    let manifest = AssetManifest(
      site: Site(kind: .jekyll, reason: "", root: "."),
      posts: [
        Post(path: "p.md", dialect: dialect, allowsHTML: allowsHTML, url: "/p.html", bytes: 1, sha256: "")
      ], references: references, sources: sources)
    return VariantPlanner(options: options).plan(manifest)
  }

  private func reference(
    _ source: String, at offset: Int = 0, kind: Reference.Kind = .markdownInline
  ) -> Reference {
    Reference(
      post: "p.md", kind: kind, range: ByteRange(offset, offset + 9),
      urlRange: ByteRange(offset + 4, offset + 8), line: 1, column: 1, url: "/" + source, status: .local,
      source: source, link: LinkForm(prefix: "/"))
  }

  private func source(_ path: String, sha: String = "1", width: Int = 1280, height: Int = 800) -> Source {
    Source(path: path, sha256: sha, bytes: 100_000, format: .png, width: width, height: height)
  }
}

@Suite struct VariantNameTests {
  private let source = Source(path: "a/사진 1.final.png", sha256: "11", bytes: 1, format: .png)
  private let settings = EncodingSettings(format: .webp, loss: .lossy, quality: 75, effort: 4)

  private func name(_ rendition: Rendition, _ settings: EncodingSettings) -> String {
    VariantName.path(
      folder: "assets/optimized", source: source, width: rendition.width, format: settings.format,
      key: VariantName.key(source: source, rendition: rendition, settings: settings))
  }

  private func rendition(width: Int = 640, crop: Crop? = nil) -> Rendition {
    Rendition(
      width: width, height: 480, crop: crop, purpose: .responsive, photograph: [settings], graphic: [settings]
    )
  }

  @Test func carriesPathWidthAndDigest() throws {
    let name = name(rendition(), settings)
    #expect(name.hasPrefix("assets/optimized/a/사진 1.final-640w-"))
    #expect(name.hasSuffix(".webp"))
    #expect(name.wholeMatch(of: /.*-640w-[0-9a-f]{8}\.webp/) != nil)
  }

  /// Readers' caches hold files by these names.
  @Test func withoutACropNamesStay() {
    #expect(name(rendition(), settings) == "assets/optimized/a/사진 1.final-640w-e5f7cd42.webp")
  }

  @Test func everythingThatShapesTheOutputChangesIt() {
    var quality = settings
    quality.quality = 80
    var effort = settings
    effort.effort = 5
    var loss = settings
    loss.loss = .lossless
    var chroma = settings
    chroma.smartSubsample = false
    let names = [
      name(rendition(), chroma),
      name(rendition(), settings), name(rendition(), quality), name(rendition(), effort),
      name(rendition(), loss), name(rendition(crop: .card), settings),
      name(rendition(crop: .square), settings), name(rendition(crop: Crop(.ratio(4, 3))), settings),
      name(rendition(crop: Crop(.ratio(4, 3), gravity: .center)), settings),
      name(rendition(crop: Crop(.ratio(4, 3), gravity: .focus(x: 0.5, y: 0.5))), settings),
      name(rendition(crop: Crop(.ratio(4, 3), gravity: .focus(x: 0.5, y: 0.51))), settings),
      name(rendition(crop: Crop(.size(640, 480))), settings),
      name(rendition(crop: Crop(.size(640, 480), enlarge: true)), settings),
    ]
    #expect(Set(names).count == names.count)
  }
}
