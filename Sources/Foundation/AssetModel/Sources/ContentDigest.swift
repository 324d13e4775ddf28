import Foundation
import SystemResources

/// SHA-256, which identifies sources, posts and variants.
package enum ContentDigest {
  /// The digest of some bytes, as 64 hexadecimal digits.
  package static func sha256(_ bytes: some DataProtocol) -> String {
    var hash = SHA256()
    for region in bytes.regions { region.withUnsafeBytes { hash.update($0) } }
    return hexadecimal(hash.finalize())
  }

  /// The digest of a string's UTF-8.
  package static func sha256(_ text: String) -> String { hexadecimal(SHA256.hash(text.utf8)) }

  /// The digest of a string's UTF-8 in base 64, as content security policies name styles and scripts.
  package static func base64(_ text: String) -> String {
    Data(SHA256.hash(text.utf8)).base64EncodedString()
  }

  /// A digest's bytes as hexadecimal digits.
  package static func hexadecimal(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(2 * digest.count)
    for byte in digest { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: out, as: UTF8.self)
  }
}
