import DataFormats
import Testing

/// What each kind of value reads as.
@Suite struct ValueTests {
  private func value(_ text: String) throws -> TOMLValue.Content? {
    try TOMLTable("a = \(text)\n")["a"]?.content
  }

  @Test(arguments: [
    (#""""#, ""), (#""b""#, "b"), ("''", ""), (#"'b\n'"#, #"b\n"#),
    (#""\b\t\n\f\r\"\\""#, "\u{8}\t\n\u{C}\r\"\\"),
    (#""\u00E9\U0001F600""#, "é😀"), (#""\u0000""#, "\0"), (#""\e\x41""#, "\u{1B}A"), (#""한글 😀""#, "한글 😀"),
    ("\"a\tb\"", "a\tb"), ("\"\"\"\nb\"\"\"", "b"), ("\"\"\"b\nc\n\"\"\"", "b\nc\n"),
    ("\"\"\"\r\nb\r\nc\"\"\"", "b\nc"),
    ("\"\"\"b\\\n   c\"\"\"", "bc"), ("\"\"\"b \\  \r\n \n\t é\"\"\"", "b é"), ("\"\"\"\"b\"\"\"\"", "\"b\""),
    ("\"\"\"b\"\"\"\"\"", "b\"\""), ("\"\"\"\"\"\"", ""), ("'''\n'b'\n'''", "'b'\n"), ("'''b'''''", "b''"),
    ("'''\\'''", "\\"),
  ])
  func strings(text: String, expected: String) throws { #expect(try value(text) == .string(expected)) }

  @Test(
    arguments: [
      ("0", 0), ("+0", 0), ("-0", 0), ("7", 7), ("-17", -17), ("+99", 99), ("1_000_000", 1_000_000),
      ("0xDEAD_beef", 0xDEAD_BEEF),
      ("0o755", 0o755), ("0b1101", 13), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min),
    ] as [(String, Int64)])
  func integers(text: String, expected: Int64) throws { #expect(try value(text) == .integer(expected)) }

  @Test(
    arguments: [
      ("1.0", 1), ("-0.5", -0.5), ("+3.25", 3.25), ("5e+22", 5e22), ("1E6", 1e6), ("-2e-2", -0.02),
      ("6.5e-3", 0.0065),
      ("9_224.5", 9224.5), ("inf", .infinity), ("+inf", .infinity), ("-inf", -.infinity),
    ] as [(String, Double)])
  func floats(text: String, expected: Double) throws { #expect(try value(text) == .float(expected)) }

  @Test(arguments: ["nan", "+nan", "-nan"])
  func noNumbers(text: String) throws { #expect(try TOMLTable("a = \(text)")["a"]?.float?.isNaN == true) }

  @Test(arguments: [("true", true), ("false", false)])
  func booleans(text: String, expected: Bool) throws { #expect(try value(text) == .bool(expected)) }

  @Test(arguments: [
    "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999+09:00",
    "1979-05-27 07:32:00Z",
    "1979-05-27t07:32:00z", "1979-05-27T07:32:00", "1979-05-27T00:32:00.5", "1979-05-27", "07:32:00",
    "00:32:00.999",
    "2000-02-29", "1979-05-27T07:32Z", "07:32",
  ])
  func dates(text: String) throws { #expect(try value(text) == .date(text)) }

  @Test(arguments: [
    ("[]", 0), ("[ 1, 2 ]", 2), ("[1,\n# c ]\n2,\n]", 2), ("[[1], ['b', \"c\"]]", 2),
    ("[1, 2.0, 'c', {}]", 4),
    ("[ [ ], ]", 1),
  ])
  func arrays(text: String, count: Int) throws {
    #expect(try TOMLTable("a = \(text)")["a"]?.array?.count == count)
  }

  @Test(
    arguments: [
      ("{}", []), ("{ b = 1, c.d = 2, \"e f\" = 3 }", ["b", "c", "e f"]),
      ("{\n b = 1, # c\n c = 2,\n}", ["b", "c"]),
    ] as [(String, [String])])
  func inlineTables(text: String, keys: [String]) throws {
    #expect(try TOMLTable("a = \(text)")["a"]?.table?.entries.map(\.key) == keys)
  }
}
