import DataFormats
import Testing

/// What plain texts, quoted ones and tagged ones mean.
struct SchemaTests {
  private func node(_ text: String) throws -> Node {
    try #require(try Document("a: " + text).root?["a"])
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("12", 12), ("+12", 12), ("-7", -7), ("1_000_000", 1_000_000), ("0x1F", 31),
      ("0xff", 255),
      ("-0x10", -16), ("0o17", 15), ("017", 15), ("0b101", 5), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("!!int '5'", 5), ("!!int 5", 5),
      ("9223372036854775808", nil), ("08", nil), ("0x", nil), ("0xG", nil), ("0o8", nil), ("0b2", nil),
      ("1.0", nil),
      ("1e3", nil), ("--1", nil), ("+-1", nil), ("'5'", nil), ("\"5\"", nil), ("!!str 5", nil),
      ("!n 5", nil),
      ("", nil), ("~", nil), ("a", nil), ("5 a", nil), ("1:30", nil), ("٣", nil), ("[5]", nil), ("0x-1", nil),
      ("1,000", nil),
    ] as [(String, Int?)])
  func wholeNumbers(text: String, expected: Int?) throws { #expect(try node(text).int == expected) }

  @Test(
    arguments: [
      ("1", 1), ("1.5", 1.5), ("-1.5e3", -1_500), ("1e3", 1_000), (".5", 0.5), ("+.5", 0.5),
      ("1_000.5", 1_000.5),
      ("0x1F", 31), ("0o17", 15), (".inf", .infinity), ("+.INF", .infinity), ("-.Inf", -.infinity), ("08", 8),
      ("!!float '2'", 2), ("1e400", .infinity),
      ("inf", nil), ("nan", nil), ("infinity", nil), ("1.5.2", nil), ("e", nil), ("1e", nil), (".", nil),
      ("+", nil),
      ("0x1p3", nil), ("'1.5'", nil), ("!!str 1.5", nil), ("", nil), ("a", nil), ("1 2", nil),
    ] as [(String, Double?)])
  func numbers(text: String, expected: Double?) throws { #expect(try node(text).double == expected) }

  @Test func notANumberIsOne() throws { #expect(try node(".NaN").double?.isNaN == true) }

  @Test(
    arguments: [
      ("true", true), ("True", true), ("yes", true), ("YES", true), ("on", true), ("'true'", true),
      ("false", false),
      ("no", false), ("Off", false), ("\"no\"", false), ("y", nil), ("n", nil), ("1", nil), ("", nil),
      ("~", nil),
      ("[true]", nil), ("!!bool yes", true),
    ] as [(String, Bool?)])
  func yesAndNo(text: String, expected: Bool?) throws { #expect(try node(text).bool == expected) }

  @Test(
    arguments: [
      ("", nil), ("~", nil), ("null", nil), ("Null", nil), ("NULL", nil), ("!!null x", "x"),
      ("!!null ''", nil),
      ("''", ""), ("'~'", "~"), ("\"null\"", "null"), ("!!str ~", "~"), ("!!str", ""), ("!a", ""),
      ("nULL", "nULL"),
      ("a", "a"), ("1", "1"), ("[a]", nil), ("{a: b}", nil), ("|\n  null", "null"),
    ] as [(String, String?)])
  func textsAndNothing(text: String, expected: String?) throws {
    let node = try node(text)
    #expect(node.text == expected)
    #expect(node.isNull == (expected == nil && node.scalar != nil))
  }

  @Test func listsOfTexts() throws {
    #expect(try node("[a, ~, '', 1, [b], {c: d}]").texts == ["a", "", "1"])
    #expect(try node("a").texts == nil)
  }

  @Test func keysAreLookedUp() throws {
    let node = try node("{b: {c: 1}, ~: 2}")
    #expect(node["b"]?["c"]?.int == 1)
    #expect(node["~"]?.int == 2)
    #expect(node["x"] == nil && node["b"]?["c"]?["d"] == nil)
  }
}
