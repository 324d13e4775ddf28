import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Colors against LittleCMS's own conversion, pixel by pixel.
struct ColorDifferenceTests {
  /// The pairs of the paper's table 1: L, a, b of two colors, and their difference.
  static let pairs = """
    50.0000 2.6772 -79.7751 50.0000 0.0000 -82.7485 2.0425
    50.0000 3.1571 -77.2803 50.0000 0.0000 -82.7485 2.8615
    50.0000 2.8361 -74.0200 50.0000 0.0000 -82.7485 3.4412
    50.0000 -1.3802 -84.2814 50.0000 0.0000 -82.7485 1.0000
    50.0000 -1.1848 -84.8006 50.0000 0.0000 -82.7485 1.0000
    50.0000 -0.9009 -85.5211 50.0000 0.0000 -82.7485 1.0000
    50.0000 0.0000 0.0000 50.0000 -1.0000 2.0000 2.3669
    50.0000 -1.0000 2.0000 50.0000 0.0000 0.0000 2.3669
    50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0009 7.1792
    50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0010 7.1792
    50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0011 7.2195
    50.0000 2.4900 -0.0010 50.0000 -2.4900 0.0012 7.2195
    50.0000 -0.0010 2.4900 50.0000 0.0009 -2.4900 4.8045
    50.0000 -0.0010 2.4900 50.0000 0.0010 -2.4900 4.8045
    50.0000 -0.0010 2.4900 50.0000 0.0011 -2.4900 4.7461
    50.0000 2.5000 0.0000 50.0000 0.0000 -2.5000 4.3065
    50.0000 2.5000 0.0000 73.0000 25.0000 -18.0000 27.1492
    50.0000 2.5000 0.0000 61.0000 -5.0000 29.0000 22.8977
    50.0000 2.5000 0.0000 56.0000 -27.0000 -3.0000 31.9030
    50.0000 2.5000 0.0000 58.0000 24.0000 15.0000 19.4535
    50.0000 2.5000 0.0000 50.0000 3.1736 0.5854 1.0000
    50.0000 2.5000 0.0000 50.0000 3.2972 0.0000 1.0000
    50.0000 2.5000 0.0000 50.0000 1.8634 0.5757 1.0000
    50.0000 2.5000 0.0000 50.0000 3.2592 0.3350 1.0000
    60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
    63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
    61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
    35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
    22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
    36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
    90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
    90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
    6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
    2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
    """

  @Test func theFormulaGivesThePublishedDifferences() {
    let rows = Self.pairs.split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
    #expect(rows.count == 34)
    for row in rows {
      let (a, b) = (Lab(row[0], row[1], row[2]), Lab(row[3], row[4], row[5]))
      #expect(abs(a.difference(from: b) - row[6]) < 0.00005, "\(row)")
      #expect(abs(b.difference(from: a) - row[6]) < 0.00005, "\(row)")
    }
  }

  /// A file, by what is special about it.
  static let files: [(name: String, file: @Sendable () throws -> Data)] = [
    ("CMYK with a profile", { try photograph.inSpace("cmyk").jpegWithMetadata() }),
    ("Display P3", { try photograph.inSpace("p3").jpegWithMetadata() }),
    ("Display P3 in a PNG", { try photograph.inSpace("p3").pngWithMetadata() }),
    ("Display P3 of sixteen bits", { try photograph.inSpace("p3", depth: 16).pngWithMetadata() }),
    ("sRGB with a profile", { try photograph.inSpace("srgb").jpegWithMetadata() }),
  ]

  private static var photograph: Image { get throws { try Drawing.photographWithCorners(160, 120).image() } }

  @Test(.needsVipsProgram, arguments: files.indices)
  func conversionIsWithinTwoOfLittleCMS(_ index: Int) throws {
    let (name, file) = Self.files[index]
    let site = try TestSite()
    let path = site.folder + "/original"
    try FileAccess.write(file(), to: path)
    let isCMYK = name.hasPrefix("CMYK")
    // The profile has a table for it.
    try expectWithinTwo(path, isCMYK: isCMYK, intent: isCMYK ? "perceptual" : "relative", in: site, name)
  }

