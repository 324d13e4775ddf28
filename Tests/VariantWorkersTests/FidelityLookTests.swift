import AssetModel
import Foundation
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// What a look at a picture says of what its decoder or its new files lose.
struct FidelityLookTests {
  private func jpeg(_ marker: UInt8, _ content: String) throws -> Data {
    try PositionFiles.jpeg().withSegment(marker, Data(content.utf8))
  }

  private func look(_ data: Data, _ name: String) throws -> (source: Source, problems: [Diagnostic]) {
    let site = try TestSite()
    let source = try site.add(data, name)
    return (source, SourceInspector(root: site.root).inspect(name).problems)
  }

  @Test("Gain maps, manifests and pages are one note each")
  func parts() throws {
    let hdr = "http://ns.adobe.com/xap/1.0/\0<x xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/'/>"
    let files: [(Data, String, String)] = try [
      (jpeg(0xE1, hdr), "ultra.jpg", "gain map"),
      (jpeg(0xE2, "urn:iso:std:iso:ts:21496:-1\0"), "iso.jpg", "gain map"),
      (jpeg(0xEB, "JP..jumb..jumdc2pa"), "signed.jpg", "C2PA"),
      (PositionFiles.png("caBX", Data("jumb".utf8)), "signed.png", "C2PA"),
      (pages(), "pages.tiff", "first of 3"),
    ]
    for (data, name, words) in files {
      let notes = try look(data, name).problems.filter { $0.rule == .partLeftOut }
      #expect(notes.count == 1 && notes[0].severity == .note && notes[0].message.contains(words), "\(name)")
    }
    #expect(try look(PositionFiles.jpeg(), "plain.jpg").problems == [])
  }

  /// A TIFF of three pages.
  private func pages() throws -> Data {
    let stack = try Drawing.photograph(8, 24).image()
    let tall = try stack.carrying(8, as: "page-height")
    return try tall.operation("tiffsave_buffer", ["in": .image(tall)]).bytes()
  }

  @Test("A WebP that Safari would turn is as it is stored, with a warning")
  func orientation() throws {
    let exif = TIFFBuilder(isBigEndian: false).structure([[(0x0112, .short([6]))]])
    let plain = try Drawing.photograph(48, 32).image().webpLossless(effort: 1)
    let data = WebPContainer.adding(
      exif: exif, xmp: Data(), to: WebPContainer.withoutMetadata(plain),
      size: PixelSize(width: 48, height: 32),
      alpha: false)
    let (source, problems) = try look(data, "a.webp")
    #expect((source.orientation, source.width, source.height) == (1, 48, 32))
    #expect(problems.map(\.rule) == [.shownDifferently] && problems[0].severity == .warning)
  }

  @Test("Transparency that the decoder loses is told by the container")
  func lostTransparency() throws {
    let image = try Drawing(width: 16, height: 16, bands: 4) { x, _ in [9, 80, 200, UInt8(x * 16)] }.image()
    let data = try image.avif(quality: 90, effort: 0, chroma: .full)
    let opened = try Image.open(data, with: .heif, file: "a.avif", failOn: .warning)
    #expect(Fidelity.obstacle(data, .avif, opened) == nil)
    let opaque = try opened.bands(from: 0, count: 3)
    #expect(Fidelity.obstacle(data, .avif, opaque)?.contains("transparency") == true)
  }

  /// AV1's sequence header in files of several kinds: gray, with all color detail, with half of it.
  @Test func sequenceHeader() throws {
    let image = try Drawing(width: 40, height: 24, bands: 4) { x, y in [UInt8(x), UInt8(y), 9, 128] }.image()
    for chroma in [Image.Chroma.full, .halved] {
      let item = try #require(ContainerItem(image.avif(quality: 60, effort: 0, chroma: chroma)))
      #expect(item.hasAlpha && item.alphaHeader?.isFullRange == true)
    }
  }

  @Test("Damage in a container ends nothing")
  func damaged() throws {
    let image = try Drawing(width: 16, height: 16, bands: 4) { x, _ in [9, 80, 200, UInt8(x * 16)] }.image()
    let files = try [
      image.avif(quality: 90, effort: 0, chroma: .full), PositionFiles.png("cICP", Data([9, 16, 0, 1])),
    ]
    var random = SplitMix(seed: 8)
    for data in files {
      for _ in 0..<2000 {
        var mutant = data
        for _ in 0..<3 {
          mutant[Int(random.next() % UInt64(min(500, mutant.count)))] = UInt8(
            truncatingIfNeeded: random.next())
        }
        _ = ContainerItem(mutant)
        _ = PNGColors(mutant)
      }
    }
  }
}
