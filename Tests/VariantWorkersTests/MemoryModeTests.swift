import AssetModel
import Foundation
import SiteFiles
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

@Suite("Memory and files")
struct MemoryModeTests {
  /// Sources of several kinds, each large enough for its pixels to go to a file where there is little memory.
  private func sources(_ site: TestSite) throws -> [Source] {
    let photograph = try Drawing.photograph(650, 600).image().resized(width: 2600, height: 2400)
    let frames = try (0..<12).map { try Drawing.wandering($0, 300, 200) }
    let delays = [Int](repeating: 50, count: 12)
    let soft = Drawing(width: 250, height: 190, bands: 4) { x, y in
      [UInt8(x % 256), UInt8(y % 256), 200, x > 240 && y > 180 ? 40 : 255]
    }
    let opaque = Drawing(width: 240, height: 180, bands: 4) { x, y in Drawing.plain(x / 4 + y / 3) + [255]
    }
    return try [
      site.add(photograph.jpeg(quality: 90, chroma: .full), "photo.jpg"),
      site.add(soft.image().resized(width: 2500, height: 1900).png(), "soft.png"),
      site.add(opaque.image().resized(width: 2400, height: 1800).png(), "opaque.png"),
      site.add(Image.stacked(frames, delays: delays, plays: 0).gif(), "moving.gif"),
    ]
  }

  private func job(_ source: Source) -> RenderJob {
    let widths = [source.width, 1500, 240].filter { $0 <= source.width }
    return source.job(widths: widths, source.content == .animation ? [.webpSmaller] : [.webp, .webpLossless])
  }

  @Test("No file depends on the limit, or on the number of workers")
  func sameBytes() throws {
    let site = try TestSite()
    let jobs = try sources(site).map(job)
    func outputs(_ name: String, _ memory: MemoryBudget, jobs count: Int) throws -> [String: String] {
      let pool = RenderPool(
        root: site.root, output: site.folder + "/" + name, jobs: count, memory: memory)
      let result = pool.render(jobs)
      #expect(result.outcomes.allSatisfy { $0.problems.isEmpty })
      var digests: [String: String] = [:]
      for variant in result.outcomes.flatMap(\.variants) {
        digests[variant.path] = ContentDigest.sha256(
          try FileAccess.read(site.folder + "/" + name + "/" + variant.path))
      }
      return digests
    }
    let unlimited = try outputs("unlimited", .unlimited, jobs: 2)
    #expect(Set(unlimited.keys.map { $0.split(separator: "-")[0] }).count == 4)
    #expect(unlimited.count >= 8)
    // Nothing fits into one byte: each source runs alone, with its pixels in files.
    #expect(try outputs("nothing", MemoryBudget(bytes: 1), jobs: 2) == unlimited)
    #expect(try outputs("little", MemoryBudget(bytes: 150_000_000), jobs: 3) == unlimited)
  }

  @Test("Pixels in a file are those in memory, of every kind", arguments: ["8", "16", "alpha", "gray", "p3"])
  func spilled(_ kind: String) throws {
    var image = try Drawing.photograph(300, 200).image()
    switch kind {
    case "16": image = try image.converted(to: "rgb16")
    case "alpha": image = try image.joined(with: image.bands(from: 0, count: 1))
    case "gray": image = try image.converted(to: "b-w")
    case "p3": image = try image.convertedThroughProfile(to: .p3, assuming: "srgb")
    default: break
    }
    let (memory, file) = (try image.inMemory(), try image.materialized(in: .disc(above: 0)))
    #expect(memory.residentBytes > 0)
    #expect(file.residentBytes == 0)
    #expect(file.interpretation == memory.interpretation)
    #expect((file.width, file.height, file.bands) == (memory.width, memory.height, memory.bands))
    #expect((file.hasAlpha, file.isEightBit) == (memory.hasAlpha, memory.isEightBit))
    #expect(file.bytes("icc-profile-data") == memory.bytes("icc-profile-data"))
    let bytes = try memory.withPixels { Data($0) }
    #expect(try file.withPixels { Data($0) } == bytes)
    // A picture below the bound stays where it is fast.
    #expect(try image.materialized(in: .disc(above: bytes.count)).residentBytes > 0)
  }

