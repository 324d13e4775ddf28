import Testing

@testable import Vips

/// What a libvips says it can do is what it does, whichever is loaded.
struct CapabilityTests {
  @Test(arguments: Saver.allCases)
  func saversThatAreThereSave(_ saver: Saver) throws {
    let image = try Samples.gradient(40, 30)
    let encode: () throws -> Int = {
      switch saver {
      case .jpeg: try image.jpeg(quality: 70, chroma: .full).count
      case .png: try image.png().count
      case .webp: try image.webp(quality: 70, effort: 0, sharpChroma: false).count
      case .avif: try image.avif(quality: 50, effort: 0, chroma: .full).count
      case .jxl: try image.jxl(quality: 70, effort: 3).count
      case .gif: try image.gif().count
      }
    }
    if saver.isAvailable {
      #expect(try encode() > 0)
    } else {
      #expect(throws: VipsError.self) { try encode() }
    }
  }

  @Test(.enabled(if: Saver.avif.isAvailable))
  func whatWasWrittenAsAVIFIsRead() throws {
    let file = try Samples.gradient(40, 30).avif(quality: 50, effort: 0, chroma: .full)
    #expect(HEIFCodec.av1.isDecoded)
    #expect(try Image.open(file, with: .heif, file: "x", failOn: .error).inMemory().width == 40)
  }
}
