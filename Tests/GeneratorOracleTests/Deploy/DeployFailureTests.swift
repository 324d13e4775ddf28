import Testing

@testable import GeneratorOracle

/// Why a generator did not build, by what it printed last.
struct DeployFailureTests {
  @Test(
    arguments: [
      ("Overwrite? (y/N) ", true), ("? Would you like to send statistics? › ", true), ("Password:", true),
      ("Are you sure [y/n]", true), ("Continue?", true), ("What now?\u{1B}", true),
      ("error: no such template", false), ("Done in 3 s.", false), (nil, false), ("Why? Because.", false),
    ] as [(String?, Bool)])
  func questionIsTold(_ line: String?, _ isQuestion: Bool) {
    #expect(DeployFailure.isQuestion(line) == isQuestion)
  }

  @Test func whatWasShownIsNotShownAgain() {
    let failure = DeployFailure.of(.failed(command: "make", status: 2, output: ["a", "b"]))
    #expect(failure.error == .failed(command: "make", status: 2, output: []))
    #expect(
      failure.diagnostic.advice
        == "make the site build or name the right command with build: in optimize-assets.yml")
  }
}
