import AssetModel
import Testing

/// What build services take for commands in the lines that a run prints.
@Suite struct LogCommandTests {
  @Test(arguments: [
    ("::error::x", "\\u{3A}:error::x"), ("  ::add-mask::x", "  \\u{3A}:add-mask::x"), ("a ::b", "a ::b"),
    ("a ##[group]b", "a \\u{23}#[group]b"), ("##vso[task.x]", "\\u{23}#vso[task.x]"),
    ("##teamcity[x]", "\\u{23}#teamcity[x]"), ("## Heading", "## Heading"), ("a:: b", "a:: b"),
  ])
  func noLineIsACommand(text: String, expected: String) { #expect(text.printable == expected) }

  @Test func aNameInAMessageIsNone() {
    let file = Diagnostic(.error, .undecodable, file: "::error::x.jpg", message: "is bad")
    #expect(file.description.hasPrefix("\\u{3A}:error::x.jpg: error: is bad"))
    let key = Diagnostic(.error, .configuration, file: "a.yml", message: "unknown key 'a\n::error::b'")
    #expect(key.description == "a.yml: error: unknown key 'a\\u{A}::error::b'")
  }

  @Test func jsonMeansTheSame() {
    #expect("{\"a\":\"b\u{202E}c\u{9B}é\"}".printableJSON == "{\"a\":\"b\\u202ec\\u009bé\"}")
    #expect("{\"a\":\"é\"}\n".printableJSON == "{\"a\":\"é\"}\n")
  }
}
