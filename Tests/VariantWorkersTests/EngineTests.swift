import AssetModel
import Testing

@testable import VariantWorkers

struct EngineTests {
  @Test func tellsWhatIsLoaded() throws {
    let engine = try Engine.loaded()
    #expect(engine.version.hasPrefix("8."))
    #expect(engine.path?.contains("libvips") == true)
    #expect(Set(engine.reads).isSuperset(of: [.bmp, .gif, .jpeg, .png, .webp]))
    #expect(Set(engine.writes).isSuperset(of: [.jpeg, .png, .webp]))
    #expect(Set(engine.writes).isSubset(of: Engine.allWrites))
    #expect(!engine.reads.contains(.svg))
  }

  @Test func refusesWhatCannotBeEncoded() throws {
    let missing = ImageFormat.heic
    let error = #expect(throws: EngineError.self) { try Engine.check(writes: [.jpeg, missing, .png]) }
    let message = "\(try #require(error))"
    #expect(
      message.hasPrefix("error: libvips ") && message.contains("writes no HEIC (") && !message.contains("\n"))
    try Engine.check(writes: [.jpeg, .png, .webp])
  }

  @Test func saysThatWebPIsMissing() {
    let error = EngineError.writes(no: .webp, version: "8.16.1", path: nil)
    #expect(error.description == "error: libvips 8.16.1 writes no WebP (install a libvips that does)")
  }

  @Test func saysWhatToDoForAVIF() {
    let error = EngineError.writes(no: .avif, version: "8.16.1", path: "/lib/libvips.so.42")
    #expect(
      error.description
        == "error: libvips 8.16.1 (/lib/libvips.so.42) writes no AVIF (install its encoder, libheif-plugin-aomenc on"
        + " Debian 13 and Ubuntu 24.04, or configure `formats: {avif: none}`)")
  }
}
