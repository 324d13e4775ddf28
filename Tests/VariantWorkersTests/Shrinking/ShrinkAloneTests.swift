import AssetModel
import Foundation
import Testing

@testable import VariantWorkers
@testable import Vips

/// Pictures that stay as they are, because a new file would hold less, or because it could take for ever.
@Suite struct ShrinkAloneTests {
  private static func outcome(_ data: Data, _ source: Source) throws -> String? {
    let job = ShrinkJob(source: source, wish: ShrinkJob.Wish(target: 70))
    guard case .leftAlone(let reason) = try ShrinkStep(job: job).run(data) else { return nil }
    return reason
  }

  @Test func aPhotographWithAVideoBehindIt() throws {
    let image = try Drawing.photograph(320, 200).image()
    let photograph = try image.operation("jpegsave_buffer", ["in": .image(image), "Q": .int(98)]).bytes()
    let video = Data("MotionPhoto_Data".utf8) + HiddenPositionFiles.video(Data())
    for (data, reason) in [
      (photograph + video, "a new file would not hold the video behind it"), (photograph, nil),
      (photograph + Data("padding ftyp".utf8), nil),
    ] {
      let source = try TestSite().add(data, "a.jpg")
      #expect(try Self.outcome(data, source) == reason)
    }
  }

  /// The bytes are no picture at all: they are not opened.
  @Test(arguments: [ImageFormat.gif, .webp, .png])
  func anAnimationIsNotEvenOpened(_ format: ImageFormat) throws {
    let source = Source(
      path: "a", sha256: "", bytes: 9, format: format, width: 9, height: 9, frames: 100_000,
      content: .animation)
    #expect(try Self.outcome(Data("no picture".utf8), source) == "it is animated")
  }
}
