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

  /// What starts workers.
  @Test func theProgramKnowsItsFile() throws {
    let path = try #require(OwnProgram.path)
    #expect(path.hasPrefix("/") && access(path, X_OK) == 0)
  }
}
