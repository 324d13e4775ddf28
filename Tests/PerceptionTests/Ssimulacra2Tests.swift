import Testing

@testable import Perception

@Suite("SSIMULACRA2")
struct Ssimulacra2Tests {
  /// Small, for a build without optimization.
  static let picture = TestPicture.hills(120, 113)

  static func reference(_ picture: TestPicture) throws -> Ssimulacra2.Reference {
    try Ssimulacra2.Reference(pixels: picture.pixels, width: picture.width, height: picture.height, bands: 3)
  }

  static func score(_ first: TestPicture, _ second: TestPicture) throws -> Double {
    try reference(first).score(of: second.pixels, width: second.width, height: second.height, bands: 3)
  }

  @Test(
    "The same pixels score 100, exactly",
    arguments: [
      TestPicture.hills(120, 113), .screen(131, 118), .shapes(115, 121),
      TestPicture(120, 120) { _, _ in (255, 255, 255) }, TestPicture(120, 120) { _, _ in (0, 0, 0) },
    ]
  )
  func identical(_ picture: TestPicture) throws {
    #expect(try Self.score(picture, picture) == 100)
  }

  @Test(
    "More of a distortion never scores higher",
    arguments: [
      ("blur", (1...3).map { Self.picture.blurred($0) }),
      ("noise", [2, 6, 18, 54].map { Self.picture.noisy($0) }),
      ("bands", [4, 12, 36].map { Self.picture.banded($0) }),
      ("blocks", [1, 4, 12].map { Self.picture.blocky($0) }),
      ("tint", [2, 8, 24].map { Self.picture.tinted($0) }),
    ]
  )
  func monotone(_ name: String, _ worse: [TestPicture]) throws {
    let reference = try Self.reference(Self.picture)
    var last = 100.0
    for picture in worse {
      let score = try reference.score(
        of: picture.pixels,
        width: picture.width,
        height: picture.height,
        bands: 3
      )
      #expect(score < last, "\(name)")
      last = score
    }
  }

  @Test("Turning both pictures by 180 degrees changes nothing")
  func turned() throws {
    // 128 can be halved five times, so that the scales are turned, too.
    let picture = TestPicture.hills(128, 128)
    let distorted = picture.blocky(4)
    let turned = try Self.score(picture.turned(), distorted.turned())
    #expect(abs(try Self.score(picture, distorted) - turned) < 0.01)
  }

  @Test("Gray pixels score as the same pixels in RGB do, also against each other")
  func gray() throws {
    let first = TestPicture(120, 114) { x, y in
      let gray = TestPicture.noise(x / 5, y / 5, 1)
      return (gray, gray, gray)
    }
    let second = TestPicture(120, 114) { x, y in
      let gray = (TestPicture.noise(x / 5, y / 5, 1) + (x ^ y) % 7)
      return (gray, gray, gray)
    }
    func gray(_ picture: TestPicture) -> [UInt8] {
      stride(from: 0, to: picture.pixels.count, by: 3).map { picture.pixels[$0] }
    }
    let color = try Self.score(first, second)
    let reference = try Ssimulacra2.Reference(pixels: gray(first), width: 120, height: 114, bands: 1)
    #expect(try reference.score(of: gray(second), width: 120, height: 114, bands: 1) == color)
    #expect(try reference.score(of: second.pixels, width: 120, height: 114, bands: 3) == color)
    let withAlpha = gray(second).flatMap { value -> [UInt8] in [value, 255] }
    #expect(try reference.score(of: withAlpha, width: 120, height: 114, bands: 2) == color)
    #expect(color < 100)
  }

  @Test("Planes that are left out for their small weights would not change the score")
  func negligibleWeights() throws {
    let picture = TestPicture.shapes(128, 120)
    for distorted in [picture.noisy(3), picture.subsampled(), picture.tinted(12), picture.noisy(60)] {
      let score = try picture.pixels.withUnsafeBytes { bytes in
        let pixels = try Pixels(bytes, width: 128, height: 120, bands: 3)
        let exact = Ssimulacra2.Reference(pixels, small: .mirrored, negligible: 0)
        let usual = Ssimulacra2.Reference(pixels, small: .mirrored, negligible: Weights.negligible)
        #expect(exact.bytes > usual.bytes)
        return (
          try exact.score(of: distorted.pixels, width: 128, height: 120, bands: 3),
          try usual.score(of: distorted.pixels, width: 128, height: 120, bands: 3)
        )
      }
      #expect(abs(score.0 - score.1) < 0.02, "\(score)")
    }
  }

  @Test("One reference serves several tasks at a time")
  func concurrent() async throws {
    let reference = try Self.reference(Self.picture)
    let distorted = Self.picture.noisy(9).pixels
    let scores = try await withThrowingTaskGroup(of: Double.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try reference.score(of: distorted, width: Self.picture.width, height: Self.picture.height, bands: 3)
        }
      }
      return try await group.reduce(into: Set<Double>()) { $0.insert($1) }
    }
    #expect(scores.count == 1)
  }

  @Test("A reference keeps what its documentation says")
  func memory() throws {
    let picture = TestPicture.hills(256, 256)
    let reference = try Self.reference(picture)
    #expect(reference.bytes <= 21 * 256 * 256)
    let transparent = try Ssimulacra2.Reference(
      pixels: picture.withAlpha { x, _ in x },
      width: 256,
      height: 256,
      bands: 4
    )
    #expect(transparent.bytes == 2 * reference.bytes)
  }
}
