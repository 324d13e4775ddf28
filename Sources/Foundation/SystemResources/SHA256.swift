import CNettle

/// SHA-256 ([FIPS 180-4](https://doi.org/10.6028/NIST.FIPS.180-4)) of bytes that come in pieces, by nettle.
///
/// ```swift
/// var hash = SHA256()
/// hash.update("abc")
/// hash.finalize()  // 32 bytes, the first of them 0xba
/// ```
package struct SHA256 {
  private var context = sha256_ctx()

  /// The hash of nothing so far.
  package init() { nettle_sha256_init(&context) }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
    nettle_sha256_update(&context, bytes.count, first)
  }

  /// Adds bytes.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    let isDone: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if isDone == nil { Array(bytes).withUnsafeBytes { update($0) } }
  }

  /// Adds a text's UTF-8.
  package mutating func update(_ text: String) { update(text.utf8) }

  /// The 32 bytes of the digest of all that was added. The hash itself goes on from there.
  package func finalize() -> [UInt8] {
    var context = context
    return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { digest, count in
      guard let first = digest.baseAddress else { return }
      sha256_finish(&context, first)
      count = Int(SHA256_DIGEST_SIZE)
    }
  }

  /// The 32 bytes of the digest of some bytes.
  package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }
}