  static let inRealCorpora: [(name: String, file: String)] = [
    ("Adobe RGB", "jpeg-encodings/libvips__sample.jpg"),
    ("Display P3", "jpeg-gainmap-mpo/libavif__apple_gainmap_new.jpg"),
    ("Display P3", "heic-heif/exifsamples__IMG_5195.HEIC"),
    ("Display P3 with alpha", "icc-wide-gamut/synth__p3-alpha.png"),
    ("DCI-P3", "icc-wide-gamut/govips__jpg-24bit-icc-smpte.jpg"),
    ("Rec. 2020", "icc-wide-gamut/jxl__R2020-sRGB-color-bars.png"),
    ("ProPhoto", "icc-wide-gamut/sharp__prophoto.png"),
    ("a table for perceptual alone", "icc-wide-gamut/pillow__icc_profile_big.jpg"),
  ]

  @Test(.tags(.realCorpora), .needsRealCorpora("fixtures"), .needsVipsProgram, arguments: inRealCorpora)
  func conversionInRealCorporaIsWithinTwoOfLittleCMS(_ fixture: (name: String, file: String)) throws {
    guard Readability.reads(fixture.file) else { return }
    let intent = fixture.file.contains("icc_profile_big") ? "perceptual" : "relative"
    try expectWithinTwo(
      RealCorpora.path("fixtures/" + fixture.file), isCMYK: fixture.file.hasPrefix("cmyk"), intent: intent,
      in: TestSite(), fixture.name)
  }

  /// The pixels before they are encoded, at the picture's own size, beside what the `vips icc_transform` program makes of
  /// the same file. It is the same library in another process, told what to do in its own words.
  private func expectWithinTwo(
    _ path: String, isCMYK: Bool, intent: String, in site: TestSite, _ name: String
  ) throws {
    let source = try site.add(FileAccess.read(path), "a")
    let whole = Rendition(
      width: source.width, height: source.height, purpose: .responsive, photograph: [], graphic: [])
    let decoded = try DecodedSource(
      source, loader: source.format.loader, path: site.root.absolute("a"), renditions: [whole])
    let ours = try decoded.render(whole)
    let reference = try reference(path, isCMYK: isCMYK, intent: intent, in: site)
    #expect((ours.width, ours.height) == (reference.width, reference.height))
    let worst = try largestDifference(ours, reference)
    #expect(worst <= 2, "\(name)")
  }

  private func reference(_ path: String, isCMYK: Bool, intent: String, in site: TestSite) throws -> Image {
    let program = try #require(Programs.vips)
    let (turned, out) = (site.folder + "/turned.v", site.folder + "/reference.png")
    for arguments in [
      ["autorot", path, turned],
      [
        "icc_transform", turned, out, "srgb", "--embedded", "--input-profile",
        isCMYK ? "cmyk" : "srgb",
        "--intent", intent, "--depth", "8",
      ],
    ] {
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      // The system's program takes the system's libvips, whichever the tests run with (see Tests/Libvips/run).
      process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "LD_LIBRARY_PATH" }
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(arguments)")
    }
    return try Image.open(FileAccess.read(out), with: .png, file: path, failOn: .warning).inMemory()
  }

  private func largestDifference(_ a: Image, _ b: Image) throws -> Double {
    let (first, second) = (try a.withPixels { [UInt8]($0) }, try b.withPixels { [UInt8]($0) })
    var pairs: Set<UInt64> = []
    var worst = 0.0
    for pixel in 0..<(a.width * a.height) {
      let (i, j) = (pixel * a.bands, pixel * b.bands)
      if first[i] == second[j], first[i + 1] == second[j + 1], first[i + 2] == second[j + 2] { continue }
      var key: UInt64 = 0
      for band in 0..<3 { key = key << 16 | UInt64(first[i + band]) << 8 | UInt64(second[j + band]) }
      guard pairs.insert(key).inserted else { continue }
      let ours = Lab(red: first[i], green: first[i + 1], blue: first[i + 2])
      worst = max(
        worst, ours.difference(from: Lab(red: second[j], green: second[j + 1], blue: second[j + 2])))
    }
    return worst
  }
}
