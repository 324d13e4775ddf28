import AssetCache
import AssetModel
import Foundation
import SiteFiles
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Animations through the whole pool.
struct AnimationPoolTests {
  private let settings = EncodingSettings(format: .webp, loss: .smallest, quality: 85, effort: 2)
  private let delays = (0..<30).map { 20 + 10 * ($0 % 7) }

  private func gif(alpha: Bool = false) throws -> Data {
    let frames = try (0..<30).map { try Drawing.wandering($0, 120, 80, alpha: alpha) }
    return try Image.stacked(frames, delays: delays, plays: 3).gif()
  }

  private func apng(alpha: Bool = false) throws -> Data {
    let frames = try (0..<30).map {
      DrawnAPNG.Frame(try Drawing.wandering($0, 120, 80, alpha: alpha), delay: (delays[$0], 1000))
    }
    return try DrawnAPNG(frames: frames, plays: 3).data()
  }

  private func frames(_ variant: Variant, of site: TestSite) throws -> Image {
    let data = try FileAccess.read(site.output + "/" + variant.path)
    return try Image.openFrames(data, with: .webp, file: variant.path, failOn: .warning)
  }

  @Test(arguments: ["a.gif", "a.png", "a.webp"], [false, true])
  func thirtyFramesStayThirty(_ name: String, _ alpha: Bool) throws {
    let site = try TestSite()
    let data: Data
    switch name {
    case "a.gif": data = try gif(alpha: alpha)
    case "a.png": data = try apng(alpha: alpha)
    default:
      let frames = try (0..<30).map { try Drawing.wandering($0, 120, 80, alpha: alpha) }
      let raw = try Image.stacked(frames, delays: delays, plays: 3).webpAnimationLossless(
        effort: 0, smallest: false)
      // Room for a smaller file.
      data = raw + Data("JUNK".utf8) + Data([0, 0x40, 0, 0]) + Data(count: 0x4000)
    }
    let source = try site.add(name == "a.webp" ? Self.withLength(data) : data, name)
    #expect((source.frames, source.content) == (30, .animation))
    let outcome = try site.render(source, widths: [120, 60], [settings])
    #expect(outcome.problems.isEmpty)
    #expect((outcome.source.content, outcome.source.alpha) == (.animation, alpha))
    #expect(outcome.variants.map(\.width) + outcome.dropped.map(\.width) == [120, 60])
    #expect(!outcome.variants.isEmpty)
    for variant in outcome.variants {
      let read = try frames(variant, of: site)
      #expect((read.width, read.frameHeight) == (variant.width, variant.height))
      #expect(read.delays == delays)
      #expect(read.plays == 3)
      // Each frame is its own: the square is where it was drawn.
      for number in 0..<30 {
        let expected = try Drawing.wandering(number, 120, 80, alpha: alpha)
          .resized(width: variant.width, height: variant.height)
        let frame = try read.frame(number).inMemory()
        let scale = variant.width / 60
        let (x, y) = ((number * 7 % 100 + 10) * scale / 2, (number * 5 % 60 + 10) * scale / 2)
        for (a, b) in zip(try frame.pixel(x, y), try expected.pixel(x, y)) { #expect(abs(a - b) < 40) }
        if alpha {
          let corner = try expected.pixel(variant.width - 2, 1)[3]
          #expect(abs(try frame.pixel(variant.width - 2, 1)[3] - corner) < 40)
        }
      }
    }
  }

  /// The file's own length field, made right.
  private static func withLength(_ data: Data) -> Data {
    var data = data
    for byte in 0..<4 { data[4 + byte] = UInt8((data.count - 8) >> (8 * byte) & 255) }
    return data
  }

  /// A frame is resized by itself: black and white frames on top of each other leave no gray at their edges.
  @Test func nothingBleedsBetweenFrames() throws {
    let site = try TestSite()
    let images = try (0..<6).map { number in
      try Drawing(width: 64, height: 48) { _, _ in [UInt8](repeating: number % 2 == 0 ? 0 : 255, count: 3) }
        .image()
    }
    let gif = try Image.stacked(images, delays: images.map { _ in 50 }, plays: 0).gif()
    let source = try site.add(gif + Data(count: 4096), "a.gif")
    let outcome = try site.render(source, widths: [20], [settings])
    let read = try frames(#require(outcome.variants.first), of: site)
    #expect(read.frameCount == 6)
    for number in 0..<6 {
      let frame = try read.frame(number).bytes()
      #expect(Set(frame.map { $0 > 127 ? 255 : 0 }) == [number % 2 == 0 ? 0 : 255])
      #expect(frame.allSatisfy { $0 < 4 || $0 > 251 })
    }
  }

  @Test func resultsDoNotDependOnTheNumberOfWorkers() throws {
    let site = try TestSite()
    let jobs = try [site.add(gif(), "a.gif"), site.add(apng(alpha: true), "b.png")]
      .map { $0.job(widths: [120, 90, 60], [settings]) }
    let cache = AssetCache(folder: nil)
    let one = RenderPool(root: site.root, output: site.output, jobs: 1).render(jobs, cache: cache)
    let other = site.folder + "/other"
    let three = RenderPool(root: site.root, output: other, jobs: 3).render(jobs)
    #expect(one.outcomes == three.outcomes)
    for variant in one.outcomes.flatMap(\.variants) {
      #expect(
        try FileAccess.read(site.output + "/" + variant.path) == FileAccess.read(other + "/" + variant.path))
    }
    // A second run needs no source, and a missing file comes back alike although it is made alone.
    let before = try site.outputs()
    unlink(site.output + "/" + (try #require(one.outcomes[0].variants.last).path))
    _ = site.pool().render(jobs, cache: cache)
    #expect(try site.outputs() == before)
    for job in jobs { unlink(site.root.absolute(job.source.path)) }
    let second = site.pool().render(jobs, cache: cache)
    #expect(second.outcomes.map(\.variants) == one.outcomes.map(\.variants))
    #expect(second.outcomes.allSatisfy { $0.encoded == 0 && $0.problems.isEmpty })
  }

  @Test func whatIsNotSmallerIsLeftOut() throws {
    let site = try TestSite()
    let frames = (0..<4).map { DrawnGIF.Frame(width: 4, height: 4, color: $0) }
    let source = try site.add(DrawnGIF(width: 4, height: 4, frames: frames).data(), "a.gif")
    let outcome = try site.render(source, widths: [4], [settings])
    #expect(outcome.variants.isEmpty)
    #expect(outcome.dropped.map(\.reason) == [.notSmaller])
  }

  @Test func aBackgroundThatOnlyDecodersPaintIsLeftAlone() throws {
    let site = try TestSite()
    let data = DrawnGIF(frames: [
      .init(width: 20, height: 20, color: 1, disposal: 2), .init(width: 8, height: 8, color: 2),
    ]).data()
    let outcome = try site.render(site.add(data, "a.gif"), widths: [20], [settings])
    #expect(outcome.variants.isEmpty)
    #expect(outcome.problems.map(\.rule) == [.passedThrough])
    #expect(outcome.problems.map(\.severity) == [.note])
  }

  @Test func damageIsUsedAsFarAsItGoes() throws {
    let site = try TestSite()
    let whole = try gif()
    let cut = try site.add(whole.prefix(whole.count * 2 / 3), "cut.gif")
    #expect((2..<30).contains(cut.frames))
    var chunks = try DrawnAPNG.chunks(of: apng())
    let fourth = chunks.indices.filter { chunks[$0].name == "fcTL" }[3]
    chunks.remove(at: fourth)
    let gap = try site.add(DrawnAPNG.file(chunks), "gap.png")
    #expect(gap.frames == 3)
    for source in [cut, gap] {
      let outcome = try site.render(source, widths: [120, 60], [settings])
      #expect(outcome.problems.map(\.rule) == [.damaged], "\(outcome.problems)")
      #expect(outcome.problems.map(\.severity) == [.warning])
      let variant = try #require(outcome.variants.first)
      // A last frame without pixels equals the one before it, and the two are joined.
      #expect(
        try frames(variant, of: site).delays.reduce(0, +) == delays.prefix(source.frames).reduce(0, +))
    }
  }

  @Test func aFrameThatCannotBeDecodedLeavesTheFileAlone() throws {
    let site = try TestSite()
    var chunks = try DrawnAPNG.chunks(of: apng())
    let last = try #require(chunks.lastIndex { $0.name == "fdAT" })
    chunks[last].content = chunks[last].content.prefix(4) + Data([1, 2, 3, 4, 5])
    let outcome = try site.render(site.add(DrawnAPNG.file(chunks), "a.png"), widths: [60], [settings])
    #expect(outcome.variants.isEmpty)
    #expect(outcome.problems.map(\.rule) == [.undecodable])
  }

  /// A turned animation is upright in its variants.
  @Test func orientationIsApplied() throws {
    let images = try (0..<3).map { _ in try Drawing.quarters(80, 40).image() }
    let frames = images.enumerated().map { DrawnAPNG.Frame($1, delay: ($0 + 2, 100)) }
    var chunks = try DrawnAPNG(frames: frames).chunks()
    // EXIF: little-endian, one entry, orientation 6.
    chunks.insert(
      (
        "eXIf",
        Data([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0])
      ), at: 1)
    let site = try TestSite()
    let source = try site.add(DrawnAPNG.file(chunks) + Data(count: 2048), "a.png")
    #expect((source.orientation, source.width, source.height) == (6, 40, 80))
    let outcome = try site.render(source, widths: [20], [settings])
    let read = try self.frames(#require(outcome.variants.first), of: site)
    #expect(try read.frame(0).inMemory().cornerColors() == ["blue", "red", "yellow", "green"])
  }
}
