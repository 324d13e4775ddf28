import AssetModel
import Testing

@testable import VariantPlanner

@Suite struct CropPlanTests {
  @Test func aLadderIsOfTheCroppedArea() {
    let plan = plan([imageReference(ImageOverride(crop: Crop(.ratio(1, 1))))])
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.width) == [900, 640, 320])
    #expect(renditions.map(\.height) == [900, 640, 320])
    #expect(renditions.allSatisfy { $0.crop == .square && $0.purpose == .responsive })
    // The `src` shows the crop too.
    #expect(renditions.map { $0.photograph.map(\.format) } == [[.webp, .jpeg], [.webp], [.webp]])
    #expect(renditions.map { $0.graphic.map(\.format) } == [[.webp, .png], [.webp], [.webp]])
  }

  @Test(arguments: [(false, [800, 640, 320]), (true, [1200, 960, 640, 320])])
  func onlyWhatMayBeEnlargedIs(enlarge: Bool, widths: [Int]) {
    let plan = plan([imageReference(ImageOverride(crop: Crop(.size(1200, 1350), enlarge: enlarge)))])
    #expect(plan.jobs.first?.renditions.map(\.width) == widths)
  }

  @Test func twoCropsOfASourceAreOneJob() {
    let plan = plan([
      imageReference(ImageOverride(crop: .square), at: 0),
      imageReference(ImageOverride(crop: Crop(.ratio(16, 9))), at: 50),
      imageReference(nil, at: 99), imageReference(ImageOverride(crop: .square), at: 150),
    ])
    #expect(plan.jobs.count == 1)
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.width) == renditions.map(\.width).sorted(by: >))
    let shapes = Dictionary(grouping: renditions, by: \.crop).mapValues { $0.map(\.width) }
    #expect(
      shapes == [
        Crop.square: [900, 640, 320], Crop(.ratio(16, 9)): [1600, 1280, 960, 640, 320],
        nil: [1600, 1280, 960, 640, 320],
      ])
  }

  @Test func artDirectionTakesEveryFormatAndNamesItsQueries() {
    let artDirection = [
      ImageOverride.ArtDirection(media: "(max-width: 600px)", crop: .square),
      ImageOverride.ArtDirection(media: "print", crop: .square),
      ImageOverride.ArtDirection(media: "(min-width: 90em)", crop: Crop(.ratio(7, 3))),
    ]
    let renditions =
      plan([imageReference(ImageOverride(artDirection: artDirection))]).jobs.first?.renditions ?? []
    let media = Dictionary(grouping: renditions, by: \.crop).mapValues { $0[0].media }
    #expect(
      media == [
        nil: [], Crop.square: ["(max-width: 600px)", "print"], Crop(.ratio(7, 3)): ["(min-width: 90em)"],
      ])
    #expect(renditions.allSatisfy { $0.photograph.map(\.format) == [.avif, .webp, .jpeg] })
  }

  @Test func aFieldGetsOneFileInItsShape() {
    var first = imageReference(ImageOverride(crop: Crop(.ratio(1, 1))))
    first.kind = .frontMatter
    var options = PlanOptions()
    options.frontMatter = .keep
    let renditions = plan([first], options).jobs.first?.renditions ?? []
    #expect(renditions.map(\.purpose) == [.standalone])
    #expect(renditions.map(\.width) == [900])
    #expect(renditions.first?.graphic.map(\.format) == [.png])
  }

  @Test func wherePostsDropHTMLTheOneFileIsCropped() {
    let plan = plan([imageReference(ImageOverride(crop: .square))], dialect: .commonmark, allowsHTML: false)
    let renditions = plan.jobs.first?.renditions ?? []
    #expect(renditions.map(\.purpose) == [.sameSize])
    #expect(renditions.map(\.width) == [900])
    #expect(renditions.map(\.crop) == [.square])
  }

  @Test func theFirstPlaceDecidesTheContentClass() {
    let plan = plan([
      imageReference(nil, at: 0), imageReference(ImageOverride(content: .graphic), at: 20),
      imageReference(ImageOverride(content: .photograph), at: 40),
    ])
    #expect(plan.jobs.first?.content == .graphic)
    #expect(plan.problems.map(\.rule) == [.badAttribute])
  }
}

