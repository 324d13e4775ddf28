import AssetCache
import AssetModel
import AssetPipeline
import Testing
import TestSupport

extension IntegrationTests {
  /// One option changed makes exactly the files again that it shapes.
  @Suite struct RebuildTests {
    /// An option and the files that it shapes.
    struct Change: Sendable, CustomTestStringConvertible {
      var yaml: String
      var shapes: @Sendable (Variant) -> Bool

      var testDescription: String { yaml.split(separator: "\n").joined(separator: " ") }

      static func format(_ format: ImageFormat, _ option: String) -> Change {
        Change(yaml: "formats:\n  \(format.rawValue):\n    \(option)") { $0.format == format }
      }
    }

    static let base = "markup: picture\nwidths: [200, 400, 800]\nquality: fixed\n"
    static let changes: [Change] = [
      .format(.avif, "quality: 40"), .format(.avif, "effort: 1"), .format(.webp, "quality: 60"),
      .format(.webp, "effort: 2"), .format(.jpeg, "quality: 60"),
      Change(yaml: "formats:\n  avifGraphic:\n    quality: 30") { $0.format == .avif },
      Change(yaml: "formats:\n  webpGraphic:\n    smartSubsample: false") { $0.format == .webp },
      Change(yaml: "widths: [200, 400, 600, 800]") { $0.width > 590 && $0.width <= 600 },
      Change(yaml: "widths: [400]") { _ in false },
      Change(yaml: "sharpen: true") { _ in true },
      Change(yaml: "quality: {photograph: 60, graphic: 80}") { $0.settings.target != nil },
      Change(yaml: "frontMatterWidth: 500") { $0.purpose == .standalone },
      Change(yaml: "scores: true") { _ in true },
      Change(yaml: "markup: srcset") { _ in false },
      Change(yaml: "sizes: 50vw") { _ in false },
      Change(yaml: "placeholder: color") { _ in false },
      Change(yaml: "jobs: 1") { _ in false },
      Change(yaml: "folder: assets/other") { _ in false },
      Change(yaml: "maxPixels: 50000000") { _ in false },
    ]

    /// A drawn site with what a run of the base configuration left.
    private struct Scene {
      let folder: TemporaryFolder
      let cache = AssetCache(folder: nil)
      let first: Pipeline.Result

      init() throws {
        folder = try TemporaryFolder()
        try DrawnSite.write(to: folder)
        first = try Self.run("", folder, cache)
      }

      static func run(_ yaml: String, _ folder: TemporaryFolder, _ cache: AssetCache) throws
        -> Pipeline.Result
      {
        // A key may stand but once, and the change's own counts.
        let changed = Set(yaml.split(separator: "\n").compactMap { $0.split(separator: ":").first })
        let kept = base.split(separator: "\n").filter { line in
          !changed.contains(line.split(separator: ":").first ?? "")
        }
        let text = kept.joined(separator: "\n") + "\n" + yaml + "\n"
        let configuration = try Configuration(yaml: text, file: "test.yml")
        return try Pipeline(site: folder("site"), configuration: configuration, cache: cache)
          .optimize(output: folder("out"))
      }
    }

    @Test(arguments: changes) func rebuildsWhatAnOptionShapes(change: Change) throws {
      let scene = try Scene()
      let before = try Set(scene.first.manifest.variants.map(\.sha256))
      let second = try Scene.run(change.yaml, scene.folder, scene.cache)
      let shaped = try second.manifest.variants.filter(change.shapes)
      // A new setting can give the bytes of the old one, where a file is lossless either way.
      let new = shaped.filter { !before.contains($0.sha256) }
      #expect(second.summary.encoded <= shaped.count)
      #expect(second.summary.encoded >= new.count)
      // And back: all of it is known.
      let third = try Scene.run("", scene.folder, scene.cache)
      #expect(third.summary.encoded == 0)
      #expect(try third.manifest.variants == scene.first.manifest.variants)
    }
  }
}
