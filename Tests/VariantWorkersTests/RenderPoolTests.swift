import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

struct RenderPoolTests {
  /// A site with a photograph, a screenshot, a picture with soft transparency and one with opaque alpha.
  private func sources(_ site: TestSite) throws -> [Source] {
    let soft = Drawing(width: 200, height: 150, bands: 4) { x, y in
      [UInt8(x), UInt8(y), 200, UInt8(min(255, x + y))]
    }
    let opaque = Drawing(width: 300, height: 200, bands: 4) { x, y in
      Drawing.plain(x / 40 + y / 30) + [255]
    }
    return try [
      site.add(Drawing.photograph(640, 400).image().jpeg(quality: 92, chroma: .full), "posts/a b/사진.jpg"),
      site.add(Drawing.screenshot(700, 500).image().png(), "shot.png"),
      site.add(soft.image().png(), "soft.png"), site.add(opaque.image().png(), "opaque.png"),
    ]
  }

  private func jobs(_ sources: [Source]) -> [RenderJob] {
    sources.map { source in
      let widths = [source.width, 320, 100].filter { $0 <= source.width }
      return RenderJob(
        source: source,
        renditions: widths.map {
          Rendition(
            width: $0,
            height: max(1, source.height * $0 / source.width),
            purpose: .responsive,
            photograph: [.avif, .webp, .jpeg],
            graphic: [.avif, .webpSmaller, .png]
          )
        }
      )
    }
  }

  @Test func resultsDoNotDependOnTheNumberOfWorkers() throws {
    let site = try TestSite()
    let jobs = try jobs(sources(site))
    let one = RenderPool(root: site.root, output: site.output, jobs: 1).render(jobs)
    let other = site.folder + "/other"
    let three = RenderPool(root: site.root, output: other, jobs: 3).render(jobs)
    #expect(one.outcomes == three.outcomes)
    #expect(one.outcomes.flatMap(\.variants).count > 12)
    for variant in one.outcomes.flatMap(\.variants) {
      let bytes = try FileAccess.read(site.output + "/" + variant.path)
      #expect(try bytes == FileAccess.read(other + "/" + variant.path), "\(variant.path)")
      #expect(ContentDigest.sha256(bytes) == variant.sha256)
      #expect(bytes.count == variant.bytes)
      let pixels = try site.pixels(of: variant)
      #expect((pixels.width, pixels.height) == (variant.width, variant.height))
    }
  }

  @Test func sourcesAreDescribedFromTheirPixels() throws {
    let site = try TestSite()
    let outcomes = try site.pool().render(jobs(sources(site))).outcomes
    #expect(outcomes.map(\.source.content) == [.photograph, .graphic, .photograph, .graphic])
    #expect(outcomes.map(\.source.alpha) == [false, false, true, false])
    // Alpha is kept or dropped in the files too, and a photograph with alpha gets the formats that hold it.
    // (AVIF of one libvips' encoder saves too little over WebP to be kept, and another's does not.)
    #expect(Set(outcomes[0].variants.map(\.format)).union([.avif]) == [.avif, .webp, .jpeg])
    #expect(outcomes[2].variants.contains { $0.format == .png })
    for (outcome, alpha) in zip(outcomes, [false, false, true, false]) {
      for variant in outcome.variants {
        #expect(try site.pixels(of: variant).hasAlpha == alpha, "\(variant.path)")
      }
    }
  }

  @Test func secondRunReadsNothing() throws {
    let site = try TestSite()
    let jobs = try jobs(sources(site))
    let cache = AssetCache(folder: nil)
    let first = site.pool().render(jobs, cache: cache)
    let before = try site.outputs()
    // Without the sources a run that needed any of them would fail.
    for job in jobs { unlink(site.root.absolute(job.source.path)) }
    let second = site.pool().render(jobs, cache: cache)
    #expect(try site.outputs() == before)
    #expect(second.outcomes.map(\.variants) == first.outcomes.map(\.variants))
    #expect(second.outcomes.map(\.dropped) == first.outcomes.map(\.dropped))
    #expect(second.outcomes.map(\.source) == first.outcomes.map(\.source))
    #expect(second.outcomes.allSatisfy { $0.encoded == 0 && $0.reused == $0.variants.count })
  }

  /// Where a file that went missing comes from.
  enum Remedy: CaseIterable {
    case cache
    /// With the same bytes, although it is made alone now.
    case encoder
  }