@Suite struct TreatmentRulesTests {
  private let wide = Crop(.ratio(21, 10))

  @Test func theFirstRuleThatFitsCounts() {
    var rules = ImageOverrideRules()
    rules.rules = [
      .init(field: "header.image", imageOverride: ImageOverride(crop: .card)),
      .init(glob: "a*.jpg", imageOverride: ImageOverride(crop: wide)),
      .init(glob: "*", imageOverride: ImageOverride(crop: .square)),
    ]
    var field = imageReference(nil)
    field.kind = .frontMatter
    field.field = "header.image"
    var below = field
    below.field = "header.image.path"
    var other = field
    other.field = "header"
    #expect(crops(of: [imageReference(nil), field, below, other], rules) == [wide, .card, .card, wide])
  }

  @Test(arguments: [
    ("header.image", "header.image", true), ("header.image.0", "header.image", true),
    ("gallery.3.path", "gallery.*.path", true), ("header", "header.image", false), ("image2", "image", false),
  ])
  func fields(path: String, field: String, expected: Bool) {
    #expect(ImageOverrideRules.fits(path, field) == expected)
  }

  @Test func singleFilesHaveTheirOwnDefault() {
    var rules = ImageOverrideRules()
    rules.standalone = .card
    var field = imageReference(nil)
    field.kind = .frontMatter
    var meta = imageReference(nil)
    meta.kind = .metaImage
    #expect(crops(of: [imageReference(nil), field, meta], rules) == [nil, .card, .card])
  }

  @Test(arguments: [
    (["data-crop": "16:9"], Crop(.ratio(16, 9))), (["data-crop": " square "], .square),
    (["data-crop": "tall"], Crop(.size(80, 100), gravity: .entropy)),
    (["data-crop": "tall", "data-focus": "0.3,0.4"], Crop(.size(80, 100), gravity: .focus(x: 0.3, y: 0.4))),
    (["data-crop": "1:1", "data-focus": "center"], Crop(.ratio(1, 1), gravity: .center)),
    (["data-focus": "0,0"], Crop(.ratio(2, 1), gravity: .focus(x: 0, y: 0))), ([:], Crop(.ratio(2, 1))),
    (["data-crop": "none"], nil),
    // Nothing is cut off.
    (["data-crop": "1600x900"], Crop(.size(1600, 900))),
    (["data-crop": "16:9", "width": "300"], Crop(.ratio(16, 9))),
    (["data-crop": "16:9", "width": "320", "height": "180"], Crop(.ratio(16, 9))),
  ])
  func attributesWin(attributes: [String: String], expected: Crop?) {
    var rules = ImageOverrideRules()
    rules.crops = ["tall": Crop(.size(80, 100), gravity: .entropy)]
    rules.rules = [.init(glob: "*", imageOverride: ImageOverride(crop: Crop(.ratio(2, 1))))]
    var reference = imageReference(nil)
    reference.attributes = attributes
    var manifest = manifest([reference])
    manifest.sources[0].height = 1000
    #expect(rules.assign(to: &manifest) == [])
    #expect(manifest.references[0].imageOverride?.crop == expected)
  }

  @Test func aCropThatCutsNothingOffIsNone() {
    var reference = imageReference(nil)
    reference.attributes = ["data-crop": "16:9"]
    #expect(crops(of: [reference], ImageOverrideRules()) == [nil])
  }

