import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Files that workers hand back.
struct ReturnedFileTests {
  static let settings: [EncodingSettings] = [
    .avif, .webp, .webpLossless, .jpeg, .png, .pngPalette,
    EncodingSettings(format: .webp, loss: .lossy, quality: 80, effort: 2, color: .p3, metadata: .copyright),
  ]

  @Test(arguments: settings) func aHeaderTellsFormatAndSize(_ settings: EncodingSettings) throws {
    for (width, height) in [(63, 40), (200, 131)] {
      let image = try Drawing.photograph(width, height).image()
      let step = EncodeStep(content: .photograph, credit: Credit(copyright: "x", creator: nil, credit: nil))
      let data = try step.encode(image, settings).data
      #expect(ReturnedFile.isSound(data, settings.format, width, height))
      #expect(!ReturnedFile.isSound(data, settings.format, width + 1, height))
      #expect(!ReturnedFile.isSound(data, settings.format, width, height - 1))
      for other in [ImageFormat.avif, .webp, .jpeg, .png, .gif] where other != settings.format {
        #expect(!ReturnedFile.isSound(data, other, width, height))
      }
      for count in 0..<40 {
        #expect(!ReturnedFile.isSound(data.prefix(count / 2), settings.format, width, height))
      }
    }
  }

  @Test func aLinkIsNotFollowedAndWhatIsTakenIsEmptied() throws {
    let folder = try TemporaryFolder()
    let data = try Drawing.photograph(60, 40).image().jpeg(quality: 80, chroma: .halved)
    try folder.write(data, to: "secret.jpg")
    try folder.link("0-0", to: folder("secret.jpg"))
    try folder.write(data, to: "0-1")
    let rendition = Rendition(
      width: 60, height: 40, purpose: .responsive, photograph: [.jpeg], graphic: [.jpeg])
    let planned = PlannedEncode(
      rendition: rendition, settings: .jpeg, key: "k", path: "a.jpg", isScored: false)
    let file = RenderRecord.File(bytes: data.count, sha256: ContentDigest.sha256(data), settings: .jpeg)
    #expect(ReturnedFile.take(folder("0-0"), planned, file) == nil)
    var others = [file, file, file]
    (others[0].settings, others[1].sha256) = (.webp, ContentDigest.sha256(Data()))
    others[2].bytes += 1
    for other in others {
      try folder.write(data, to: "0-1")
      #expect(ReturnedFile.take(folder("0-1"), planned, other) == nil)
    }
    try folder.write(data, to: "0-1")
    #expect(ReturnedFile.take(folder("0-1"), planned, file) == data)
    #expect(folder.contents == ["0-0", "0-1", "secret.jpg"])
    #expect(try folder.text("0-1").isEmpty)
    // A second name of a file that is somebody else's.
    #expect(Foundation.link(folder("secret.jpg"), folder("0-2")) == 0)
    #expect(ReturnedFile.take(folder("0-2"), planned, file) == nil)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("secret.jpg"))) == data)
  }
}
