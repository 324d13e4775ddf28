import AssetModel
import TestSupport
import Testing

@testable import PostScanner

/// reStructuredText's `include` in what is set in: docutils puts the file's lines there with the same indent.
@Suite struct IndentedIncludeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var page: String
    var parts: [String: String]
    /// The file and the line of each reference, and what it leads to.
    var expected: [String]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "in a note, with an option",
      page: "A\n=\n\n.. note::\n\n   .. include:: p.inc\n      :start-line: 1\n\n   .. image:: y.png\n",
      parts: ["p.inc": ".. image:: z.png\n\n.. image:: x.png\n   :alt: a\n"],
      expected: ["p.inc:3 x.png", "index.rst:9 y.png"]),
    Case(
      testDescription: "in a list, with text around it",
      page: "A\n=\n\n* One.\n\n  .. include:: p.inc\n\n* Two.\n\n  .. image:: y.png\n",
      parts: ["p.inc": "Text.\n\n.. figure:: x.png\n\n   A caption.\n"],
      expected: ["p.inc:3 x.png", "index.rst:10 y.png"]),
    Case(
      testDescription: "one that takes in another, each set in, without a line end",
      page: "A\n=\n\n.. note::\n\n   .. include:: p.inc\n\nText.\n",
      parts: [
        "p.inc": ".. tip::\n\n   .. include:: q.inc\n\n.. image:: y.png", "q.inc": ".. image:: x.png",
      ],
      expected: ["q.inc:1 x.png", "p.inc:5 y.png"]),
    Case(
      testDescription: "in a listing, where it is text",
      page: "A\n=\n\nSo::\n\n   .. include:: p.inc\n\n.. image:: y.png\n",
      parts: ["p.inc": "Text.\n\n.. image:: x.png\n"], expected: ["index.rst:8 y.png"]),
    Case(
      testDescription: "twice, and none of its options behind it",
      page: "A\n=\n\n.. note::\n\n   .. include:: p.inc\n   :literal: text\n\n.. include:: p.inc\n",
      parts: ["p.inc": ".. image:: x.png\n"], expected: ["p.inc:1 x.png", "p.inc:1 x.png"]),
  ]

  @Test(arguments: cases)
  func isReadAsPartOfThePage(_ example: Case) throws {
    let files = [
      "conf.py": "extensions = []\n", "index.rst": example.page, "x.png": "", "y.png": "", "z.png": "",
    ]
    let result = try TemporaryFolder(files.merging(example.parts) { $1 }).scan()
    let references = result.references.map {
      "\($0.writtenIn):\($0.line) \($0.source ?? $0.status.rawValue)"
    }
    #expect(references == example.expected)
  }

  /// A page may take in one line of a large file again and again, and a file with very many images.
  @Test func whatIsLookedThroughHasABound() throws {
    let large = String(repeating: "Text of a line.\n", count: 200_000) + ".. image:: x.png\n"
    let page = "A\n=\n\n" + String(repeating: ".. include:: p.inc\n   :end-line: 1\n\n", count: 3_000)
    let many = String(repeating: ".. image:: x.png\n\n", count: 20_000)
    let files = [
      "conf.py": "extensions = []\n", "index.rst": page, "p.inc": large, "many.rst": ".. include:: q.inc\n",
      "q.inc": many, "x.png": "",
    ]
    let result = try TemporaryFolder(files).scan()
    #expect(result.references.count { $0.post == "many.rst" } == 20_000)
    #expect(result.references.last { $0.post == "many.rst" }?.line == 39_999)
  }

  @Test(arguments: [
    ("hash#1.jpg", "assets/hash#1.jpg", "#", "%23"), ("/assets/a?b.jpg", "assets/a?b.jpg", "?", "%3F"),
    ("hash%20x#1.jpg", "assets/hash x#1.jpg", "#", "%23"),
  ])
  func aSignThatEndsAPathIsNamed(_ url: String, _ file: String, _ sign: String, _ written: String) throws {
    let prefix = url.hasPrefix("/") ? "" : "/assets/"
    let references = try imagesOfPost("![a](\(prefix)\(url))\n", files: [file])
    #expect(references.map(\.status) == [.missing])
    #expect(
      references.first?.reason
        == "the URL's path ends in front of \(sign), and names no file (\(file) is there: write \(written) for \(sign) in its name)"
    )
    let rest = try imagesOfPost("![a](/assets/gone.jpg#x)\n![a](/assets/x.png#1.jpg)\n")
    #expect(rest.map(\.status) == [.missing, .local])
    #expect(rest.first?.reason?.contains("names no file") == true)
  }
}
