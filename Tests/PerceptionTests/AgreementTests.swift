import Foundation
import Perception
import Testing
import TestSupport
import Vips

/// The scores that the Python package `ssimulacra2` 0.3.0 gives to pictures that the tests make themselves. The tables
/// are printed by Tests/Perception/make-table, which also compares hundreds of pairs of encoded files.
@Suite("Scores agree with the reference package")
struct AgreementTests {
  /// The largest difference allowed, which leaves room for another version's decoder of the fixtures.
  static let tolerance = 0.05

  @Test("Pictures made in code", arguments: ["hills", "screen", "shapes"])
  func generatedPictures(_ name: String) throws {
    let make = try #require(Self.generated[name])
    try compare(name, make(), Self.distortions, with: Self.recordedMade)
  }

  @Test(
    "Parts of photographs and screenshots", .tags(.realCorpora), .needsRealCorpora("fixtures"),
    arguments: ["sunset", "bio", "desktop"]
  )
  func partsInRealCorpora(_ name: String) throws {
    let (file, left, top) = try #require(Self.parts[name])
    let data = try Data(contentsOf: URL(filePath: RealCorpora.path("fixtures/" + file)))
    let image = try Image.open(
      data,
      with: file.hasSuffix("png") ? .png : .jpeg,
      file: file,
      failOn: .error
    ).inMemory().cropped(left: left, top: top, width: 228, height: 226)
    var part = TestPicture(228, 226) { _, _ in (0, 0, 0) }
    #expect(image.bands == 3)
    part.pixels = try image.withPixels { [UInt8]($0) }
    try #require(part.pixels.count == 3 * part.width * part.height)
    try compare(
      name, part, Self.distortions.filter { Self.partsDistortions.contains($0.0) }, with: Self.recordedParts)
  }

  private func compare(_ name: String, _ picture: TestPicture, _ distortions: [Distortion], with table: [Row])
    throws
  {
    if let folder = ProcessInfo.processInfo.environment["PERCEPTION_DUMP"] {
      try Self.dump(picture, "\(name)+none", to: folder)
      for (distortion, distort) in distortions {
        try Self.dump(distort(picture), "\(name)+\(distortion)", to: folder)
      }
      return
    }
    let reference = try Ssimulacra2.Reference(
      pixels: picture.pixels,
      width: picture.width,
      height: picture.height,
      bands: 3
    )
    for (distortion, distort) in distortions {
      let row = try #require(table.first { $0.0 == name && $0.1 == distortion }, "\(name) \(distortion)")
      let score = try reference.score(
        of: distort(picture).pixels,
        width: picture.width,
        height: picture.height,
        bands: 3
      )
      #expect(abs(score - row.2) < Self.tolerance, "\(name) \(distortion): \(score), recorded \(row.2)")
    }
  }

  private static func dump(_ picture: TestPicture, _ name: String, to folder: String) throws {
    let file = URL(filePath: folder).appending(path: "\(name)-\(picture.width)x\(picture.height).raw")
    try Data(picture.pixels).write(to: file)
  }

  static let generated: [String: @Sendable () -> TestPicture] = [
    "hills": { TestPicture.hills(231, 227) },
    "screen": { TestPicture.screen(240, 232) },
    "shapes": { TestPicture.shapes(257, 225) },
  ]

  /// A file of the fixtures, and the column and row at which a part of 228 by 226 pixels starts.
  static let parts: [String: (String, Int, Int)] = [
    "sunset": ("photo/hugo__sunset.jpg", 500, 240),
    "bio": ("photo/eleventyimg__bio-2017.jpg", 520, 300),
    "desktop": ("screenshot-png/synth__screenshot-2560x1600.png", 300, 260),
  ]

  typealias Distortion = (String, @Sendable (TestPicture) -> TestPicture)

  static let distortions: [Distortion] = [
    ("blurred-1", { $0.blurred(1) }),
    ("noisy-4", { $0.noisy(4) }),
    ("noisy-24", { $0.noisy(24) }),
    ("banded-12", { $0.banded(12) }),
    ("blocky-3", { $0.blocky(3) }),
    ("tinted-5", { $0.tinted(5) }),
    ("subsampled", { $0.subsampled() }),
  ]

  /// Fewer for the fixtures, since a score takes half a second in a build without optimization.
  static let partsDistortions: Set = ["blurred-1", "noisy-4", "blocky-3", "subsampled"]

  /// Picture, distortion, score.
  typealias Row = (String, String, Double)

  static let recordedMade: [Row] = [
    ("hills", "banded-12", 74.7106),
    ("hills", "blocky-3", 50.3834),
    ("hills", "blurred-1", 89.1456),
    ("hills", "noisy-24", 21.5641),
    ("hills", "noisy-4", 86.0879),
    ("hills", "subsampled", 97.4848),
    ("hills", "tinted-5", 93.1728),
    ("screen", "banded-12", 85.1501),
    ("screen", "blocky-3", -50.8811),
    ("screen", "blurred-1", -5.8069),
    ("screen", "noisy-24", 46.5898),
    ("screen", "noisy-4", 88.2352),
    ("screen", "subsampled", 97.2855),
    ("screen", "tinted-5", 91.2476),
    ("shapes", "banded-12", 40.4813),
    ("shapes", "blocky-3", -22.8794),
    ("shapes", "blurred-1", 29.0566),
    ("shapes", "noisy-24", 9.3325),
    ("shapes", "noisy-4", 83.5961),
    ("shapes", "subsampled", 73.1278),
    ("shapes", "tinted-5", 86.7603),
  ]

  static let recordedParts: [Row] = [
    ("bio", "blocky-3", 33.2540),
    ("bio", "blurred-1", 65.0349),
    ("bio", "noisy-4", 87.2454),
    ("bio", "subsampled", 95.6314),
    ("desktop", "blocky-3", 10.3599),
    ("desktop", "blurred-1", 41.5478),
    ("desktop", "noisy-4", 89.5474),
    ("desktop", "subsampled", 89.0873),
    ("sunset", "blocky-3", 68.9974),
    ("sunset", "blurred-1", 71.7766),
    ("sunset", "noisy-4", 84.1542),
    ("sunset", "subsampled", 87.0617),
  ]
}
