import DataFormats
import Testing

/// What texts come to, however they are written.
struct TextTests {
  @Test(arguments: [
    // Plain, and what ends it.
    ("a b  c ", #""a b  c""#), ("a#b", #""a#b""#), ("a # b", #""a""#), ("a:b", #""a:b""#),
    ("a\n b\n\n c", #""a b\nc""#), ("http://a.b/c?d=e&f#g", #""http://a.b/c?d=e&f#g""#),
    // Quoted.
    ("'it''s'", #""it's""#), ("'a\\n'", #""a\\n""#), ("'a\n b\n\n c'", #""a b\nc""#), ("' a '", #"" a ""#),
    (#""a\tb\x41\u00e9\U0001F600\e""#, "\"a\tbA\u{E9}\u{1F600}\u{1B}\""), (#""a\/b\\c\"d""#, #""a/b\\c\"d""#),
    ("\"a\\\n  b\"", #""ab""#), ("\"a\n\n  b\"", #""a\nb""#),
    (#""\N\_\L\P""#, "\"\u{85}\u{A0}\u{2028}\u{2029}\""),
    ("''", #""""#), (#""""#, #""""#),
    // Blocks: kept lines and folded ones, with each way to end.
    ("|\n a\n  b\n\n c\n", #""a\n b\n\nc\n""#), ("|-\n a\n\n", #""a""#), ("|+\n a\n\n", #""a\n\n""#),
    (">\n a\n b\n\n c\n  d\n e\n", #""a b\nc\n d\ne\n""#), (">-\n a\n b\n", #""a b""#),
    (">+\n a\n\n", #""a\n\n""#),
    ("|2\n   a\n  b\n", #"" a\nb\n""#), ("|1-\n  a\n", #"" a""#), ("| # why\n a\n", #""a\n""#),
    ("|\n # no comment\n", "\"# no comment\\n\""), ("|\n\n\n", #""""#), ("|+\n\n\n", #""\n\n""#),
    ("|\n", #""""#),
    // Line ends of other systems.
    ("a: b\r\nc: |\r\n  d\r\n  e\r\n", #"{"a": "b", "c": "d\ne\n"}"#),
    ("a: b\rc: d\r", #"{"a": "b", "c": "d"}"#),
    // Nothing.
    ("a:", #"{"a": ~}"#), ("- ~\n-\n- null\n- ''", #"[~, ~, ~, ""]"#), ("---\n", "~"),
    // In braces and brackets.
    ("{a: [b, {c: d}], e, 'f':g, \"h\": }", #"{"a": ["b", {"c": "d"}], "e": ~, "f": "g", "h": ~}"#),
    ("[a: b, ? c : d, ]", #"[{"a": "b"}, {"c": "d"}]"#), ("[]", "[]"), ("{}", "{}"),
    (#"{"a":1,"b":[true,null]}"#, #"{"a": "1", "b": ["true", ~]}"#),
    ("[a,\n  b # c\n  , d]", #"["a", "b", "d"]"#),
    ("{a: b,c: 0.3,4}", #"{"a": "b", "c": "0.3", "4": ~}"#),
    // Keys that are more than a word.
    ("? a\n: b\n? c\n", #"{"a": "b", "c": ~}"#), ("? [a, b]\n: {c: d}\n", #"{["a", "b"]: {"c": "d"}}"#),
    ("? |\n  a\n: b\n", #"{"a\n": "b"}"#), ("?\n: a", #"{~: "a"}"#), ("'a b': c", #"{"a b": "c"}"#),
    // Lists in lists, and lists no deeper than their key.
    ("- - a\n  - b\n- c: d\n  e: f\n", #"[["a", "b"], {"c": "d", "e": "f"}]"#),
    ("a:\n- b\n- c", #"{"a": ["b", "c"]}"#),
    // Directives, and the marks of a document.
    ("%YAML 1.1\n---\na\n...\n", #""a""#), ("%TAG !e! tag:e,2000:\n--- !e!f a\n", #""a""#),
    ("--- a\n", #""a""#),
    ("--- |\n a\n", #""a\n""#),
    // Characters of other alphabets.
    ("제목: 한글 사진\n이모지: 🏖️ e\u{301}", "{\"제목\": \"한글 사진\", \"이모지\": \"🏖️ e\u{301}\"}"),
    // Tabs may stand behind a value and between values, not in front.
    ("a:\tb\t\n", #"{"a": "b"}"#), ("[\ta,\tb\t]", #"["a", "b"]"#),
  ])
  func readsAs(text: String, expected: String) throws {
    #expect(try Node.shape(text) == expected)
  }

  @Test(arguments: ["", " \n\n", "# a\n# b\n", "\u{FEFF}", "\u{FEFF}# a", "\r\n"])
  func aTextWithoutADocumentHasNoRoot(text: String) throws {
    #expect(try Document(text).root?.shape == nil)
  }

  @Test(
    arguments: [
      ("a", .plain), ("'a'", .singleQuoted), ("\"a\"", .doubleQuoted), ("|\n a", .literal),
      (">\n a", .folded),
    ] as [(String, Node.Style)])
  func stylesAreTold(text: String, style: Node.Style) throws {
    #expect(try Document(text).root?.scalar?.style == style)
  }

  @Test(
    arguments: [
      ("a", nil), ("!!str 1", "tag:yaml.org,2002:str"), ("!a b", "!a"),
      ("!<tag:a.b,2000:c> d", "tag:a.b,2000:c"),
      ("%TAG ! tag:a,2000:\n--- !b c", "tag:a,2000:b"), ("&x !a b", "!a"), ("!a &x b", "!a"), ("! a", "!"),
      ("!!python/name:a.b.c", "tag:yaml.org,2002:python/name:a.b.c"), ("!ENV [A, b]", "!ENV"),
      ("!m {a: b}", "!m"),
    ] as [(String, String?)])
  func tagsAreTold(text: String, tag: String?) throws {
    let root = try #require(try Document(text).root)
    #expect((root.scalar?.tag ?? root.sequence?.tag ?? root.mapping?.tag) == tag)
  }
}
