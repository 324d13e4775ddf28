import Foundation
import Testing

@testable import Vips

struct LoaderTests {
  static let hostile: [(String, Data)] = [
    ("SVG", Data("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".utf8)),
    ("PDF", Data("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>".utf8)),
    ("MVG", Data("push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 '/etc/passwd'\npop".utf8)),
    ("PPM", Data("P3 1 1 255 1 2 3".utf8)),
  ]

  private static let missing = Loader.allCases.filter { !$0.isAvailable }

  /// Debian's libvips has all of them; where one is not there, the tests of the others run.
  @Test(
    .enabled(if: missing.isEmpty, "this libvips has no \(missing.map(\.rawValue).joined(separator: ", "))"))
  func everyLoaderIsThere() { #expect(Loader.allCases.count { $0.isAvailable } == Loader.allCases.count) }

  /// Whatever a file holds, a loader opens its own format and nothing else.
  @Test(arguments: Loader.allCases.filter(\.isAvailable))
  func opensNothingElse(_ loader: Loader) {
    for (name, data) in Self.hostile {
      #expect(throws: VipsError.self, "\(name) through \(loader)") {
        try Image.open(data, with: loader, file: name, failOn: .none).inMemory()
      }
    }
  }

  private static let untrusted: [(name: String, sample: Int)] = [
    ("svgload_buffer", 0), ("pdfload_buffer", 1), ("magickload_buffer", 2), ("ppmload_source", 3),
  ]

  /// Loaders that libvips calls unfit for hostile input are blocked even when called by name.
  @Test(arguments: untrusted.filter { VipsLibrary.has($0.name) })
  func untrustedLoadersAreBlocked(_ name: String, _ sample: Int) {
    #expect(throws: VipsError.self) {
      try VipsCall(name, file: "x", ["buffer": .bytes(Self.hostile[sample].1)]).image()
    }
  }

  @Test func truncatedFileFailsUnlessAskedOtherwise() throws {
    let whole = try Samples.jpeg(300, 300)
    for share in [0.3, 0.6, 0.95] {
      let half = whole.prefix(Int(Double(whole.count) * share))
      for failOn in [FailOn.truncated, .error, .warning] {
        #expect(throws: VipsError.self) {
          try Image.open(half, with: .jpeg, file: "half", failOn: failOn).inMemory()
        }
      }
      #expect(try Image.open(half, with: .jpeg, file: "half", failOn: .none).inMemory().width == 300)
    }
  }

  @Test func jpegIsDecodedAtAFraction() throws {
    let image = try Image.open(
      Samples.jpeg(401, 203),
      with: .jpeg,
      file: "x",
      failOn: .warning,
      shrink: 4
    )
    #expect((image.width, image.height) == (100, 50))
  }

  @Test func versionIsAtLeast813() {
    #expect(VipsLibrary.version.hasPrefix("8."))
  }
}
