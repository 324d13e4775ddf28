import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

struct SourceInspectorTests {
  private func inspect(_ data: Data, _ name: String, _ limits: SourceLimits = SourceLimits()) throws
    -> Inspection
  {
    let site = try TestSite()
    try FileAccess.write(data, to: site.root.absolute(name))
    return SourceInspector(root: site.root, limits: limits).inspect(name)
  }

  @Test func everyFieldIsRead() throws {
    let data = try Drawing.photograph(60, 40).image().jpeg(orientation: 8)
    let source = try #require(inspect(data, "a.jpg").source)
    #expect(
      source
        == Source(
          path: "a.jpg",
          sha256: ContentDigest.sha256(data),
          bytes: data.count,
          format: .jpeg,
          width: 40,
          height: 60,
          orientation: 8
        )
    )
    let clear = try Drawing(width: 9, height: 9, bands: 4) { _, _ in [1, 2, 3, 4] }.image().png()
    #expect(try inspect(clear, "c.png").source?.alpha == true)
  }

  @Test func contentDecidesAndTheNameIsAWarning() throws {
    let png = try Drawing.screenshot(20, 20).image().png()
    let inspection = try inspect(png, "a.jpg")
    #expect(inspection.source?.format == .png)
    #expect(inspection.problems.map(\.rule) == [.extensionMismatch])
    #expect(inspection.problems.map(\.severity) == [.warning])
    for name in ["a.png", "a.PNG", "a", "a.backup"] {
      #expect(try inspect(png, name).problems.isEmpty, "\(name)")
    }
  }

  static let refused: [(String, String, String)] = [
    ("zero.png", "", "an empty file"), ("page.jpg", "<!DOCTYPE html><html><body>404", "a web page"),
    ("lfs.png", "version https://git-lfs.github.com/spec/v1\noid sha256:1", "a Git LFS pointer"),
    ("a.jpg", "%PDF-1.4", "a PDF"), ("b.png", "just words", "a text file"),
    ("c.png", "<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"), ("d.png", "\u{1}\u{2}\u{3}", "no known"),
  ]

  @Test(arguments: refused)
  func whatIsNoImageIsRefusedByName(_ name: String, _ content: String, _ what: String) throws {
    let inspection = try inspect(Data(content.utf8), name)
    #expect(inspection.source == nil)
    #expect(inspection.problems.count == 1)
    let problem = try #require(inspection.problems.first)
    #expect(problem.severity == .error && problem.file == name && problem.advice != nil)
    #expect(problem.message.contains(what), "\(problem)")
  }

  @Test func svgIsRecognizedThroughWhatComesBeforeIt() throws {
    for text in [
      "<svg/>", "\u{FEFF}\r\n<svg width='1'>", "<?xml version='1.0'?>\n<!-- a > b --><svg:svg/>",
      "<!DOCTYPE svg PUBLIC '-//W3C' 'svg11.dtd'><svg>", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
    ] {
      let inspection = try inspect(Data(text.utf8), "a.svg")
      #expect(inspection.source?.format == .svg, "\(text)")
      #expect(inspection.problems.isEmpty)
    }
    for text in ["<html><svg/></html>", "<svgs/>", "<!-- svg", "<?xml", "< svg>"] {
      #expect(try inspect(Data(text.utf8), "a.svg").source == nil, "\(text)")
    }
  }

  /// Four bytes, most significant first.
  private func number(_ value: UInt32) -> Data {
    Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) })
  }

  private func chunk(_ name: String, _ content: Data) -> Data {
    number(UInt32(content.count)) + Data(name.utf8) + content + number(0)
  }

  @Test func hugeImagesAreRefusedFromTheHeader() throws {
    let signature = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    for side: UInt32 in [20_000, 65_536, 2_147_483_647, 4_294_967_295] {
      let png = signature + chunk("IHDR", number(side) + number(side) + Data([8, 6, 0, 0, 0]))
      let inspection = try inspect(png, "a.png")
      #expect(inspection.source == nil)
      #expect(inspection.problems.map(\.rule) == [.tooLarge], "\(side)")
    }
    let image = try Drawing.quarters(100, 100).image()
    let small = SourceLimits(maxPixels: 9_999, maxBytes: 1 << 20)
    for (data, name) in try [
      (image.png(), "a.png"), (image.jpeg(quality: 80, chroma: .full), "a.jpg"),
      (image.webpLossless(effort: 0), "a.webp"),
      (image.avif(quality: 50, effort: 0, chroma: .full), "a.avif"),
    ] {
      #expect(try inspect(data, name, small).problems.map(\.rule) == [.tooLarge], "\(name)")
      #expect(try inspect(data, name).source?.width == 100, "\(name)")
    }
    let bytes = try inspect(image.png(), "a.png", SourceLimits(maxBytes: 100))
    #expect(bytes.problems.map(\.rule) == [.tooLarge])
  }

  @Test func framesOfAnimatedPNGAreSeen() throws {
    let png = try Drawing.quarters(20, 20).image().png()
    // After the signature and the header chunk.
    let animated = { (frames: UInt32) in
      png.prefix(33) + chunk("acTL", number(frames) + number(0)) + png.dropFirst(33)
    }
    // Promised frames that are not there leave a still image.
    for frames: UInt32 in [0, 1, 12] { #expect(APNG(animated(frames)) == nil) }
    let frames = try (0..<3).map { DrawnAPNG.Frame(try Drawing.plainImage($0, 20, 20)) }
    let inspection = try inspect(DrawnAPNG(frames: frames).data(), "a.png")
    #expect(inspection.source?.frames == 3)
    #expect(inspection.source?.content == .animation)
    #expect(PNGHeader(png.prefix(20)) == nil)
  }

  /// Boxes of an AVIF with a size and a number of samples.
  private func container(_ brands: [String], side: UInt32, samples: UInt32) -> Data {
    let box = { (name: String, content: Data) -> Data in
      self.number(UInt32(content.count + 8)) + Data(name.utf8) + content
    }
    let size = box("ispe", number(0) + number(side) + number(side))
    let meta = box("meta", number(0) + box("iprp", box("ipco", size)))
    let table = box("stsz", number(0) + number(0) + number(samples))
    let movie = box("moov", box("trak", box("mdia", box("minf", box("stbl", table)))))
    let types = Data(brands[0].utf8) + number(0) + brands.dropFirst().reduce(Data()) { $0 + Data($1.utf8) }
    return box("ftyp", types) + meta + movie
  }

  @Test func sequencesAndSizesOfAVIFAreSeen() throws {
    let sequence = container(["avis", "avif", "msf1"], side: 64, samples: 7)
    let inspection = try inspect(sequence, "a.avif")
    #expect(inspection.source?.frames == 7)
    #expect(inspection.source?.width == 64)
    #expect(ImageContainer(container(["avif", "mif1"], side: 64, samples: 7))?.frames == 1)
    #expect(ImageContainer(container(["heic", "mif1"], side: 64, samples: 1))?.format == .heic)
    #expect(ImageContainer(container(["isom", "mp42"], side: 64, samples: 1)) == nil)
    #expect(
      try inspect(container(["avif"], side: 0xFFFF_FFFF, samples: 1), "a.avif").problems.map(\.rule)
        == [.tooLarge]
    )
  }

  /// Whatever bytes come, reading a header ends and does not crash.
  @Test func damagedHeadersAreNoDanger() throws {
    var random = SplitMix(seed: 3)
    let image = try Drawing.screenshot(40, 30).image()
    let files = try [
      image.png(), image.jpeg(quality: 70, chroma: .full), image.webpLossless(effort: 0),
      image.avif(quality: 50, effort: 0, chroma: .full), container(["avis", "avif"], side: 9, samples: 3),
    ]
    let site = try TestSite()
    let inspector = SourceInspector(root: site.root)
    for round in 0..<300 {
      var data = files[round % files.count]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let offset = Int.random(in: 4..<min(data.count, 160), using: &random)
        data[data.startIndex + offset] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 3 == 0 { data = data.prefix(Int.random(in: 0...data.count, using: &random)) }
      try FileAccess.write(data, to: site.root.absolute("a.bin"))
      let inspection = inspector.inspect("a.bin")
      #expect(inspection.source != nil || inspection.problems.contains { $0.severity == .error })
    }
  }

  @Test func aMissingFileIsAProblem() throws {
    let site = try TestSite()
    #expect(SourceInspector(root: site.root).inspect("gone.png").problems.map(\.rule) == [.unreadable])
  }
}
