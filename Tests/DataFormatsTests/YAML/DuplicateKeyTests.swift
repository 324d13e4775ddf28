import DataFormats
import Testing

struct DuplicateKeyTests {
  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", #"{"a": "3", "b": "2"}"#, ["3:1 a in 1:1"]),
    ("a: 1\na: 2\na: 3", #"{"a": "3"}"#, ["2:1 a in 1:1", "3:1 a in 1:1"]),
    (
      "x:\n  a: 1\n  'a': 2\ny: {b: 1, b: 2}", #"{"x": {"a": "2"}, "y": {"b": "2"}}"#,
      ["3:3 a in 2:3", "4:11 b in 4:4"]
    ),
    // Keys of different mappings, and keys without a name.
    ("a: {a: 1}\nb: {a: 1}", #"{"a": {"a": "1"}, "b": {"a": "1"}}"#, []),
    ("[a]: 1\n? [a]\n: 2", #"{["a"]: "1", ["a"]: "2"}"#, []),
    // The inner mapping ends first.
    ("a: 1\na: {b: 1, b: 2}", #"{"a": {"b": "2"}}"#, ["2:11 b in 2:4", "2:1 a in 1:1"]),
    ("~: 1\n'~': 2", #"{"~": "2"}"#, ["2:1 ~ in 1:1"]),
  ])
  func theLastCountsAndAllAreReported(text: String, expected: String, reported: [String]) throws {
    let document = try Document(text)
    #expect(document.root?.shape == expected)
    let duplicates = document.duplicateKeys.map {
      "\($0.location.line):\($0.location.column) \($0.name) in \($0.mapping.line):\($0.mapping.column)"
    }
    #expect(duplicates == reported)
  }

  @Test func thoseOfTheFirstMappingAreNamedTogether() throws {
    let repeated = try Document("x: {d: 1}\ny: {c: 1, a: 1, c: 2, a: 2, c: 3}\nz: {b: 1, b: 2}").repeatedKeys
    #expect(repeated?.names == ["a", "c"])
    #expect(repeated?.mapping.line == 2)
    #expect(try Document("a: 1\nb: 1").repeatedKeys == nil)
  }
}
