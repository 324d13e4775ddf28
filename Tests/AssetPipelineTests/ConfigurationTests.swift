import Foundation
import Manifest
import Testing

@testable import AssetPipeline

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

  @Test func readsEveryKey() throws {
    let configuration = try Configuration(
      yaml: """
        output: out
        jobs: 3
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
        """, file: "c.yml")
    #expect(configuration.output == "out")
    #expect(configuration.jobs == 3)
    #expect(configuration.folder == "img")
    #expect(configuration.markup == .picture)
    #expect(configuration.plan.srcsetFormat == .jpeg)
    #expect(configuration.plan.widths == [400, 800])
    #expect(configuration.sizes == "50vw")
    #expect(configuration.plan.avif == EncodingSettings(format: .avif, loss: .lossy, quality: 40, effort: 5))
    #expect(configuration.plan.webp == EncodingSettings(format: .webp, loss: .lossy, quality: 70, effort: 6))
    #expect(configuration.plan.avifGraphic.quality == 41)
    #expect(configuration.plan.avifGraphic.effort == 5)
    #expect(configuration.plan.webpGraphic.quality == 91)
    #expect(configuration.plan.webpGraphic.effort == 2)
    #expect(configuration.plan.webpAnimation.quality == 60)
    #expect(configuration.plan.webpAnimation.effort == 6)
    #expect(configuration.plan.jpeg.quality == 80)
    #expect(configuration.plan.frontMatter == .card)
    #expect(configuration.plan.frontMatterWidth == 1000)
    #expect(configuration.frontMatterFields == ["hero", "a.b"])
    #expect(configuration.maxPixels == 5000)
  }

  @Test(arguments: [
    ("widht: [1]", "c.yml:1:1: error: unknown key 'widht' (did you mean 'widths'?)"),
    (
      "\nformats:\n  webp: {qualty: 3}",
      "c.yml:3:10: error: unknown key 'qualty' in formats.webp (did you mean 'quality'?)"
    ),
    (
      "formats: {jxl: {}}",
      "c.yml:1:11: error: unknown key 'jxl' in formats (the keys here are avif, avifGraphic, jpeg, webp, webpAnimation, webpGraphic)"
    ),
    ("jobs: many", "c.yml:1:7: error: jobs must be a whole number from 1 to 1024"),
    ("jobs: 0", "c.yml:1:7: error: jobs must be a whole number from 1 to 1024"),
    ("widths: []", "c.yml:1:9: error: widths must not be empty"),
    ("widths: [320, x]", "c.yml:1:15: error: widths must be a whole number from 1 to 16383"),
    ("markup: img", "c.yml:1:9: error: markup must be one of srcset, picture"),
    ("output: [a]", "c.yml:1:9: error: output must be a text"),
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

  @Test func brokenYAMLIsNamedWithItsLine() {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(yaml: "jobs: 2\nwidths: [1,\n", file: "c.yml")
    }
    #expect(error?.line == 3)
    #expect(error?.message.hasPrefix("not valid YAML: ") == true)
  }
}

@Suite struct EditDistanceTests {
  @Test(arguments: [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("widht", "widths", 2)])
  func counts(a: String, b: String, expected: Int) { #expect(EditDistance.between(a, b) == expected) }
}

@Suite struct ParallelTests {
  @Test(arguments: [1, 2, 7]) func keepsTheOrder(jobs: Int) {
    #expect(Parallel.map(Array(0..<500), jobs: jobs) { $0 * $0 } == (0..<500).map { $0 * $0 })
    #expect(Parallel.map([Int](), jobs: jobs) { $0 }.isEmpty)
  }
}
