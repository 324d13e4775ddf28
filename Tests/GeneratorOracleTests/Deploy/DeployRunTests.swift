import Foundation
import Testing
import TestSupport

@testable import GeneratorOracle

/// Generators that print nothing for a while.
struct DeployRunTests {
  private func run(_ script: String) throws {
    let folder = try TemporaryFolder()
    let guardian = BuildGuard(folder: folder("scratch"))
    var run = DeployRun(
      words: ["sh", "-c", script], line: "sh", folder: folder.path, environment: [:], seconds: 600,
      guardian: guardian, show: { _ in })
    run.patience = 1
    try run.run()
  }

  @Test func oneThatAsksIsNotWaitedFor() {
    #expect {
      try run("printf 'Overwrite? (y/N) '; exec sleep 500")
    } throws: { error in
      guard case .timedOut(_, let seconds, let output)? = error as? GeneratorOracleError else { return false }
      return seconds < 500 && output == ["Overwrite? (y/N) "]
    }
  }

  @Test func oneThatWorksIsWaitedFor() throws {
    try run("echo 'Overwrite? (y/N) '; echo 'Building the site'; sleep 3")
  }
}
