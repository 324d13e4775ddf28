import DataFormats
import Testing

/// Texts made to take more time or memory than they are worth.
struct BoundTests {
  private func kind(_ text: String) -> YAMLError.Kind? {
    do throws(YAMLError) {
      _ = try Document(text)
      return nil
    } catch { return error.kind }
  }

  private func nested(_ depth: Int, _ open: String, _ close: String, in inner: String = "a") -> String {
    String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[{a: ", "}]"), ("- a: ", "")])
  func depthIsBounded(open: String, close: String) {
    let levels = open.contains("- a") || open.contains("[{") ? 2 : 1
    // A key of a mapping in a block has to stand on a line of its own.
    let isLine = open != "- a: "
    #expect(kind(nested(Document.maxDepth / levels, open, close)) == (isLine ? nil : .syntax))
    #expect(!isLine || kind(nested(Document.maxDepth / levels + 1, open, close)) == .depth)
  }

  @Test(arguments: ["[", "{", "{a: ", "- ", "? ", "&a [", "!a {", "[[{a: [", "- - ? "])
  func endlessOpeningsAreRefused(open: String) {
    let problem = kind(String(repeating: open, count: 200_000 / open.utf8.count))
    #expect(problem == .depth || problem == .syntax)
  }

  /// Each list holds the one before: flat to read, deep to walk.
  @Test func depthCountsWhatAliasesStandFor() {
    let fits = (0..<99).map { "- &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1)")]\n" }.joined()
    #expect(kind(fits) == nil)
    #expect(kind(fits + "- &b [*a98]\n") == .depth)
    #expect(kind(fits + "- {a: *a98}\n") == .depth)
    // What lies beside a deep list is not deep.
    #expect(kind("- &a " + nested(90, "[", "]") + "\n- &b [c]\n- " + nested(95, "[", "]", in: "*b")) == nil)
    #expect(kind("- &a " + nested(90, "[", "]") + "\n- " + nested(20, "[", "]", in: "*a")) == .depth)
    #expect(
      kind("- &a [&b " + nested(60, "[", "]") + ", &c [d]]\n- " + nested(60, "[", "]", in: "*c")) == nil)
    #expect(
      kind("- &a [&b " + nested(60, "[", "]") + ", &c [d]]\n- " + nested(60, "[", "]", in: "*a")) == .depth)
  }

  @Test(arguments: [
    (0..<9).map { level in
      "a\(level): &a\(level) ["
        + (0..<9).map { _ in level == 0 ? "lol" : "*a\(level - 1)" }.joined(separator: ", ")
        + "]\n"
    }.joined(),
    (0..<30).map { "m\($0): &m\($0) {a: *m\(max(0, $0 - 1)), b: *m\(max(0, $0 - 1))}\n" }.joined()
      .replacing("{a: *m0, b: *m0}\nm1", with: "x\nm1"),
    "- &a [" + String(repeating: "x, ", count: 2_000) + "]\n" + String(repeating: "- *a\n", count: 60),
  ])
  func aliasBombsAreRefused(text: String) { #expect(kind(text) == .aliases) }

  @Test func manyAliasesOfLittleAreRead() throws {
    let text = "- &a [x, y]\n" + String(repeating: "- *a\n", count: 10_000)
    #expect(try Document(text).root?.sequence?.count == 10_001)
  }

  /// What is long is read, in a time that grows as it does.
  @Test(
    .timeLimit(.minutes(40)),
    arguments: [
      String(repeating: "a", count: 2_000_000), "'" + String(repeating: "가 ", count: 500_000) + "'",
      (0..<50_000).map { "key\($0): 값 \($0)\n" }.joined(),
      "[" + String(repeating: "한,", count: 200_000) + "]",
      "|\n" + String(repeating: " 줄\n", count: 200_000), String(repeating: "# 주석\n", count: 300_000) + "a: b",
      (0..<50_000).map { "- &a\($0) 가\n- *a\($0)\n" }.joined(),
    ])
  func longTextsAreRead(text: String) throws { #expect(try Document(text).root != nil) }
}
