import DataFormats
import Testing

/// How deep tables and arrays stand in each other is bounded, in whichever way they are written.
@Suite struct DepthTests {
  /// Texts that are `depth` deep.
  private static let forms: [@Sendable (_ depth: Int) -> String] = [
    { "a = " + String(repeating: "[", count: $0) + String(repeating: "]", count: $0) },
    { "a = " + String(repeating: "{a = ", count: $0) + "1" + String(repeating: "}", count: $0) },
    { "a" + String(repeating: ".a", count: $0) + " = 1" },
    { "[a" + String(repeating: ".'b.c'", count: $0) + "]" },
    { depth in
      "[a" + String(repeating: ".a", count: depth / 3) + "]\na" + String(repeating: ".a", count: depth / 3)
        + " = " + String(repeating: "[{\na.a = ", count: depth / 9) + "1"
        + String(repeating: "}, 1.5]", count: depth / 9)
    },
  ]

  @Test(arguments: forms.indices) func deepButReadable(form: Int) throws {
    #expect(try TOMLTable(Self.forms[form](60)).entries.count == 1)
  }

  @Test(arguments: forms.indices, [90, 1000, 100_000]) func tooDeep(form: Int, depth: Int) {
    let problem = #expect(throws: TOMLProblem.self) { try TOMLTable(Self.forms[form](depth)) }
    #expect(problem?.message == "keys, tables and arrays stand more than 64 deep in each other")
  }

  @Test(arguments: [
    "a = '" + String(repeating: "[.{", count: 100) + "'", "# " + String(repeating: "[.{", count: 100),
    "a = \"\\\"" + String(repeating: "[.{", count: 100) + "\"",
    "a = \"\"\"\n" + String(repeating: "[.\"{\n", count: 100) + "\"\"\"\"\"",
    "a = '''\n" + String(repeating: "[.''{\n", count: 100) + "'''''",
    "a = [" + String(repeating: "[1.5, 2.5], {b.c = 1.5},\n", count: 100) + "]",
    String(repeating: "[[a.b]]\nc.d = 1.5\n[a.b.e]\n", count: 100),
    (0..<100).map { "a.b\($0) = 1.5\n" }.joined(),
  ])
  func muchIsNotDeep(text: String) throws { #expect(try TOMLTable(text).entries.count <= 1) }
}
