import Foundation
import Testing

@testable import SystemResources

@Suite struct BuildIdentityTests {
  @Test func aBuildHasOne() {
    #expect(!BuildIdentity.text.isEmpty)
    #expect(BuildIdentity.text != "unknown")
  }

  /// The linkers of the toolchain all write it: without it, a packaged program that was copied would lose what it found out.
  @Test func itIsTheLinkers() {
    #expect(BuildIdentity.text.count >= 16)
    #expect(BuildIdentity.text.allSatisfy { $0.isHexDigit })
  }
}
