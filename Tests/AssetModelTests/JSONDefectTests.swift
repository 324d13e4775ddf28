import AssetModel
import Foundation
import Testing

/// What is wrong with a file of JSON is said in words of ours, with its place.
@Suite struct JSONDefectTests {
  private struct File: Decodable {
    struct Entry: Decodable {
      var path: String
      var bytes: Int?
    }
    var version: Int
    var posts: [Entry]
    var names: [String: Bool]?
  }

  static let cases: [(String, String)] = [
    ("", "1:1 the file ends too early"),
    ("{", "1:2 the file ends too early"),
    ("{\"version\": 1", "1:14 the file ends too early"),
    ("{\"version\": \"x", "1:15 the file ends too early"),
    ("{\n  \"é\": 1\n  \"posts\": []}", "3:3 a comma is missing"),
    ("{\"version\" 1}", "1:12 a colon is missing"),
    ("{\"version\": 1,}", "1:15 a name in quotes is missing"),
    ("{\"version\": }", "1:13 a value is missing"),
    ("[1, x]", "1:5 a value is missing"),
    ("[1}", "1:3 a comma is missing"),
    ("{\"version\": \"a\n\"}", "1:15 a line ends in a text"),
    ("{\"version\": 1, \"posts\": []} x", "1:29 there is more behind the end"),
    ("{}", "the file has no version"),
    ("[]", "the file is not an object"),
    ("{\"version\": \"1\", \"posts\": []}", "version is not a whole number"),
    ("{\"version\": 1, \"posts\": {}}", "posts is not a list"),
    ("{\"version\": 1, \"posts\": [{\"path\": \"a\"}, {}]}", "posts, entry 2 has no path"),
    ("{\"version\": 1, \"posts\": [{\"path\": 3}]}", "posts, entry 1, path is not a text"),
    ("{\"version\": 1, \"posts\": [], \"names\": {\"a\": 1}}", "names, a is not true or false"),
    (String(repeating: "[", count: 2_000_000), "1:2000001 the file ends too early"),
  ]

  @Test(arguments: cases)
  func isToldInOurWords(_ text: String, _ expected: String) {
    let json = Data(text.utf8)
    let error = #expect(throws: (any Error).self) { try JSONDecoder().decode(File.self, from: json) }
    guard let error else { return }
    let defect = JSONDefect(error, in: json)
    let position = defect.line.map { "\($0):\(defect.column ?? 0) " } ?? ""
    #expect(position + defect.message == expected)
  }

  @Test func textThatIsSoundIsNoFault() throws {
    let text = "\u{FEFF}{\"a\": [1, -2.5e3, true, null, \"\\\"\\u00e9\", {}, []],\r\n\t\"b\": {\"c\": []}}\n"
    let json = Data(text.utf8)
    let error = #expect(throws: (any Error).self) { try JSONDecoder().decode(File.self, from: json) }
    #expect(try JSONDefect(#require(error), in: json).line == nil)
  }
}
