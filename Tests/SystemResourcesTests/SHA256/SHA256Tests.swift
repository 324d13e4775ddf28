import SystemResources
import Testing

/// Digests of known texts, from FIPS 180-4's own examples and `sha256sum`.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func digestsAreThoseOfTheStandard(text: String, digest: String) {
    #expect(hexadecimal(SHA256.hash(text.utf8)) == digest)
  }

  @Test("pieces of any length give the digest of the whole", arguments: [1, 3, 63, 64, 65, 1000])
  func piecesGiveTheWhole(length: Int) {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var hash = SHA256()
    for start in stride(from: 0, to: bytes.count, by: length) {
      hash.update(bytes[start..<min(start + length, bytes.count)])
    }
    #expect(hash.finalize() == SHA256.hash(bytes))
  }

  @Test func aDigestInBetweenDoesNotDisturbTheHash() {
    var hash = SHA256()
    hash.update("a")
    #expect(hash.finalize() == SHA256.hash("a".utf8))
    hash.update("bc")
    #expect(hash.finalize() == SHA256.hash("abc".utf8))
  }

  @Test("a sequence without contiguous storage is hashed like its bytes")
  func lazySequence() {
    #expect(SHA256.hash((0..<200).lazy.map { UInt8($0) }) == SHA256.hash((0..<200).map { UInt8($0) }))
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
