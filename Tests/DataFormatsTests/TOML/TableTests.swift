import DataFormats
import Testing

/// Which tables keys, dotted keys and headers make.
@Suite struct TableTests {
  /// A text and what it reads as, in short.
  struct Case: CustomTestStringConvertible {
    var text: String
    var expected: String
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ expected: String) {
      self.text = text
      self.expected = expected
    }
  }

  static let cases = [
    Case("", "{}"),
    Case("\u{FEFF}", "{}"),
    Case("\u{FEFF}a = 1", "{a 1}"),
    Case("# nothing\n \t\r\n", "{}"),
    Case("a=1\r\nb=2\r\n", "{a 1 b 2}"),
    Case("z = 1\ny = 2\na = 3\n", "{z 1 y 2 a 3}"),
    Case("a-b_C1 = 1\n1 = 2\n- = 3", "{a-b_C1 1 1 2 - 3}"),
    Case("\"\" = 1\n' ' = 2\n\"a\\tb\" = 3\n'한.글' = 4", "{ 1   2 a\tb 3 한.글 4}"),
    Case("a.b = 1\na . 'c' = 2\nd = 3\na.e.f = 4", "{a {b 1 c 2 e {f 4}} d 3}"),
    Case("3.14 = 1\n1.2.3 = 2", "{3 {14 1} 1 {2 {3 2}}}"),
    Case("[a]\nb = 1\n[ c . \"d\" ] # e\nf = 2", "{a {b 1} c {d {f 2}}}"),
    Case("[a.b]\n[a]\nc = 1", "{a {b {} c 1}}"),
    Case("[a]\n[a.b]\nc.d = 1\n[a.b.c.e]", "{a {b {c {d 1 e {}}}}}"),
    Case("[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n[[a.e]]\n[[a.e]]", "{a [{b 1} {c {d 2} e [{} {}]}]}"),
    Case("[a]\nx = 1\n[[b]]\n[a.y]\n[[b]]", "{a {x 1 y {}} b [{} {}]}"),
    Case("a = {b = {c = 1}, d = [{e = 2}]}", "{a {b {c 1} d [{e 2}]}}"),
  ]

  @Test(arguments: cases) func reads(one: Case) throws {
    #expect(try Self.short(TOMLTable(one.text)) == one.expected)
  }

  private static func short(_ table: TOMLTable) -> String {
    "{" + table.entries.map { "\($0.key) \(short($0.value))" }.joined(separator: " ") + "}"
  }

  private static func short(_ value: TOMLValue) -> String {
    switch value.content {
    case .table(let table): short(table)
    case .array(let items): "[" + items.map(short).joined(separator: " ") + "]"
    case .integer(let number): String(number)
    default: "?"
    }
  }
}
