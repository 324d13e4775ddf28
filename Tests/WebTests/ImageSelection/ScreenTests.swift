import Testing
import Web

struct ScreenTests {
  @Test(
    arguments: [
      ("412x915@2.625", Screen.phone), ("1440x900", .laptop), ("820×1180@2", .tablet), ("412x915@0", nil),
      ("x", nil), ("412", nil), ("412x915x3", nil), ("-5x900", nil), ("412x915@", nil), ("90000x900@1", nil),
      ("412x915@nan", nil), ("412x915@inf", nil),
    ] as [(String, Screen?)])
  func reads(text: String, expected: Screen?) {
    #expect(Screen(text, name: expected?.name) == expected)
    if let expected { #expect(Screen(expected.description, name: expected.name) == expected) }
  }

  @Test func isCalledByItsSizeWhereItHasNoName() {
    #expect(Screen("1440x900")?.name == "1440x900@1")
    #expect(Screen(width: 412, height: 915, density: 2.625).name == "412x915@2.625")
  }
}
