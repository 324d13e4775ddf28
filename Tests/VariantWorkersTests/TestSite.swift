import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner
import Vips

@testable import VariantWorkers

/// A site in a temporary folder, with a folder for its output next to it.
final class TestSite {
  private let scratch: TemporaryFolder
  var folder: String { scratch.path }
  let root: SiteRoot
  let output: String

  init() throws {
    scratch = try TemporaryFolder()
    try FileAccess.makeFolder(scratch("site"))
    root = try SiteRoot(scratch("site"))
    output = scratch("out")
  }

  /// Writes a file and looks at it.
  func add(_ data: Data, _ path: String) throws -> Source {
    try FileAccess.write(data, to: root.absolute(path))
    let inspection = SourceInspector(root: root).inspect(path)
    return try #require(inspection.source, "\(inspection.problems)")
  }

  func pool(jobs: Int = 2) -> RenderPool { RenderPool(root: root, output: output, jobs: jobs) }

  /// Renders one source at some widths.
  func render(
    _ source: Source,
    widths: [Int],
    _ settings: [EncodingSettings],
    cache: AssetCache = AssetCache(folder: nil)
  ) throws -> RenderOutcome {
    let result = pool().render([source.job(widths: widths, settings)], cache: cache)
    return try #require(result.outcomes.first)
  }

  /// The pixels of a variant.
  func pixels(of variant: Variant) throws -> Image {
    let data = try FileAccess.read(output + "/" + variant.path)
    return try Image.open(
      data,
      with: #require(variant.format.loader),
      file: variant.path,
      failOn: .warning
    ).inMemory()
  }

  /// Every file of the output by path.
  func outputs() throws -> [String: String] {
    guard FileManager.default.fileExists(atPath: output) else { return [:] }
    var digests: [String: String] = [:]
    for file in try FileTree.files(below: output) {
      digests[file.path] = ContentDigest.sha256(try FileAccess.read(output + "/" + file.path))
    }
    return digests
  }
}

extension Source {
  /// A job for this source at some widths, the same formats for photographs and graphics.
  func job(
    widths: [Int],
    _ settings: [EncodingSettings],
    purpose: Variant.Purpose = .responsive
  ) -> RenderJob {
    RenderJob(
      source: self,
      renditions: widths.map {
        Rendition(
          width: $0,
          height: max(1, Int((Double(height * $0) / Double(width)).rounded())),
          purpose: purpose,
          photograph: settings,
          graphic: settings
        )
      }
    )
  }
}

extension EncodingSettings {
  static let avif = EncodingSettings(format: .avif, loss: .lossy, quality: 50, effort: 1)
  static let webp = EncodingSettings(format: .webp, loss: .lossy, quality: 75, effort: 4)
  static let webpLossless = EncodingSettings(format: .webp, loss: .lossless, effort: 2)
  static let webpSmaller = EncodingSettings(format: .webp, loss: .smallest, quality: 90, effort: 2)
  static let jpeg = EncodingSettings(format: .jpeg, loss: .lossy, quality: 75)
  static let png = EncodingSettings(format: .png, loss: .lossless, effort: 4)
  static let pngPalette = EncodingSettings(format: .png, loss: .lossy, quality: 100, effort: 4)
}
