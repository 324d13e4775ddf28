import DataFormats
import Testing

/// What aliases and `<<` bring.
struct AliasTests {
  @Test(arguments: [
    ("- &a b\n- *a", #"["b", "b"]"#), ("a: &x [1, 2]\nb: *x", #"{"a": ["1", "2"], "b": ["1", "2"]}"#),
    ("&a a: *a", #"{"a": "a"}"#), ("- &a\n- *a", "[~, ~]"), ("- &a b\n- &a c\n- *a", #"["b", "c", "c"]"#),
    ("- &x {a: &y b}\n- *y", #"[{"a": "b"}, "b"]"#),
  ])
  func aliasesAreWhatTheyStandFor(text: String, expected: String) throws {
    #expect(try Node.shape(text) == expected)
  }

  struct Merge: Sendable, CustomTestStringConvertible {
    var text: String
    /// As specified: PyYAML, go-yaml, js-yaml.
    var givesWay: String
    /// As Ruby's Psych has it; nil for the same.
    var inOrder: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Merge(text: "<<: {a: 1}", givesWay: #"{"a": "1"}"#),
    Merge(text: "<<: {a: 1}\na: 2", givesWay: #"{"a": "2"}"#),
    Merge(
      text: "a: 1\n<<: {a: 2, b: 3}", givesWay: #"{"a": "1", "b": "3"}"#, inOrder: #"{"a": "2", "b": "3"}"#),
    Merge(
      text: "a: 1\n<<: {a: 2}\nb: 3\n<<: {b: 4, c: 5}", givesWay: #"{"a": "1", "b": "3", "c": "5"}"#,
      inOrder: #"{"a": "2", "b": "4", "c": "5"}"#),
    // The first of several counts.
    Merge(
      text: "<<: [{a: 1}, {a: 2, b: 3}]", givesWay: #"{"a": "1", "b": "3"}"#,
      inOrder: #"{"a": "1", "b": "3"}"#),
    Merge(
      text: "<<: {a: 1}\n<<: {a: 2, c: 3}", givesWay: #"{"a": "1", "c": "3"}"#,
      inOrder: #"{"a": "2", "c": "3"}"#),
    Merge(
      text: "x: &x {a: 1}\ny: &y\n  <<: *x\n  b: 2\nz:\n  <<: *y\n  c: 3",
      givesWay: #"{"x": {"a": "1"}, "y": {"a": "1", "b": "2"}, "z": {"a": "1", "b": "2", "c": "3"}}"#),
    Merge(
      text: "- &x {a: 1}\n- &y {b: 2}\n- <<: [*x, *y]",
      givesWay: #"[{"a": "1"}, {"b": "2"}, {"a": "1", "b": "2"}]"#),
    Merge(text: "!!merge <<: {a: 1}", givesWay: #"{"a": "1"}"#),
    // No merge: a text, or nothing that can be merged.
    Merge(text: "'<<': {a: 1}", givesWay: #"{"<<": {"a": "1"}}"#),
    Merge(text: "!!str <<: {a: 1}", givesWay: #"{"<<": {"a": "1"}}"#),
    Merge(text: "<<: a", givesWay: #"{"<<": "a"}"#), Merge(text: "<<:", givesWay: #"{"<<": ~}"#),
    Merge(text: "<<: [{a: 1}, b]", givesWay: #"{"<<": [{"a": "1"}, "b"]}"#),
    Merge(text: "- <<", givesWay: #"["<<"]"#),
  ])
  func mergeKeysBringTheirKeys(_ merge: Merge) throws {
    #expect(try Node.shape(merge.text) == merge.givesWay)
    if let inOrder = merge.inOrder { #expect(try Node.shape(merge.text, merging: .inOrder) == inOrder) }
    #expect(try Document(merge.text).duplicateKeys.isEmpty)
  }

  /// Among many keys as among few, whichever way they are looked up.
  @Test(arguments: [1, 14, 15, 16, 17, 40])
  func mergesAndDuplicatesAreFoundAmongMany(count: Int) throws {
    let keys = (0..<count).map { "k\($0): \($0)\n" }.joined()
    let text = keys + "k0: again\n<<: {k\(count - 1): merged, m: new}\nm: own\n"
    let document = try Document(text)
    let root = try #require(document.root?.mapping)
    #expect(root.count == count + 1)
    #expect(root["k0"]?.text == "again" && root["m"]?.text == "own")
    #expect(count == 1 || root["k\(count - 1)"]?.text == "\(count - 1)")
    #expect(document.duplicateKeys.map(\.name) == ["k0"])
  }
}
