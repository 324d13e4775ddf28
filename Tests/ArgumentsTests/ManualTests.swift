import Testing

@testable import Arguments

@Suite struct ManualTests {
  private static let text = Manual(Bakery.program, date: "November 28, 2026").text

  @Test("The manual tells what help tells, and nothing that is hidden")
  func content() {
    for line in [
      ".Dd November 28, 2026", ".Dt BAKERY 1", ".Nm bakery", ".Nd Bakes", ".Op Ic bake",
      ".Ic \"stock count\"",
      ".Ss bake", ".It Fl \\-oven Ar oven", ".It Fl m , Fl \\-minutes Ar number",
      ".It Fl \\-seed Ar kind ...",
      "Which shape.", "(default: the baker\\(aqs mood) (values: round, long, braided)", ".It 1",
      "burnt, which happens when nobody looks after the oven",
      "bakery rye.dough \\-\\-oven big", ".Sh EXIT STATUS",
    ] {
      #expect(Self.text.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    #expect(!Self.text.contains("secret"))
  }

  private static let dates: [(String?, String)] = [
    ("0", "January 1, 1970"), ("1795824000", "November 28, 2026"), ("-1", "December 31, 1969"),
    ("999999999999999999", ""),
  ]

  @Test("The date is what SOURCE_DATE_EPOCH says", arguments: dates)
  func date(seconds: String?, expected: String) {
    #expect(ManualDate.text(seconds) == expected)
  }

  @Test("A text that looks like a request is text")
  func escapes() {
    var page = Mdoc()
    page.paragraph(".Sh it's a \\ - trap. It `is`.")
    page.macro("It", Mdoc.word("a \"b\""), Mdoc.word(""), Mdoc.word("."))
    #expect(
      page.text == #"""
        \&.Sh it\(aqs a \e \- trap.
        It \(gais\(ga.
        .It "a ""b""" "" "."

        """#)
  }

  @Test(
    "mandoc has nothing to say about it",
    .enabled(if: ShellRun.find("mandoc") != nil, "mandoc is not installed"))
  func mandoc() throws {
    #expect(
      try ShellRun.run("mandoc", ["-Tlint"], input: Self.text) == ShellRun.Result(status: 0, output: ""))
  }

  @Test(
    "groff has nothing to say about it", .enabled(if: ShellRun.find("groff") != nil, "groff is not installed")
  )
  func groff() throws {
    let result = try ShellRun.run("groff", ["-mandoc", "-ww", "-z"], input: Self.text)
    #expect(result == ShellRun.Result(status: 0, output: ""))
  }
}
