import Browser
import Testing

struct ViewportTests {
  @Test(
    arguments: [
      ("412x915@2.625", Viewport.phone), ("1440x900", .laptop), ("820×1180@2", .tablet), ("412x915@0", nil),
      ("x", nil),
      ("412", nil), ("412x915x3", nil), ("-5x900", nil), ("412x915@", nil), ("90000x900@1", nil),
    ] as [(String, Viewport?)])
  func reads(text: String, expected: Viewport?) {
    #expect(Viewport(text) == expected)
    if let expected { #expect(Viewport(expected.description) == expected) }
  }
}
