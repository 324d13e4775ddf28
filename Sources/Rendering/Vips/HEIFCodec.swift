import Foundation

/// The two codecs inside HEIF files. libheif has each through a library of its own, which a build, or a machine (Debian 13
/// keeps them in packages of their own), may lack while libvips has its loader and saver all the same. Nothing tells but
/// trying, so that is done, once and on 16 by 16 pixels.
package enum HEIFCodec: Sendable {
  /// AVIF.
  case av1
  /// HEIC.
  case hevc

  /// Whether files with the codec can be decoded.
  package var isDecoded: Bool {
    switch self {
    case .av1: Self.decodesAV1
    case .hevc: Self.decodesHEVC
    }
  }

  /// Whether AVIF can be encoded. HEIC never has to be.
  package static let encodesAV1: Bool = {
    let gray = [UInt8](repeating: 128, count: 16 * 16 * 3)
    let image = try? Image.fromPixels(gray, width: 16, height: 16, bands: 3, file: "probe")
    return (try? image?.avif(quality: 50, effort: 0, chroma: .halved)) != nil
  }()

  private static let decodesAV1 = decodes(
    """
    AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAAB
    AAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAGAAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAA
    ABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAAEAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYID
    hAAAACBtZGF0EgAKCRgM/9ggQEDQgDIJHkAAAEAAqY6Bfg==
    """)

  private static let decodesHEVC = decodes(
    """
    AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAAC
    AAAAEGlkYXQAAAAAABAAEAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAIgACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIA
    AAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAP
    AyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFluqumubgQEDAgAAAAwCAAAADAIQiAAEABkQBwXPB
    iQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAEAAAABAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAa
    aXJlZgAAAAAAAAAOZGltZwACAAEAAQAAACptZGF0AAAAHigBrwQSEkzg+AROY/7pVFUBIKzotHShyJcQk7tqwA==
    """)

  /// - Parameter base64: a file of 16 by 16 pixels.
  private static func decodes(_ base64: String) -> Bool {
    guard let file = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else { return false }
    let image = try? Image.open(file, with: .heif, file: "probe", failOn: .error).inMemory()
    return image?.width == 16
  }
}