  @Test(arguments: Remedy.allCases) func missingFilesComeBackAlike(from remedy: Remedy) throws {
    let site = try TestSite()
    let jobs = try jobs(sources(site))
    let cache = AssetCache(folder: nil)
    let first = site.pool().render(jobs, cache: cache)
    let before = try site.outputs()
    let gone = first.outcomes.compactMap(\.variants.last)
    for variant in gone { unlink(site.output + "/" + variant.path) }
    let cut = try #require(first.outcomes[0].variants.first)
    try FileAccess.write(Data("cut".utf8), to: site.output + "/" + cut.path)
    // Of the same length, so that its stamp alone tells.
    let twisted = try #require(first.outcomes[1].variants.first)
    try FileAccess.write(Data(count: twisted.bytes), to: site.output + "/" + twisted.path)
    for job in jobs where remedy == .cache { unlink(site.root.absolute(job.source.path)) }
    let second = site.pool().render(jobs, cache: remedy == .cache ? cache : AssetCache(folder: nil))
    #expect(try site.outputs() == before)
    let encoded = second.outcomes.reduce(0) { $0 + $1.encoded }
    #expect(encoded == (remedy == .cache ? 0 : first.outcomes.reduce(0) { $0 + $1.variants.count }))
  }

  /// What a rendition looks like depends on nothing that is made with it, large photographs included.
  @Test func anAddedWidthChangesNoOtherFile() throws {
    let site = try TestSite()
    let photograph = try Drawing.photograph(500, 300).image().resized(width: 4200, height: 2500)
    let source = try site.add(photograph.jpeg(quality: 90, chroma: .full), "large.jpg")
    _ = try site.render(source, widths: [640], [.webp])
    let alone = try site.outputs()
    #expect(alone.count == 1)
    _ = try site.render(source, widths: [3000, 1920, 640, 320], [.webp])
    for (path, digest) in alone { #expect(try site.outputs()[path] == digest) }
    #expect(try site.outputs().count == 4)
  }

  @Test func leftoversOfAKilledRunAreRemoved() throws {
    let site = try TestSite()
    let jobs = try jobs(Array(sources(site).prefix(1)))
    let folder = site.output + "/assets/optimized/posts"
    for name in [".optimize-assets-1-2.tmp", "deeper/.optimize-assets-99-7.tmp", "theirs.tmp"] {
      try FileAccess.write(Data("half".utf8), to: folder + "/" + name)
    }
    _ = site.pool().render(jobs)
    let names = try site.outputs().keys
    #expect(!names.contains { $0.contains(".optimize-assets-") })
    #expect(names.contains("assets/optimized/posts/theirs.tmp"))
  }

  @Test func nothingLargerThanItsSource() throws {
    let site = try TestSite()
    // Eight colors in a PNG of a few hundred bytes: any resized copy is larger.
    let tiny = Drawing(width: 400, height: 300) { x, y in Drawing.plain((x / 50 + y / 50) % 8) }
    let source = try site.add(tiny.image().pngPalette(quality: 100, effort: 1, dither: 0), "tiny.png")
    let outcome = try site.render(source, widths: [400, 150], [.jpeg, .png])
    #expect(outcome.problems.isEmpty)
    #expect(outcome.dropped.contains { $0.reason == .notSmaller && ($0.bytes ?? 0) >= source.bytes })
    #expect(outcome.variants.allSatisfy { $0.bytes < source.bytes })
    #expect(outcome.variants.count + outcome.dropped.count == 4)
    #expect(try site.outputs().count == outcome.variants.count)
  }

  /// A picture that is stored sideways cannot end a list itself. The file in its place is retained where the list ends short.
  @Test(arguments: [([400, 200], [200, 400]), ([200], [200, 400]), ([], [400])])
  func anUprightFileIsRetainedWhereNoOtherIsAsWide(widths: [Int], expected: [Int]) throws {
    let site = try TestSite()
    let photograph = try Drawing.photograph(400, 300).image()
    var source = try site.add(photograph.jpeg(quality: 95, chroma: .full), "sideways.jpg")
    source.orientation = 3
    var job = source.job(widths: widths, [EncodingSettings(format: .webp, loss: .lossy, quality: 60)])
    let jpeg = [EncodingSettings(format: .jpeg, loss: .lossy, quality: 60)]
    job.renditions += source.job(widths: [400], jpeg, purpose: .upright).renditions
    let outcome = try #require(site.pool().render([job]).outcomes.first)
    #expect(outcome.variants.map(\.width).sorted() == expected)
    let isWide = widths.contains(400)
    #expect(outcome.variants.contains { $0.purpose == .upright } == !isWide)
    #expect(try site.outputs().count == expected.count)
  }

  @Test func whatCannotBeIsLeftOut() throws {
    let site = try TestSite()
    let strip = Drawing(width: 2, height: 17000, bands: 1) { x, y in [UInt8(truncatingIfNeeded: y * 31 + x)] }
    let source = try site.add(strip.image().png(), "strip.png")
    let outcome = try site.render(source, widths: [4, 2], [.webp])
    #expect(outcome.dropped.map(\.reason) == [.wouldEnlarge, .beyondFormat])
    #expect(outcome.problems.isEmpty)
  }

  @Test func oneBadImageStopsNoOther() throws {
    let site = try TestSite()
    let good = try sources(site)
    let noise = try Drawing.photograph(500, 400, seed: 5).image().jpeg(quality: 95, chroma: .full)
    let half = try site.add(noise.prefix(noise.count / 2), "half.jpg")
    let changed = try site.add(noise, "changed.jpg")
    try FileAccess.write(noise + Data([0]), to: site.root.absolute("changed.jpg"))
    let gone = try site.add(noise + Data([1]), "gone.jpg")
    unlink(site.root.absolute("gone.jpg"))
    let result = site.pool().render(
      jobs([good[0], half, changed, gone, good[1]]))
    #expect(result.writeFailure == nil)
    #expect(
      result.outcomes.map(\.source.path) == [
        good[0].path, "half.jpg", "changed.jpg", "gone.jpg", good[1].path,
      ]
    )
    #expect(
      result.outcomes.map { $0.problems.map(\.rule) } == [
        [], [.undecodable], [.unreadable], [.unreadable], [],
      ]
    )
    for outcome in result.outcomes[1...3] {
      #expect(outcome.variants.isEmpty)
      #expect(outcome.problems[0].severity == .error)
      #expect(outcome.problems[0].file == outcome.source.path)
      #expect(outcome.problems[0].advice?.isEmpty == false)
    }
    #expect(!result.outcomes[0].variants.isEmpty && !result.outcomes[4].variants.isEmpty)
  }

  @Test func aFolderThatCannotBeWrittenStopsTheRun() throws {
    let site = try TestSite()
    let jobs = try jobs(sources(site))
    // A file where the folder should be fails for any user, root included.
    try FileAccess.write(Data(), to: site.output + "/assets")
    let result = site.pool().render(jobs)
    #expect(result.writeFailure?.path.hasPrefix(site.output) == true)
    #expect(result.outcomes.count == jobs.count)
    #expect(result.outcomes.allSatisfy { $0.variants.isEmpty })
  }

  @Test func progressCountsEveryJob() throws {
    let site = try TestSite()
    let jobs = try jobs(sources(site))
    let progress = Seen()
    let result = site.pool().render(jobs) { progress.add($0) }
    #expect(progress.all.map(\.finished).sorted() == Array(1...jobs.count))
    #expect(Set(progress.all.map(\.path)) == Set(jobs.map(\.source.path)))
    #expect(progress.all.map(\.encoded).max() == result.outcomes.map(\.encoded).reduce(0, +))
  }

  @Test func noJobsAreNoWork() throws {
    let site = try TestSite()
    let result = site.pool().render([])
    #expect(result.outcomes.isEmpty && result.writeFailure == nil)
  }

  private final class Seen: @unchecked Sendable {
    // Safe to share: `steps` is touched only with `lock` held.
    private let lock = NSLock()
    private var steps: [RenderProgress] = []

    func add(_ step: RenderProgress) { lock.withLock { steps.append(step) } }

    var all: [RenderProgress] { lock.withLock { steps } }
  }
}

extension Drawing {
  /// Some clearly different colors.
  static func plain(_ number: Int) -> [UInt8] {
    [
      [230, 30, 30], [30, 200, 60], [40, 60, 220], [240, 230, 40], [20, 20, 20], [250, 250, 250],
      [160, 40, 200],
      [30, 200, 210],
    ][number % 8]
  }
}
