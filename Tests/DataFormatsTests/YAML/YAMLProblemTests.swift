import DataFormats
import Testing

/// Texts that are no YAML: what is said of them, and of which place.
struct YAMLProblemTests {
  @Test(arguments: [
    ("a: [", "2:1: did not find expected node content (while parsing a flow node)"),
    ("jobs: 2\nwidths: [1,\n", "3:1: did not find expected node content (while parsing a flow node)"),
    ("a: 'b", "1:6: found unexpected end of stream (while scanning a quoted scalar)"),
    ("a: b: c", "1:5: mapping values are not allowed in this context"),
    ("a: 1\n b: 2", "2:3: mapping values are not allowed in this context"),
    ("a: 1\nb\nc: 2", "3:1: could not find expected ':' (while scanning a simple key)"),
    ("- a\nb: c", "2:1: did not find expected '-' indicator (while parsing a block collection)"),
    ("a:\n\tb: c", "2:1: found character that cannot start any token (while scanning for the next token)"),
    ("한글: @a", "1:5: found character that cannot start any token (while scanning for the next token)"),
    ("a: `b`", "1:4: found character that cannot start any token (while scanning for the next token)"),
    ("\"\\q\"", "1:2: found unknown escape character (while parsing a quoted scalar)"),
    ("\"\\ud800\"", "1:4: found invalid Unicode character escape code (while parsing a quoted scalar)"),
    ("{a: b", "2:1: did not find expected ',' or '}' (while parsing a flow mapping)"),
    ("!a!b c", "1:1: found undefined tag handle (while parsing a node)"),
    ("%YAML 2.0\n---\na", "1:1: found incompatible YAML document"),
    ("&a &b c", "1:4: did not find expected <document start>"),
    ("a: *b", "1:4: found undefined alias"), ("&a [*a]", "1:5: found undefined alias"),
    ("a\n---\nb", "2:1: but found another document (expected a single document in the stream)"),
    ("--- 1\n--- 2\n", "2:1: but found another document (expected a single document in the stream)"),
    ("a: 1\n...\n---\nb: 2", "3:1: but found another document (expected a single document in the stream)"),
    ("a: 1\n...\nb: 2", "3:1: did not find expected <document start>"),
    ("%YAML 1.1\n", "2:1: did not find expected <document start>"),
    ("&한글 b", "1:2: did not find expected alphabetic or numeric character (while scanning an anchor)"),
    ("a: \u{1}b", "1:4: control characters are not allowed"),
    ("제목: 1\nb: \u{0}c", "2:4: control characters are not allowed"),
    ("\u{FEFF}a: b: c", "1:5: mapping values are not allowed in this context"),
  ])
  func areNamedWithTheirPlace(text: String, expected: String) {
    let error = #expect(throws: YAMLError.self) { try Document(text) }
    #expect(error?.description == expected)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], "1:2: invalid leading UTF-8 octet"),
      ([0x61, 0x0A, 0x80], "2:1: invalid leading UTF-8 octet"),
      ([0xED, 0x95, 0x9C, 0xC3, 0x28], "1:3: invalid trailing UTF-8 octet"),
      ([0x61, 0xED, 0x95], "1:2: incomplete UTF-8 octet sequence"),
      ([0xC0, 0x80], "1:1: invalid length of a UTF-8 sequence"),
      ([0xED, 0xA0, 0x80], "1:1: invalid Unicode character"),
      ([0xFF, 0xFE, 0x61, 0x00], "1:1: invalid leading UTF-8 octet"),
    ] as [([UInt8], String)])
  func bytesThatAreNoTextAreNamed(bytes: [UInt8], expected: String) {
    let error = #expect(throws: YAMLError.self) { try Document(utf8: bytes[...]) }
    #expect(error?.description == expected)
    #expect(error?.kind == .characters)
  }

  @Test(
    arguments: [
      ("a: [", .syntax), ("a: *b", .undefinedAlias), ("a\n---\nb", .secondDocument), ("\u{1}", .characters),
    ] as [(String, YAMLError.Kind)])
  func kindsAreTold(text: String, kind: YAMLError.Kind) {
    #expect(#expect(throws: YAMLError.self) { try Document(text) }?.kind == kind)
  }

  /// The place in bytes of a slice is that of the whole.
  @Test func aSlicesProblemStandsInTheWhole() {
    let file = Array("---\n한: @\n---\n".utf8)
    let error = #expect(throws: YAMLError.self) { try Document(utf8: file[4..<file.count - 4]) }
    #expect(error?.location.bytes.lowerBound == 9)
    #expect(error?.location.line == 1 && error?.location.column == 4)
  }
}
