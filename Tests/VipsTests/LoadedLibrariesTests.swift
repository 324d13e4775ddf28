import Testing
import Vips

@Suite struct LoadedLibrariesTests {
  @Test(arguments: ["libvips", "libwebp", "libheif", "libjpeg", "libz"])
  func namesTheLibraries(name: String) {
    #expect(LoadedLibraries.identity.split(separator: "\n").contains { $0.hasPrefix(name) })
  }
}
