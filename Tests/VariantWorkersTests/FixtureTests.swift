import Foundation
import Manifest
import SiteFiles
import Testing
import VariantPlanner
import Vips

@testable import VariantWorkers

/// Every file of `../shared/fixtures` through inspection and rendering.
@Suite(.enabled(if: sharedFolder != nil))
struct FixtureTests {
  /// What happened to a file.
  enum Treatment: String {
    case processed
    case processedWithWarning = "processed with a warning"
    case passedThrough = "passed through"
    case rejected
  }

  struct Fixture {
    var file: String
    var category: String
    var expected: String
  }

  static func fixtures() throws -> [Fixture] {
    let folder = try #require(sharedFolder) + "/fixtures"
    let table = String(decoding: try FileAccess.read(folder + "/INDEX.tsv"), as: UTF8.self)
    return table.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 4 else { return nil }
      // A tab in a name is written as \t.
      let file = fields[0].replacing("\\t", with: "\t")
      return Fixture(file: file, category: fields[3], expected: fields[4])
    }
  }

  /// Files whose expected treatment is another with the decoders of Debian 12, or which are not what the table
  /// says once they are on disk.
  static let exceptions: [String: Set<Treatment>] = [
    // Formats that no browser shows, refused with their name.
    "ico-bmp-tiff-other/libvips__targa.tga": [.rejected],
    "ico-bmp-tiff-other/libvips__sample.exr": [.rejected],
    // Text, and links that are text files on this disk.
    "names/dir-named.png/x.txt": [.rejected],
    "names/link-dangling.png": [.rejected],
    "names/link-ok.png": [.rejected, .processed],
    // A broken profile is worth a warning.
    "icc-broken/jpegdecoder__icc_chunk_count_mismatch.jpeg": [.processedWithWarning],
    "icc-broken/jpegdecoder__icc_chunk_order.jpeg": [.processedWithWarning],
    "icc-broken/jpegdecoder__icc_missing_chunk.jpeg": [.processedWithWarning],
  ]

  @Test func everyFixtureGetsItsTreatment() throws {
    let site = try TestSite()
    let root = try SiteRoot(#require(sharedFolder) + "/fixtures")
    let inspector = SourceInspector(root: root)
    let pool = RenderPool(root: root, output: site.output, jobs: 2)
    var counts: [String: [Treatment: Int]] = [:]
    for fixture in try Self.fixtures() {
      guard case .file(let path) = root.resolve(fixture.file) else {
        print("not on this disk: \(fixture.file)")
        continue
      }
      let inspection = inspector.inspect(path)
      var problems = inspection.problems
      var treatment = Treatment.rejected
      if let source = inspection.source {
        if source.format.loader == nil || source.frames > 1 && source.format == .avif {
          treatment = .passedThrough
        } else {
          let isAnimation = source.content == .animation
          let job = source.job(
            widths: [source.width, max(1, source.width / 3)], isAnimation ? [.webpSmaller] : [.webp, .jpeg])
          let outcome = try #require(pool.render([job], record: RenderRecord()).outcomes.first)
          problems += outcome.problems
          if !outcome.problems.contains(where: { $0.severity == .error }) {
            let warned = outcome.problems.contains { $0.severity == .warning }
            treatment = warned ? .processedWithWarning : .processed
          }
          if isAnimation, !outcome.variants.isEmpty {
            try expectSameTime(outcome, source: fixture.file, root: root, output: site.output)
          }
        }
      }
      counts[fixture.category, default: [:]][treatment, default: 0] += 1
      let isAnimated = ["apng", "gif-animated", "webp-animated"].contains(fixture.category)
      let allowed: Set<Treatment> =
        Self.exceptions[fixture.file] ?? (isAnimated ? [.processed] : nil)
        ?? [
          "process": [.processed, .processedWithWarning], "passthrough": [.passedThrough],
          "lenient": [.processed, .processedWithWarning, .rejected, .passedThrough], "reject": [.rejected],
        ][fixture.expected] ?? []
      #expect(allowed.contains(treatment), "\(fixture.file): \(treatment.rawValue), \(problems)")
      if treatment == .rejected {
        #expect(problems.contains { $0.severity == .error && $0.file == path && !$0.message.isEmpty })
      }
    }
    for (category, count) in counts.sorted(by: { $0.key < $1.key }) {
      let figures = count.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        "\($0.value) \($0.key.rawValue)"
      }
      print("\(category): \(figures.joined(separator: ", "))")
    }
  }
  /// Every variant of an animation takes as long as its source and is played as often, with all frames but those that
  /// equal the one before them.
  private func expectSameTime(_ outcome: RenderOutcome, source: String, root: SiteRoot, output: String) throws
  {
    let data = try FileAccess.read(root.absolute(source))
    let step = AnimationDecodeStep(
      source: outcome.source, loader: try #require(outcome.source.format.loader), data: data)
    var distinct = 0
    var last: [UInt8] = []
    let facts = try step.frames(failOn: .truncated) { frame, _, _ throws(VipsError) in
      let bytes = try frame.withPixels { [UInt8]($0) }
      if bytes != last { distinct += 1 }
      last = bytes
    }
    for variant in outcome.variants where facts.delays.count > 1 {
      let file = try FileAccess.read(output + "/" + variant.path)
      let read = try Image.openFrames(file, with: .webp, file: variant.path, failOn: .warning)
      // One picture all along is a still image.
      guard distinct > 1 else {
        #expect(read.frameCount == 1, "\(source)")
        continue
      }
      #expect(read.delays.reduce(0, +) == facts.delays.reduce(0, +), "\(source)")
      #expect(read.plays == facts.plays, "\(source)")
      if variant.width == outcome.source.width { #expect(read.frameCount == distinct, "\(source)") }
    }
  }
}
