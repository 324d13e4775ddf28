import Foundation
import Testing
import Vips

@Suite struct LoadedLibrariesTests {
  private static let names = LoadedLibraries.identity.split(separator: "\n")

  /// A libvips that is one file with all its encoders inside needs no other name. It is called libvips-HASH.so.42.
  private static let isInOneFile = names.contains { $0.hasPrefix("libvips-") }

  @Test func namesLibvips() {
    #expect(Self.names.contains { $0.hasPrefix("libvips") })
    #expect(LoadedLibraries.libvips.map { URL(filePath: $0).lastPathComponent.hasPrefix("libvips") } == true)
  }

  @Test(.enabled(if: !isInOneFile), arguments: ["libwebp", "libheif", "libjpeg", "libz"])
  func namesTheLibraries(name: String) {
    #expect(Self.names.contains { $0.hasPrefix(name) })
  }
}
