import Testing

@testable import PostScanner

/// Table headers that make TOMLKit's parser end the process are refused before it sees them.
@Suite struct TOMLHeaderTests {
  @Test(arguments: [
    "[@a]\n", "[\r\0a]\n", "[[:a]]\n", "[\n", "a = 1\n  [ é]\n", "[[[a]]]\n", "\u{FEFF}[^a]\n",
  ])
  func badHeadersAreProblems(text: String) {
    #expect(TOMLMatter.problem(text, firstLine: 2)?.message == "a table's header does not begin with a key")
    #expect(throws: TOMLMatter.Unreadable.self) { try TOMLMatter.document(text) }
    #expect(TOMLMatter.string(text, at: ["a"]).isEmpty)
  }

  @Test(arguments: ["[a]\n", "[ \"a\" ]\n", "[[a.b]]\n", "['a']\n", "a = [\n[1, 2],\n]\n", "[-]\n", "# [@\n"])
  func goodHeadersAreRead(text: String) { #expect(TOMLMatter.problem(text, firstLine: 1) == nil) }
}
