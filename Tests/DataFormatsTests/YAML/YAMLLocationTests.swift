import DataFormats
import Testing

/// Where nodes stand: lines, columns, bytes.
struct YAMLLocationTests {
  /// The node at a path of keys and positions.
  private func node(_ path: String, in text: String) throws -> Node {
    var node = try #require(try Document(text).root)
    for key in path.split(separator: ".") {
      let next = Int(key).map { position in node.sequence?[position] } ?? node[String(key)]
      node = try #require(next, "\(path) in \(text)")
    }
    return node
  }

  private func text(_ bytes: Range<Int>, of text: String) -> String {
    String(decoding: Array(text.utf8)[bytes], as: UTF8.self)
  }

  @Test(arguments: [
    ("", "a", 1, 1, "a"), ("a", "a: b c # d", 1, 4, "b c"), ("a", "\n\na:\n   'b'", 4, 4, "'b'"),
    ("0", "[\"a\\x41\", b]", 1, 2, "\"a\\x41\""), ("1", "[\"a\\x41\", b]", 1, 11, "b"),
    // Characters of two, three and four bytes.
    ("제목", "é: 가\n제목: 🏖️나\n", 2, 5, "🏖️나"), ("b", "{a: 🏖, b: 나}", 1, 11, "나"),
    ("b", "# 한글 주석\n\na: ünï\nb: c", 4, 4, "c"),
    // Line ends: CRLF is one, and U+0085, U+2028 and U+2029 are some.
    ("b", "a: 가\r\nb: c\r\n", 2, 4, "c"), ("b", "a: 1\rb: c", 2, 4, "c"), ("b", "a: 1\u{85}b: c", 2, 4, "c"),
    ("b", "a: 1\u{2028}b: c", 2, 4, "c"), ("b", "a: 1\u{2029}b: 다", 2, 4, "다"),
    // Anchors and tags are part of the place.
    ("a", "a: &b !c d", 1, 4, "&b !c d"), ("a", "a: !!str\n  d", 1, 4, "!!str\n  d"),
    // An alias stands where its node does.
    ("b", "a: &x 가나\nb: *x", 1, 4, "&x 가나"),
    // A byte order mark counts for nothing.
    ("a", "\u{FEFF}a: b", 1, 4, "b"), ("b", "\u{FEFF}a: 1\nb: c", 2, 4, "c"),
    // Values that are not there.
    ("a", "a:\nb: 1", 1, 3, ""), ("a", "a: &x\nb: 1", 1, 4, "&x"),
    // Lists and mappings.
    ("a", "a: [b, 다]\n", 1, 4, "[b, 다]"), ("가", "가: {b: c} # d", 1, 4, "{b: c}"),
  ])
  func nodesStandWhereTheyAreWritten(
    path: String, text: String, line: Int, column: Int, written: String
  ) throws {
    let location = try node(path, in: text).location
    #expect(location.line == line && location.column == column)
    #expect(self.text(location.bytes, of: text) == written)
  }

  @Test func blocksBeginAtTheirSign() throws {
    let text = "a: |\n  가\n  나\nb: >- # c\n  d\nc: 1"
    let literal = try node("a", in: text).location
    #expect(self.text(literal.bytes, of: text).hasPrefix("|\n  가\n  나"))
    let folded = try node("b", in: text).location
    #expect(folded.line == 4 && self.text(folded.bytes, of: text).hasPrefix(">- # c\n  d"))
  }

  @Test func aBlockMappingBeginsAtItsFirstKey() throws {
    let location = try node("a", in: "a:\n  나: 1\n  b: 2\nc: 3").location
    #expect(location.line == 2 && location.column == 3 && location.bytes.lowerBound == 5)
  }

  @Test func bytesOfASliceAreThoseOfTheWhole() throws {
    let file = Array("---\n제목: 'a b'\n---\n".utf8)
    let root = try Document(utf8: file[4..<file.count - 4]).root
    let scalar = try #require(root?["제목"]?.scalar)
    #expect(scalar.location.line == 1)
    #expect(String(decoding: file[scalar.location.bytes], as: UTF8.self) == "'a b'")
    #expect(scalar.bytes(of: "a b", in: file).map { file[$0].elementsEqual("a b".utf8) } == true)
  }

  /// Without line, what is looked for is the trimmed text; `nil` where it does not stand as it reads.
  @Test(
    arguments: [
      ("a.png", 0), ("  a.png", 2), ("'a.png'", 1), ("\"a.png\"", 1), ("' a.png '", 2), ("\"\n a.png\"", 3),
      ("&x a.png", 3), ("!!str a.png", 6), ("!t &x 'a.png'", 7), ("&x !t\n  \"a.png\"", 9),
      ("&x # a.png\n  a.png", 13),
      ("! a.png", 2), (">-\n  a.png", 5), ("|\n\n  a.png\n", 5), ("| # a.png\n  a.png", 12),
      ("&x >-\n  a.png\n", 8),
      ("가.png", 0), ("\"\u{FEFF}\\\"a.png\"", nil), ("\"a\\x2epng\"", nil), ("a\n  b.png", nil),
      ("'it''s.png'", nil),
      (">\n  a\n  b.png", nil), ("\"\\u0020a.png\"", nil), ("", nil), ("&x", nil),
      ("&x 'it''s.png' # it's.png", nil),
    ] as [(String, Int?)])
  func theBytesOfAValueAreFoundWhereTheyStandAsTheyRead(written: String, offset: Int?) throws {
    for front in ["", "제목: 🏖️\n# b\n"] {
      let text = front + "a: " + written + "\nz: a.png"
      let scalar = try #require(try Document(text).root?["a"]?.scalar)
      let value = scalar.string.trimmedOfBlanks
      let range = scalar.bytes(of: value, in: Array(text.utf8))
      let start = offset.map { front.utf8.count + 3 + $0 }
      #expect(range == start.map { $0..<$0 + value.utf8.count }, "\(text)")
    }
  }
}

extension String {
  /// Without spaces and line ends around it.
  fileprivate var trimmedOfBlanks: String {
    var text = self[...]
    while let first = text.first, first == " " || first == "\n" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\n" { text.removeLast() }
    return String(text)
  }
}
