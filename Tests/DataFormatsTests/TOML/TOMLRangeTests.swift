import DataFormats
import Testing

/// Where keys and values stand: byte ranges and lines of the file.
@Suite struct TOMLRangeTests {
  /// A text whose value at `path` has the bytes `value`, between whose quotes stand those of `plain`.
  struct Case: CustomTestStringConvertible {
    var text: String
    var path: [String]
    var value: String
    var plain: String?
    var line = 1
    var testDescription: String { text.debugDescription }
  }

  static let cases = [
    Case(text: "a = \"b\"", path: ["a"], value: "\"b\"", plain: "b"),
    Case(text: "a='b'#c", path: ["a"], value: "'b'", plain: "b"),
    Case(text: "a = \"\"", path: ["a"], value: "\"\"", plain: ""),
    Case(text: "a = \" b \"\n", path: ["a"], value: "\" b \"", plain: " b "),
    Case(text: "a = \"\\u0062\"", path: ["a"], value: "\"\\u0062\"", plain: nil),
    Case(text: "a = \"\\\"\"", path: ["a"], value: "\"\\\"\"", plain: nil),
    Case(text: "a = '''b'''", path: ["a"], value: "'''b'''", plain: "b"),
    Case(text: "a = ''''b'''''", path: ["a"], value: "''''b'''''", plain: "'b''"),
    Case(text: "a = ''''''", path: ["a"], value: "''''''", plain: ""),
    Case(text: "a = \"\"\"\nb\nc\"\"\"", path: ["a"], value: "\"\"\"\nb\nc\"\"\"", plain: "b\nc"),
    Case(text: "a = \"\"\"\r\nb\"\"\"\r\n", path: ["a"], value: "\"\"\"\r\nb\"\"\"", plain: "b"),
    Case(text: "a = \"\"\"b\r\nc\"\"\"", path: ["a"], value: "\"\"\"b\r\nc\"\"\"", plain: nil),
    Case(text: "a = \"\"\"b\\\n c\"\"\"", path: ["a"], value: "\"\"\"b\\\n c\"\"\"", plain: nil),
    Case(text: "'한글' = '😀' # 그\r\nb = [1, '글']\r\n", path: ["b", "1"], value: "'글'", plain: "글", line: 2),
    Case(text: "a = ['😀', '한', 'e\u{301}']", path: ["a", "2"], value: "'e\u{301}'", plain: "e\u{301}"),
    Case(text: "\u{FEFF}a = '한'\nb = '글'", path: ["b"], value: "'글'", plain: "글", line: 2),
    Case(text: "\u{FEFF}a = '한'", path: ["a"], value: "'한'", plain: "한"),
    Case(text: "[t]\n[t.u]\na = 1_0\t# c", path: ["t", "u", "a"], value: "1_0", plain: nil, line: 3),
    Case(text: "a = 1979-05-27 07:32:00 # c", path: ["a"], value: "1979-05-27 07:32:00", plain: nil),
    Case(text: "a = 1979-05-27 # c", path: ["a"], value: "1979-05-27", plain: nil),
    Case(text: "a = true", path: ["a"], value: "true", plain: nil),
    Case(text: "a = [\n 1,\n 2\n]\n", path: ["a"], value: "[\n 1,\n 2\n]", plain: nil),
    Case(text: "a = [\n 1,\n 2\n]\n", path: ["a", "1"], value: "2", plain: nil, line: 3),
    Case(text: "a = {b.c = 'd', e = 2}\n", path: ["a"], value: "{b.c = 'd', e = 2}", plain: nil),
    Case(text: "a = {b.c = 'd', e = 2}\n", path: ["a", "b"], value: "b", plain: nil),
    Case(text: "a = {b.c = 'd', e = 2}\n", path: ["a", "b", "c"], value: "'d'", plain: "d"),
    Case(text: "\n[ a . b ]\nc = 1\n", path: ["a", "b"], value: "[ a . b ]", plain: nil, line: 2),
    Case(text: "[[a]]\n[[a]]\nb = 'c'\n", path: ["a", "1", "b"], value: "'c'", plain: "c", line: 3),
  ]

  @Test(arguments: cases) func values(one: Case) throws {
    // As a document, and as a part of a file.
    for above in ["", "+++\r\n한\n"] {
      let file = Array((above + one.text).utf8)
      let table = try TOMLTable(file, above.utf8.count..<file.count)
      let value = try #require(Self.value(table, one.path))
      #expect(String(decoding: file[value.range], as: UTF8.self) == one.value)
      #expect(value.plainRange.map { String(decoding: file[$0], as: UTF8.self) } == one.plain)
      #expect(value.line == one.line + (above.isEmpty ? 0 : 2))
    }
  }

  private static func value(_ table: TOMLTable, _ path: [String]) -> TOMLValue? {
    path.dropFirst().reduce(table[path[0]]) { value, key in
      if let items = value?.array { Int(key).map { items[$0] } } else { value?[key] }
    }
  }

  @Test func keys() throws {
    let text = "\u{FEFF}'한' = 1\r\n\"\\u0061\".b = 2\n[[ c . d ]]\ne={ 'f g' = 1 }"
    var keys: [String] = []
    func collect(_ table: TOMLTable?) {
      for entry in table?.entries ?? [] {
        keys.append(String(decoding: Array(text.utf8)[entry.keyRange], as: UTF8.self))
        collect(entry.value.table ?? entry.value.array?.first?.table)
      }
    }
    collect(try TOMLTable(text))
    #expect(keys == ["'한'", "\"\\u0061\"", "b", "c", "d", "e", "'f g'"])
  }
}
