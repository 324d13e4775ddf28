import DataFormats
import Testing

@testable import PostScanner

/// Table headers that end the process where toml++ is compiled with its assertions.
@Suite struct TOMLHeaderTests {
  @Test(arguments: [
    ("[@a]\n", 1), ("[\r\0a]\n", 1), ("[[:a]]\n", 1), ("[\n", 1), ("a = 1\n  [ é]\n", 2), ("[[[a]]]\n", 1),
    ("\u{FEFF}[^a]\n", 1),
  ])
  func badHeadersAreProblems(text: String, line: Int) {
    let problem = #expect(throws: TOMLProblem.self) { try TOMLFrontMatter.tree(Array(text.utf8)) }
    #expect(problem?.line == line)
    #expect(problem?.message.contains("expected bare key starting character") == true, "\(problem as Any)")
    let file = Array("+++\n\(text)+++\n".utf8)
    #expect(FrontMatter(file, from: 0, forms: [.toml]).problem?.line == line + 1)
  }

  @Test(arguments: ["[a]\n", "[ \"a\" ]\n", "[[a.b]]\n", "['a']\n", "a = [\n[1, 2],\n]\n", "[-]\n", "# [@\n"])
  func goodHeadersAreRead(text: String) throws {
    _ = try TOMLFrontMatter.tree(Array(text.utf8))
  }
}
