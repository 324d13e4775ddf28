import Foundation
import Testing
import TestSupport

@testable import AssetModel

@Suite struct DiagnosticTests {
  @Test(arguments: [
    (
      Diagnostic(.error, .budgetImageBytes, file: "a.md", line: 3, column: 7, message: "m", advice: "do"),
      "a.md:3:7: error: m (do) [budget-image-bytes]"
    ),
    (Diagnostic(.note, .templated, file: "a.md", line: 3, message: "m"), "a.md:3: note: m [templated]"),
    (
      Diagnostic(.error, .budgetSiteTotal, file: ".", message: "m", advice: ""),
      "error: m [budget-site-total]"
    ),
    // What ends a run has nothing to be told from, and a line for each of a generator's.
    (Diagnostic(.error, .configuration, file: "c.yml", line: 2, message: "m"), "c.yml:2: error: m"),
    (Diagnostic(.error, .generator, message: "m\n  | out", advice: "do"), "error: m\n  | out\n(do)"),
    // A name of a file that would be a line of its own is none.
    (
      Diagnostic(.warning, .missingFile, file: "a\n::stop", message: "m"),
      "a\\u{A}::stop: warning: m [missing-file]"
    ),
  ])
  func readsAsALine(diagnostic: Diagnostic, expected: String) { #expect("\(diagnostic)" == expected) }

  /// Manifests and journals of earlier versions.
  @Test func isKeptByTheKeysThatItHasAlwaysHad() throws {
    let json =
      #"{"advice":"a","code":"judges-differ","column":2,"file":"f","line":1,"message":"m","severity":"note"}"#
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let read = try JSONDecoder().decode(Diagnostic.self, from: Data(json.utf8))
    #expect(
      read == Diagnostic(.note, .oraclesDiffer, file: "f", line: 1, column: 2, message: "m", advice: "a"))
    #expect(String(decoding: try encoder.encode(read), as: UTF8.self) == json)
  }

  @Test func eachLintIsDocumented() throws {
    let text = try String(contentsOfFile: Project.root + "/Config/lints.md", encoding: .utf8)
    for lint in Diagnostic.Rule.lints {
      #expect(lint.documentation == "Config/lints.md#\(lint.rawValue)")
      #expect(text.contains("\n## \(lint.rawValue)\n"), "\(lint.rawValue)")
    }
  }
}