  @Test(arguments: [
    (
      ["data-crop": "wide"],
      "p.md:7:3: warning: data-crop=\"wide\" is ignored: it is not known (write a ratio such as 16:9, a size such as"
        + " 1200x630, banner, card, square or none)"
    ),
    (
      ["data-crop": "1:1", "data-focus": "30%"],
      "p.md:7:3: warning: data-focus=\"30%\" is ignored: it is not known (write a point such as 0.3,0.4 (from the left"
        + " and the top, 0 to 1), attention, entropy or center)"
    ),
    (
      ["data-content": "screenshot"],
      "p.md:7:3: warning: data-content=\"screenshot\" is ignored: it is not known (write photograph, graphic, icon)"
    ),
    (
      ["data-crop": "1:1", "width": "300", "height": "200"],
      "p.md:7:3: warning: /a.jpg is not cropped: its width and height would stretch the shape 1:1 (leave one of them"
        + " out)"
    ),
  ])
  func badValuesAreNamed(attributes: [String: String], expected: String) {
    var rules = ImageOverrideRules()
    rules.crops = ["banner": Crop(.ratio(4, 1))]
    var reference = imageReference(nil)
    reference.attributes = attributes
    var manifest = manifest([reference])
    #expect(rules.assign(to: &manifest).map(\.description) == [expected + " [bad-attribute]"])
    #expect(
      manifest.references[0].imageOverride
        == (attributes["data-focus"] == nil ? nil : ImageOverride(crop: .square)))
  }

  @Test func artDirectionNeedsAPicture() {
    var rules = ImageOverrideRules()
    let artDirection = [ImageOverride.ArtDirection(media: "print", crop: .square)]
    rules.rules = [
      .init(glob: "*", imageOverride: ImageOverride(crop: Crop(.ratio(2, 1)), artDirection: artDirection))
    ]
    var tag = imageReference(nil)
    tag.kind = .htmlImage
    var templated = imageReference(nil)
    templated.alt = "{{ page.title }}"
    var manifest = manifest([imageReference(nil), tag, templated])
    let problems = rules.assign(to: &manifest)
    #expect(manifest.references.map { $0.imageOverride?.artDirection } == [artDirection, nil, nil])
    #expect(
      manifest.references.map { $0.imageOverride?.crop } == Array(repeating: Crop(.ratio(2, 1)), count: 3))
    #expect(problems.map(\.severity) == [.note, .note])
    #expect(problems.allSatisfy { $0.message.contains("needs a <picture>") })
  }

  @Test func whatCannotBeCroppedIsNot() {
    var rules = ImageOverrideRules()
    rules.rules = [.init(glob: "*", imageOverride: ImageOverride(crop: .square, content: .graphic))]
    for change in [{ (source: inout Source) in source.frames = 3 }, { $0.width = 0 }] {
      var manifest = manifest([imageReference(nil)])
      change(&manifest.sources[0])
      #expect(rules.assign(to: &manifest).count == 1)
      #expect(manifest.references[0].imageOverride == ImageOverride(content: .graphic))
    }
  }

  @Test func backgroundsKeepTheirShape() {
    var rules = ImageOverrideRules()
    rules.rules = [.init(glob: "*", imageOverride: ImageOverride(crop: .square))]
    var background = imageReference(nil)
    background.kind = .css
    background.field = "background-image"
    #expect(crops(of: [background], rules) == [nil])
  }

  private func crops(of references: [Reference], _ rules: ImageOverrideRules) -> [Crop?] {
    var manifest = manifest(references)
    _ = rules.assign(to: &manifest)
    return manifest.references.map { $0.imageOverride?.crop }
  }
}

private func plan(
  _ references: [Reference], _ options: PlanOptions = PlanOptions(), dialect: Post.Dialect = .kramdown,
  allowsHTML: Bool = true
) -> Plan {
  VariantPlanner(options: options).plan(manifest(references, dialect: dialect, allowsHTML: allowsHTML))
}

private func manifest(
  _ references: [Reference], dialect: Post.Dialect = .kramdown, allowsHTML: Bool = true
) -> AssetManifest {
  AssetManifest(
    site: Site(kind: .jekyll, reason: "", root: "."),
    posts: [
      Post(path: "p.md", dialect: dialect, allowsHTML: allowsHTML, url: "/p.html", bytes: 1, sha256: "")
    ],
    references: references,
    sources: [Source(path: "a.jpg", sha256: "1", bytes: 100_000, format: .jpeg, width: 1600, height: 900)])
}

private func imageReference(_ imageOverride: ImageOverride?, at offset: Int = 0) -> Reference {
  Reference(
    post: "p.md", kind: .markdownInline, range: ByteRange(offset, offset + 9),
    urlRange: ByteRange(offset + 4, offset + 8), line: 7, column: 3, url: "/a.jpg", status: .local,
    source: "a.jpg", link: LinkForm(prefix: "/"), imageOverride: imageOverride)
}
