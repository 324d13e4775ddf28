import Dispatch
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers

/// Hundreds of files of other people's: inspected, planned, rendered, and looked at.
@Suite(.tags(.realCorpora), .needsRealCorpora("fixtures/INDEX.tsv")) struct PictureRealCorpora {
  private static func fixtures() throws -> [PictureFixture] {
    let folder = RealCorpora.path("fixtures")
    let table = String(decoding: try FileAccess.read(folder + "/INDEX.tsv"), as: UTF8.self)
    return table.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 4 else { return nil }
      // A tab in a name is written as \t.
      let file = fields[0].replacing("\\t", with: "\t")
      return PictureFixture(file: file, content: fields[2], category: fields[3], expected: fields[4])
    }
  }

  /// Files whose treatment is another than the table's, and why.
  private static let exceptions: [String: Set<FixtureTreatment>] = [
    // Each holds a single frame.
    "gif-animated/pillow__first_frame_transparency.gif": [.processed],
    "gif-animated/imagers__interlaced.gif": [.processed],
    // Bitmaps and JPEG 2000 are decoded, as the table's own advice says.
    "ico-bmp-tiff-other/govips__bmp.bmp": [.processed],
    "ico-bmp-tiff-other/sharp__relax.jp2": [.processed],
    // Forty bits a pixel are no bitmap, and no browser shows Targa or OpenEXR: refused with their name.
    "ico-bmp-tiff-other/imgproxy__bmp-invalid-bpp.bmp": [.rejected],
    "ico-bmp-tiff-other/libvips__targa.tga": [.rejected],
    "ico-bmp-tiff-other/libvips__sample.exr": [.rejected],
    // Its codestream tells HDR, whose colors would come out wrong.
    "jxl/jxl__pq_gradient.jxl": [.passedThrough],
    // Text, and links that are text files on some disks.
    "names/dir-named.png/x.txt": [.rejected],
    "names/link-dangling.png": [.rejected],
    "names/link-ok.png": [.rejected, .processed],
    // Its profile is nine bytes of text, and its picture has 1214 bytes too many: worth a warning.
    "jpeg-encodings/pillow__icc-after-SOF.jpg": [.salvaged],
    "jpeg-exif-odd/pillow__hopper_bad_exif.jpg": [.salvaged],
  ]

  @Test func everyFixtureGetsItsTreatment() throws {
    let site = try TestSite()
    let root = try SiteRoot(RealCorpora.path("fixtures"))
    let fixtures = try Self.fixtures()
    let results = FixtureResults(count: fixtures.count)
    let output = site.output
    DispatchQueue.concurrentPerform(iterations: fixtures.count) { index in
      let run = FixtureRun(fixture: fixtures[index], root: root, output: "\(output)/\(index)")
      results.set(index, run.outcome())
    }
    var counts: [String: [FixtureTreatment: Int]] = [:]
    var unexpected: [String: Int] = [:]
    for (fixture, result) in zip(fixtures, results.all) {
      let result = try #require(result)
      guard let treatment = result.treatment else {
        print("not on this disk: \(fixture.file)")
        continue
      }
      counts[fixture.category, default: [:]][treatment, default: 0] += 1
      var findings = result.findings
      let allowed =
        Readability.reads(fixture.file) ? Self.exceptions[fixture.file] ?? fixture.allowed : [.rejected]
      if !allowed.contains(treatment) {
        findings.append("\(treatment.rawValue), expected \(allowed.map(\.rawValue).sorted())")
      }
      if !findings.isEmpty { unexpected[fixture.category, default: 0] += 1 }
      for finding in findings { Issue.record("\(fixture.file): \(finding)") }
    }
    #expect(counts.count > 30)
    Self.printTable(counts, unexpected)
  }

  private static func printTable(_ counts: [String: [FixtureTreatment: Int]], _ unexpected: [String: Int]) {
    let heads = FixtureTreatment.allCases.map(\.rawValue) + ["unexpected"]
    func line(_ name: String, _ cells: [String]) -> String {
      name.padding(toLength: 24, withPad: " ", startingAt: 0)
        + zip(cells, heads).map { String(repeating: " ", count: $1.count + 2 - $0.count) + $0 }.joined()
    }
    print(line("category", heads))
    var totals = [Int](repeating: 0, count: heads.count)
    for (category, treatments) in counts.sorted(by: { $0.key < $1.key }) {
      let numbers = FixtureTreatment.allCases.map { treatments[$0] ?? 0 } + [unexpected[category] ?? 0]
      totals = zip(totals, numbers).map(+)
      print(line(category, numbers.map { $0 == 0 ? "-" : "\($0)" }))
    }
    print(line("all", totals.map(String.init)))
  }
}

/// Outcomes from several threads.
private final class FixtureResults: @unchecked Sendable {
  // Safe to share: touched only with `lock` held.
  private let lock = NSLock()
  private var results: [FixtureOutcome?]

  init(count: Int) { results = [FixtureOutcome?](repeating: nil, count: count) }

  func set(_ index: Int, _ outcome: FixtureOutcome) { lock.withLock { results[index] = outcome } }

  var all: [FixtureOutcome?] { lock.withLock { results } }
}
