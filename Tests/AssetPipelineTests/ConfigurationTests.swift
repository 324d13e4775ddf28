import AssetModel
import Foundation
import Testing
import VariantPlanner

@testable import AssetPipeline
@testable import VariantPlanner

@Suite struct ConfigurationTests {
  @Test(arguments: ["", "# nothing but a comment\n", "{}", "---\n"])
  func everyKeyIsOptional(yaml: String) throws {
    #expect(try Configuration(yaml: yaml, file: "c.yml") == Configuration())
  }

  @Test func theAnnotatedDefaultsAreTheDefaults() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Config/optimize-assets.yml")
    let yaml = try String(contentsOf: file, encoding: .utf8)
    var annotated = try Configuration(yaml: yaml, file: "c.yml")
    // The file lists the fields that are read without it.
    #expect(annotated.frontMatterFields?.isEmpty == false)
    annotated.frontMatterFields = nil
    #expect(annotated == Configuration())
  }

  @Test(
    arguments: [
      ("fixed", nil, 75), ("perceptual", .perceptual, 75), ("high", .high, 75),
      ("visually-lossless", .visuallyLossless, 75), ("60", nil, 60),
      ("{photograph: 65}", QualityTarget(photograph: 65, graphic: 80), 75),
      ("{photograph: 65.5, graphic: 90}", QualityTarget(photograph: 65.5, graphic: 90), 75),
    ] as [(String, QualityTarget?, Int)])
  func readsQuality(text: String, target: QualityTarget?, jpeg: Int) throws {
    let plan = try Configuration(yaml: "quality: \(text)", file: "c.yml").plan
    #expect(plan.quality == target)
    #expect(plan.fixed.isEmpty)
    #expect(plan.jpeg.quality == jpeg)
  }

  @Test func readsEveryKey() throws {
    let configuration = try Configuration(
      yaml: """
        output: out
        cache: .cache/assets
        keepStale: 30d
        jobs: 3
        memoryLimit: 512MiB
        folder: /img/
        markup: picture
        srcsetFormat: fallback
        widths: [800, 400, 400]
        sizes: 50vw
        formats:
          avif: {quality: 40, effort: 5}
          avifGraphic: {quality: 41}
          webp: {quality: 70, effort: 6}
          webpGraphic: {quality: 91, effort: 2}
          webpAnimation: {quality: 60}
          jpeg: {quality: 80}
        frontMatter: card
        frontMatterWidth: 1000
        frontMatterFields: [hero, a.b]
        maxPixels: 5000
        color: p3
        metadata: copyright
        """, file: "c.yml")
    #expect(configuration.plan.color == .p3)
    #expect(configuration.plan.metadata == .copyright)
    #expect(configuration.output == "out")
    #expect(configuration.cache == .folder(".cache/assets"))
    #expect(configuration.jobs == 3)
    #expect(configuration.memoryLimit == ByteSize(bytes: 512 << 20))
    #expect(configuration.folder == "img")
    #expect(configuration.markup == .picture)
    #expect(configuration.plan.srcsetFormat == .jpeg)
    #expect(configuration.plan.widths == [400, 800])
    #expect(configuration.sizes == SizesRules("50vw"))
    #expect(configuration.plan.avif == EncodingSettings(format: .avif, loss: .lossy, quality: 40, effort: 5))
    #expect(configuration.plan.webp == EncodingSettings(format: .webp, loss: .lossy, quality: 70, effort: 6))
    #expect(configuration.plan.avifGraphic.quality == 41)
    #expect(configuration.plan.avifGraphic.effort == 5)
    #expect(configuration.plan.webpGraphic.quality == 91)
    #expect(configuration.plan.webpGraphic.effort == 2)
    #expect(configuration.plan.webpAnimation.quality == 60)
    #expect(configuration.plan.webpAnimation.effort == 6)
    #expect(configuration.plan.jpeg.quality == 80)
    let plan = configuration.plan
    #expect(
      Set(plan.fixed) == [
        plan.avif, plan.avifGraphic, plan.webp, plan.webpGraphic, plan.webpAnimation, plan.jpeg,
      ])
    #expect(configuration.plan.frontMatter == .card)
    #expect(configuration.plan.frontMatterWidth == 1000)
    #expect(configuration.frontMatterFields == ["hero", "a.b"])
    #expect(configuration.maxPixels == 5000)
  }

  /// What stands in the file, what the command line says, and the efforts of AVIF, AVIF for graphics, WebP, WebP for
  /// graphics, and animations.
  @Test(
    arguments: [
      ("", nil, [3, 3, 4, 4, 4]), ("effort: fast", nil, [2, 2, 2, 2, 2]),
      ("effort: small", nil, [4, 4, 6, 6, 6]),
      ("effort: small", .fast, [2, 2, 2, 2, 2]), ("effort: fast", .balanced, [3, 3, 4, 4, 4]),
      ("formats: {avif: {effort: 7}}", .fast, [7, 7, 2, 2, 2]),
      ("effort: small\nformats: {avif: {effort: 0}, avifGraphic: {effort: 1}}", nil, [0, 1, 6, 6, 6]),
      ("formats: {webp: {effort: 1}, webpAnimation: {effort: 5}}", .small, [4, 4, 1, 1, 5]),
      ("formats: {avif: {quality: 40}, webpGraphic: {quality: 40}}", .small, [4, 4, 6, 6, 6]),
    ] as [(String, Effort?, [Int])])
  func aFormatsOwnEffortCounts(yaml: String, argument: Effort?, efforts: [Int]) throws {
    var configuration = try Configuration(yaml: yaml, file: "c.yml")
    if let argument { configuration.effort = argument }
    let plan = configuration.plan
    let found = PlanOptions.Encoder.allCases.map { plan[$0].effort }
    #expect(found == efforts)
    // A quality that was chosen counts at any effort.
    #expect(plan.fixed.contains(plan.avif) == yaml.contains("avif: {quality"))
    #expect(plan.fixed.contains(plan.webpGraphic) == yaml.contains("webpGraphic: {quality"))
  }

  @Test func readersThatLibvipsDistrustsAreOffUnlessAskedFor() throws {
    #expect(Configuration().reads.isEmpty)
    #expect(try Configuration(yaml: "formats: {read: jp2}", file: "c.yml").reads == [.jp2])
    #expect(try Configuration(yaml: "formats: {read: [jp2, jxl]}", file: "c.yml").reads == [.jp2, .jxl])
  }

  @Test func aPictureCanDoWithoutAVIF() throws {
    let plan = try Configuration(yaml: "formats: {avif: none, png: {loss: lossless}}", file: "c.yml").plan
    #expect(plan.photographEncodings(for: [.picture]).map(\.format) == [.webp, .jpeg])
    #expect(plan.graphicEncodings(for: [.picture]).map(\.format) == [.webp, .png])
    #expect(plan.graphicEncodings(for: [.picture]).last?.loss == .lossless)
    #expect(try Configuration(yaml: "ownWidth: true", file: "c.yml").plan.keepsSourceWidth)
  }

  @Test(arguments: [
    ("effort: 3", "c.yml:1:9: error: effort must be one of fast, balanced, small"),
    (
      "formats: {avif: no}",
      "c.yml:1:17: error: formats.avif cannot be 'no' (write none, or a mapping such as {effort: 3})"
    ),
    (
      "formats: {png: {loss: near-lossless}}",
      "c.yml:1:23: error: formats.png.loss must be one of lossy, lossless, smaller"
    ),
    ("widht: [1]", "c.yml:1:1: error: unknown key 'widht' (did you mean 'widths'?)"),
    (
      "\nformats:\n  webp: {qualty: 3}",
      "c.yml:3:10: error: unknown key 'qualty' in formats.webp (did you mean 'quality'?)"
    ),
    (
      "formats: {tiff: {}}",
      "c.yml:1:11: error: unknown key 'tiff' in formats (the keys here are avif, avifGraphic, jpeg, jxl, png, read, webp, webpAnimation, webpGraphic)"
    ),
    ("formats: {read: [jp2, png]}", "c.yml:1:17: error: formats.read must be among jp2, jxl"),
    ("jobs: many", "c.yml:1:7: error: jobs must be a whole number from 1 to 1024"),
    (
      "memoryLimit: 5 apples",
      "c.yml:1:14: error: memoryLimit must be an amount of bytes such as 512MiB or 2GB"
    ),
    ("memoryLimit: 0", "c.yml:1:14: error: memoryLimit must be an amount of bytes such as 512MiB or 2GB"),
    ("jobs: 0", "c.yml:1:7: error: jobs must be a whole number from 1 to 1024"),
    ("quality: 0", "c.yml:1:10: error: quality must be a number from 1 to 100, or a word"),
    (
      "quality: best",
      "c.yml:1:10: error: quality must be fixed, perceptual, high, visually-lossless, or a number from 1 to 100"
    ),
    ("quality: {photograph: 20}", "c.yml:1:23: error: quality.photograph must be a number from 30 to 95"),
    ("widths: []", "c.yml:1:9: error: widths must not be empty"),
    ("widths: [320, x]", "c.yml:1:15: error: widths must be a whole number from 1 to 16383"),
    ("markup: img", "c.yml:1:9: error: markup must be one of auto, srcset, picture"),
    ("output: [a]", "c.yml:1:9: error: output must be a text"),
    (
      "formats:\n  avifGraphic: none",
      "c.yml:2:16: error: formats.avifGraphic cannot be 'none' (write formats: {avif: none} to offer no AVIF, of graphics"
        + " neither, or a mapping such as {effort: 3})"
    ),
    (
      "formats: {webp: none}",
      "c.yml:1:17: error: formats.webp cannot be 'none' (write a mapping such as {quality: 80}; only avif can be none)"
    ),
    (
      "formats: {webp: 80}",
      "c.yml:1:17: error: formats.webp cannot be '80' (write a mapping such as {quality: 80}; only avif can be none)"
    ),
    ("formats: 3", "c.yml:1:10: error: formats must be a mapping (write 'key: value' lines)"),
    ("- a", "c.yml:1:1: error: the configuration must be a mapping (write 'key: value' lines)"),
    (
      "folder: ../up",
      "c.yml: error: folder must name a folder inside the site (for example assets/optimized)"
    ),
    ("jobs: 1\njobs: 2", "c.yml:1: error: not valid YAML: the key 'jobs' stands twice"),
  ])
  func wrongIsNamedWithItsPlace(yaml: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml: yaml, file: "c.yml") }
    #expect(error?.description == expected)
  }

  @Test func readsCropsAndRules() throws {
    let configuration = try Configuration(
      yaml: """
        crops:
          card: 1200x600
          square: 1:1
          wide: {ratio: 16:9, gravity: entropy}
          tall: {size: 800x1000, gravity: 0.3,0.4, enlarge: true}
          quoted: {ratio: 2:1, gravity: "0, 1"}
          listed: {ratio: 2:1, gravity: [0.25, 1]}
        apply:
          - {field: header.image, crop: card}
          - {glob: assets/banners/**, crop: wide}
          - {glob: assets/heroes/**, crop: 3:2, media: {"(max-width: 600px)": square, print: {ratio: 4:3}}}
          - {glob: assets/shots/**, content: graphic}
          - {glob: "*.jpg", crop: none}
        """, file: "c.yml")
    let rules = configuration.imageOverrides
    let wide = Crop(.ratio(16, 9), gravity: .entropy)
    #expect(
      rules.crops == [
        "card": Crop(.size(1200, 600)), "square": .square, "wide": wide,
        "tall": Crop(.size(800, 1000), gravity: .focus(x: 0.3, y: 0.4), enlarge: true),
        "quoted": Crop(.ratio(2, 1), gravity: .focus(x: 0, y: 1)),
        "listed": Crop(.ratio(2, 1), gravity: .focus(x: 0.25, y: 1)),
      ])
    #expect(
      rules.rules == [
        .init(field: "header.image", imageOverride: ImageOverride(crop: Crop(.size(1200, 600)))),
        .init(glob: "assets/banners/**", imageOverride: ImageOverride(crop: wide)),
        .init(
          glob: "assets/heroes/**",
          imageOverride: ImageOverride(
            crop: Crop(.ratio(3, 2)),
            artDirection: [
              .init(media: "(max-width: 600px)", crop: .square),
              .init(media: "print", crop: Crop(.ratio(4, 3))),
            ])),
        .init(glob: "assets/shots/**", imageOverride: ImageOverride(content: .graphic)),
        .init(glob: "*.jpg", imageOverride: ImageOverride()),
      ])
    #expect(rules.standalone == nil)
  }

  @Test func someCropsNeedNoDefinition() throws {
    let yaml =
      "frontMatter: card\napply: [{glob: a, crop: card}, {glob: b, crop: 16:9}, {glob: c, crop: 40x30}]"
    let rules = try Configuration(yaml: yaml, file: "c.yml").imageOverrides
    #expect(rules.rules.map(\.imageOverride.crop) == [.card, Crop(.ratio(16, 9)), Crop(.size(40, 30))])
    #expect(rules.standalone == .card)
  }

  @Test(arguments: [
    (
      "crops: {wide: 16-9}",
      "1:15: error: crops.wide must be a shape (a ratio such as 16:9 or a size such as 1200x630)"
    ),
    (
      "crops: {16:9: 1:1}",
      "1:9: error: '16:9' cannot be the name of a crop (use letters, digits, - and _, and neither a shape nor none)"
    ),
    (
      "crops: {none: 1:1}",
      "1:9: error: 'none' cannot be the name of a crop (use letters, digits, - and _, and neither a shape nor none)"
    ),
    (
      "crops:\n  a: {gravity: center}",
      "2:6: error: crops.a needs either a ratio or a size (a ratio such as 16:9 or a size such as 1200x630)"
    ),
    (
      "crops: {a: {ratio: 1:1, size: 2x2}}",
      "1:12: error: crops.a needs either a ratio or a size (a ratio such as 16:9 or a size such as 1200x630)"
    ),
    ("crops: {a: {ratio: 12x6}}", "1:20: error: crops.a.ratio cannot be '12x6' (for example 16:9)"),
    ("crops: {a: {size: 1:1}}", "1:19: error: crops.a.size cannot be '1:1' (for example 1200x630)"),
    (
      "crops: {a: {ratio: 1:1, gravity: middle}}",
      "1:34: error: crops.a.gravity must be attention, entropy, center or a point such as 0.3,0.4 (a point counts from"
        + " the left and the top, 0 to 1)"
    ),
    (
      "crops: {a: {ratio: 1:1, gravity: 0.3,4}}",
      "1:34: error: crops.a.gravity must be attention, entropy, center or a point such as 0.3,0.4 (a point counts from"
        + " the left and the top, 0 to 1)"
    ),
    ("crops: {a: {size: 2x2, enlarge: maybe}}", "1:33: error: crops.a.enlarge must be true or false"),
    (
      "crops: {a: {ratio: 1:1, enlarge: true}}",
      "1:34: error: crops.a.enlarge goes with a size (a ratio takes the pixels that there are)"
    ),
    (
      "crops: {a: {ratio: 1:1, gravty: center}}",
      "1:25: error: unknown key 'gravty' in crops.a (did you mean 'gravity'?)"
    ),
    (
      "apply: [{crop: card}]",
      "1:9: error: apply needs a field or a glob (for example {glob: assets/banners/**, crop: 16:9})"
    ),
    ("apply: [{glob: a}]", "1:9: error: apply asks for nothing (give it a crop, media or content)"),
    (
      "crops: {b: 1:1}\napply:\n- {glob: a, crop: wide}",
      "3:19: error: apply.crop cannot be 'wide' (write a ratio such as 16:9, a size such as 1200x630, b, card, square"
        + " or none)"
    ),
    (
      "apply: [{glob: a, content: text}]",
      "1:28: error: apply.content must be one of photograph, graphic, icon"
    ),
    (
      "apply: [{field: a, media: {print: 1:1}}]",
      "1:27: error: apply.media does not go with a field (a field names one file; use crop)"
    ),
    (
      "apply: [{glob: a, media: {\"(max-width: 6px\": 1:1}}]",
      "1:27: error: '(max-width: 6px' is not a media query (for example \"(max-width: 600px)\")"
    ),
    (
      "apply: [{glob: a, media: {print: none}}]",
      "1:34: error: apply.media.print must be a shape (leave the query out to keep the image's own)"
    ),
    (
      "apply: [{glob: a, corp: 1:1, crop: 1:1}]",
      "1:19: error: unknown key 'corp' in apply (did you mean 'crop'?)"
    ),
  ])
  func wrongCropsAreNamedWithTheirPlace(yaml: String, expected: String) {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml: yaml, file: "c.yml") }
    #expect(error?.description == "c.yml:" + expected)
  }

  @Test func brokenYAMLIsNamedWithItsLine() {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(yaml: "jobs: 2\nwidths: [1,\n", file: "c.yml")
    }
    #expect(error?.diagnostic.line == 3)
    #expect(error?.diagnostic.message.hasPrefix("not valid YAML: ") == true)
  }
}