  @Test("A temporary file has no name")
  func nameless() throws {
    let before = try Set(FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory()))
    let image = try Drawing.photograph(300, 200).image().materialized(in: .disc(above: 0))
    let after = try Set(FileManager.default.contentsOfDirectory(atPath: NSTemporaryDirectory()))
    #expect(!after.subtracting(before).contains { $0.hasPrefix("optimize-assets-") && $0.count == 22 })
    #expect(try image.pixel(1, 1).count == 3)
  }

  @Test(
    "Alpha is dropped where it is opaque everywhere, wherever it is not",
    arguments: [nil, (0, 0), (299, 199), (150, 100)], [1, 2])
  func alpha(_ clear: (Int, Int)?, _ bytes: Int) throws {
    let drawing = Drawing(width: 300, height: 200, bands: 4) { x, y in
      [UInt8(x % 256), UInt8(y), 7, clear.map { $0 == (x, y) } == true ? 254 : 255]
    }
    var image = try drawing.image()
    if bytes == 2 { image = try image.converted(to: "rgb16") }
    let data = try image.png()
    var decodes = 1
    let first = try Image.open(data, with: .png, file: "a.png", failOn: .warning)
    let (opaque, alpha) = try AlphaStep.withoutOpaque(first) { () throws(VipsError) in
      decodes += 1
      return try Image.open(data, with: .png, file: "a.png", failOn: .warning)
    } _: { image throws(VipsError) in
      try image.inMemory()
    }
    #expect(alpha == (clear != nil))
    #expect(opaque.bands == (clear == nil ? 3 : 4))
    #expect(decodes == (clear == nil ? 1 : 2))
    let expected = try clear == nil ? image.bands(from: 0, count: 3) : image
    let bytes = try expected.withPixels { Data($0) }
    #expect(try opaque.withPixels { Data($0) } == bytes)
  }

  @Test("Damage is not taken for transparency")
  func damaged() throws {
    let whole = try Drawing(width: 300, height: 200, bands: 4) { x, y in [UInt8(x % 256), UInt8(y), 7, 255] }
      .image().png()
    let half = whole.prefix(whole.count / 2)
    #expect(throws: VipsError.self) {
      let first = try Image.open(half, with: .png, file: "a.png", failOn: .truncated)
      _ = try AlphaStep.withoutOpaque(first) { () throws(VipsError) in
        try Image.open(half, with: .png, file: "a.png", failOn: .truncated)
      } _: { image throws(VipsError) in
        try image.inMemory()
      }
    }
  }

  // MARK: What the head of a file tells

  struct Head: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var format: ImageFormat
    var bytes: [UInt8]
    var perPixel: Double
    var isSixteenBit = false

    /// A JPEG's marker segments up to its first scan.
    static func jpeg(_ name: String, frame: UInt8, sampling: [UInt8], scan: UInt8, perPixel: Double) -> Head {
      let components: [UInt8] = sampling.flatMap { [1, $0, 0] as [UInt8] }
      let segments: [[UInt8]] = [
        [0xFF, 0xD8], [0xFF, 0xE0, 0, 4, 1, 2], [0xFF, 0xFF, 0xDB, 0, 3, 9],
        [0xFF, frame, 0, UInt8(8 + components.count), 8, 0, 100, 0, 100, UInt8(sampling.count)] + components,
        [0xFF, 0xDA, 0, UInt8(6 + 2 * scan), scan],
      ]
      return Head(testDescription: name, format: .jpeg, bytes: Array(segments.joined()), perPixel: perPixel)
    }

    static func png(_ name: String, depth: UInt8, type: UInt8, interlaced: Bool, perPixel: Double) -> Head {
      let start = [UInt8](repeating: 0, count: 24)
      return Head(
        testDescription: name, format: .png, bytes: start + [depth, type, 0, 0, interlaced ? 1 : 0],
        perPixel: perPixel, isSixteenBit: depth == 16)
    }
  }

  @Test(
    "A file's head tells what its decoder needs",
    arguments: [
      Head.jpeg("baseline", frame: 0xC0, sampling: [0x22, 0x11, 0x11], scan: 3, perPixel: 0),
      .jpeg("progressive 4:2:0", frame: 0xC2, sampling: [0x22, 0x11, 0x11], scan: 3, perPixel: 3.15),
      .jpeg("progressive 4:4:4", frame: 0xC2, sampling: [0x11, 0x11, 0x11], scan: 3, perPixel: 6.3),
      .jpeg("progressive gray", frame: 0xC2, sampling: [0x11], scan: 1, perPixel: 2.1),
      .jpeg("baseline in several scans", frame: 0xC0, sampling: [0x11, 0x11, 0x11], scan: 1, perPixel: 6.3),
      .png("PNG", depth: 8, type: 2, interlaced: false, perPixel: 0),
      .png("PNG of sixteen bits", depth: 16, type: 2, interlaced: false, perPixel: 0),
      .png("interlaced PNG", depth: 8, type: 6, interlaced: true, perPixel: 5),
      Head(testDescription: "no JPEG", format: .jpeg, bytes: [1, 2, 3], perPixel: 6.2),
    ])
  func head(_ test: Head) throws {
    let site = try TestSite()
    let path = site.folder + "/head"
    try FileAccess.write(Data(test.bytes), to: path)
    let needs = DecoderNeeds(test.format, path: path)
    #expect(abs(needs.perPixel - test.perPixel) < 0.01)
    #expect(needs.isSixteenBit == test.isSixteenBit)
  }

  @Test("libvips' own progressive JPEG is recognized")
  func ownJPEG() throws {
    let site = try TestSite()
    let path = site.folder + "/a.jpg"
    try FileAccess.write(Drawing.photograph(100, 80).image().jpeg(quality: 80, chroma: .halved), to: path)
    #expect(abs(DecoderNeeds(.jpeg, path: path).perPixel - 3.15) < 0.01)
  }

  // MARK: Estimates

  @Test("A source is given enough for its decode and for each of its encodes")
  func enough() throws {
    let site = try TestSite()
    for source in try sources(site) where source.content != .animation {
      let job = job(source)
      let whole = MemoryCost.source(job).working
      let held = job.renditions.reduce(0) { $0 + $1.width * $1.height * 3 }
      for rendition in job.renditions {
        for settings in rendition.photograph {
          let encode = MemoryCost.encode(
            width: rendition.width, height: rendition.height, hasAlpha: source.alpha, settings)
          #expect(whole >= held + encode)
        }
      }
      #expect(whole >= source.bytes + MemoryCost.decode(source, DecoderNeeds(source.format)))
    }
  }

  @Test("Every format and way of encoding has an estimate that grows with the picture")
  func growing() {
    for format in [ImageFormat.avif, .webp, .jxl, .png, .jpeg] {
      for loss in EncodingSettings.Compression.allCases {
        let settings = EncodingSettings(format: format, loss: loss, quality: 70, effort: 4)
        let small = MemoryCost.encode(width: 100, height: 100, hasAlpha: false, settings)
        let large = MemoryCost.encode(width: 4000, height: 3000, hasAlpha: false, settings)
        #expect(small > 0)
        #expect(large > small + 12_000_000 * 3)
        #expect(
          MemoryCost.scored(width: 4000, height: 3000, hasAlpha: false, settings) >= large + 12_000_000 * 20)
      }
    }
  }
}
