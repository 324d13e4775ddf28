import DataFormats
import Testing

/// Texts that are no TOML: where the mistake is, and that none ends the process.
@Suite struct TOMLProblemTests {
  @Test(arguments: [
    // Keys and what follows.
    "a", "a =", "= 1", "a = 1 b = 2", "a 1", "a. = 1", ".a = 1", "a..b = 1", "é = 1", "a b = 1",
    "\"\"\"a\"\"\" = 1",
    "a = 1\ra = 2", "a\n= 1", "a =\n1",
    // Strings.
    "a = \"b", "a = 'b", "a = \"b\nc\"", "a = 'b\nc'", "a = \"\\q\"", "a = \"\\u12\"", "a = \"\\uD800\"",
    "a = \"\\U00110000\"", "a = \"\u{1}\"", "a = '\u{7F}'", "a = \"\"\"b\"\"", "a = \"\"\"\\ b\"\"\"",
    "a = \"\"\"\u{0}\"\"\"",
    "a = '''b''''''", "a = \"\\é\"", "a = \"\"\"\\é\"\"\"",
    // Numbers and words.
    "a = 01", "a = 1__0", "a = _1", "a = 1_", "a = 0xG", "a = 0b2", "a = 0o8", "a = +0x1",
    "a = 9223372036854775808", "a = 1.",
    "a = .1", "a = 1.e1", "a = 1e", "a = True", "a = yes", "a = Inf", "a = b",
    // Dates.
    "a = 1979-13-01", "a = 1979-02-30", "a = 1979-05-27T25:00:00", "a = 24:00:00", "a = 1979-5-27",
    "a = 1979-05-27T",
    "a = 07:60:00",
    // Arrays and inline tables.
    "a = [1", "a = [1 2]", "a = [,]", "a = [1,,2]", "a = ]", "a = [}", "a = {", "a = {b}", "a = {b = 1",
    "a = {b = 1 c = 2}", "a = {, b = 1}", "a = }", "a = {]}", "a = [é]", "a = {é", "a = é",
    // Headers.
    "[", "[]", "[a", "[a]b", "[[a]", "[a]]", "[ [a]]", "[<", "[a.]", "[.a]", "[a\n]", "[[[a]]]", "[é]",
    // Control characters and line ends.
    "\u{0}", "a = 1 \u{0}", "# \u{1}\n", "a = 1\r", "\u{B}", "a = 1\u{C}", "\u{A0}a = 1", "a = 1\u{FEFF}",
    // Keys that are there.
    "a = 1\na = 2", "a = 1\n'a' = 2", "a = 1\na.b = 2", "a.b = 1\na = 2", "[a]\n[a]", "a = 1\n[a]",
    "[a]\n[[a]]", "[[a]]\n[a]",
    "a = []\n[[a]]", "a = {}\n[a.b]", "a = {b = 1}\na.c = 2", "[a.b]\n[a]\nb = 1", "a.b = 1\n[a]",
    "a = {b = 1, b = 2}",
    "[a]\nb.c = 1\n[a.b]",
  ])
  func isRefused(text: String) { #expect(throws: TOMLProblem.self) { try TOMLTable(text) } }

  @Test(arguments: [
    ("a = 1\nb = é", 2, 5), ("a = \"한글\" x", 1, 10), ("\u{FEFF}\r\n\r\n[<", 3, 2), ("a = 1\r\n  [ é]", 2, 5),
    ("'한' = 1\n'한' = 2", 2, 7),
  ])
  func isPlaced(text: String, line: Int, column: Int) {
    let problem = #expect(throws: TOMLProblem.self) { try TOMLTable(text) }
    #expect(problem.map { [$0.line, $0.column] } == [line, column], "\(problem as Any)")
    let file = Array("+++\n\(text)".utf8)
    let below = #expect(throws: TOMLProblem.self) { try TOMLTable(file, 4..<file.count) }
    #expect(below?.line == line + 1)
    #expect(below?.message.isEmpty == false)
  }

  @Test(
    arguments: [
      [0xFF], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
    ] as [[UInt8]])
  func bytesThatAreNoUTF8AreRefused(bytes: [UInt8]) {
    for (before, after) in [("# ", "\n"), ("b = 1\na = '", "'"), ("", "")] {
      let file = Array(before.utf8) + bytes + Array(after.utf8)
      let problem = #expect(throws: TOMLProblem.self) { try TOMLTable(file) }
      #expect(problem?.line == (before.hasPrefix("b") ? 2 : 1))
    }
  }
}
