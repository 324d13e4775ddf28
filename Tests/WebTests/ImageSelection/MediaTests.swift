import Testing

@testable import Web

/// Media queries on two screens, as browsers answer them where nobody chose otherwise.
struct MediaTests {
  static let phone = Screen.phone
  static let desktop = Screen(width: 1_920, height: 1_080, density: 1)

  struct Case: Sendable, CustomTestStringConvertible {
    var query: String
    var phone: Bool
    var desktop: Bool
    var testDescription: String { query }

    init(_ query: String, phone: Bool, desktop: Bool) {
      (self.query, self.phone, self.desktop) = (query, phone, desktop)
    }
  }

  @Test(arguments: [
    Case("", phone: true, desktop: true), Case("all", phone: true, desktop: true),
    Case("screen", phone: true, desktop: true), Case("print", phone: false, desktop: false),
    Case("not print", phone: true, desktop: true), Case("only screen", phone: true, desktop: true),
    Case("speech", phone: false, desktop: false),
    // Widths: at the limit both hold.
    Case("(max-width: 600px)", phone: true, desktop: false),
    Case("(min-width: 412px)", phone: true, desktop: true),
    Case("(max-width: 412px)", phone: true, desktop: false),
    Case("(width: 412px)", phone: true, desktop: false),
    Case("(min-width: 40em)", phone: false, desktop: true),
    Case("(min-width: 40rem)", phone: false, desktop: true),
    Case("(width >= 600px)", phone: false, desktop: true),
    Case("(600px > width)", phone: true, desktop: false),
    Case("(400px <= width < 500px)", phone: true, desktop: false),
    Case("(400px < width > 500px)", phone: false, desktop: false),
    Case("(min-height: 1000px)", phone: false, desktop: true),
    Case("(min-width: calc(20em + 100px))", phone: false, desktop: true),
    // Other features.
    Case("(orientation: portrait)", phone: true, desktop: false),
    Case("(min-aspect-ratio: 16/9)", phone: false, desktop: true),
    Case("(min-resolution: 2dppx)", phone: true, desktop: false),
    Case("(min-resolution: 192dpi)", phone: true, desktop: false),
    Case("(-webkit-min-device-pixel-ratio: 1.5)", phone: true, desktop: false),
    Case("(prefers-color-scheme: dark)", phone: false, desktop: false),
    Case("(prefers-color-scheme: light)", phone: true, desktop: true),
    Case("(color)", phone: true, desktop: true), Case("(monochrome)", phone: false, desktop: false),
    Case("(orientation)", phone: true, desktop: true),
    Case("(prefers-reduced-motion)", phone: false, desktop: false),
    Case("not (prefers-reduced-motion)", phone: true, desktop: true),
    Case("(min-width: 1e3px)", phone: false, desktop: true),
    Case("(WIDTH: 412PX)", phone: true, desktop: false),
    // Logic.
    Case("screen and (max-width: 600px)", phone: true, desktop: false),
    Case("not screen and (max-width: 600px)", phone: false, desktop: true),
    Case("(max-width: 600px), print", phone: true, desktop: false),
    Case("print, (min-width: 600px)", phone: false, desktop: true),
    Case("(min-width: 300px) and (max-width: 600px)", phone: true, desktop: false),
    Case("(max-width: 600px) or (min-width: 1900px)", phone: true, desktop: true),
    Case("not (max-width: 600px)", phone: false, desktop: true),
    Case(
      "((max-width: 600px) and (min-width: 300px)) or (min-width: 1900px)", phone: true,
      desktop: true),
    // What is unknown matches nothing, nor does its negation.
    Case("(min-width: 10foo)", phone: false, desktop: false),
    Case("(no-such-feature)", phone: false, desktop: false),
    Case("not (no-such-feature)", phone: false, desktop: false),
    Case("(no-such-feature) or (max-width: 600px)", phone: true, desktop: false),
    Case("(max-width: 600px) and (min-width: 1px) or (color)", phone: false, desktop: false),
    Case("screen or (color)", phone: false, desktop: false),
    Case("and", phone: false, desktop: false),
    Case("(max-width: 600px", phone: true, desktop: false), Case(",", phone: false, desktop: false),
  ])
  func aListOfQueries(_ one: Case) {
    #expect(MediaQueryList(one.query).matches(Self.phone) == one.phone)
    #expect(MediaQueryList(one.query).matches(Self.desktop) == one.desktop)
  }

  /// The same queries in windows of 400 and of 1200 pixels of which nothing else is known.
  @Test(
    arguments: [
      ("(max-width: 600px)", .yes, .no), ("(min-width: 600px)", .no, .yes),
      ("(min-width: 40em)", .no, .yes),
      ("(min-width: 25rem)", .yes, .yes), ("(width < 400px)", .no, .no),
      ("(width <= 400px)", .yes, .no),
      ("(300px <= width <= 500px)", .yes, .no), ("(1200px > width)", .yes, .no),
      ("screen and (min-width: 600px)", .no, .yes), ("print", .no, .no), ("not print", .yes, .yes),
      ("not all and (min-width: 600px)", .yes, .no), ("print, (max-width: 600px)", .yes, .no),
      ("(min-width: 100px) and (max-width: 600px)", .yes, .no), ("all", .yes, .yes),
      ("(min-width: 1000px) or (max-width: 600px)", .yes, .yes),
      ("(orientation: portrait)", .maybe, .maybe), ("(hover) and (min-width: 600px)", .no, .maybe),
      ("(max-device-width: 600px)", .maybe, .maybe), ("(color)", .maybe, .maybe),
      // What is not CSS yet, or never will be.
      ("(min-width: $wide)", .maybe, .maybe), ("#{$print}", .maybe, .maybe),
      ("screen and #{$wide}", .maybe, .maybe), ("print and #{$wide}", .no, .no),
      ("screen and", .maybe, .maybe),
    ] as [(String, Certainty, Certainty)])
  func aWidthAlone(text: String, narrow: Certainty, wide: Certainty) {
    let list = MediaQueryList(ComponentValue.parse(text, isSass: true))
    #expect(list.holds(in: MediaEnvironment(width: 400)) == narrow)
    #expect(list.holds(in: MediaEnvironment(width: 1_200)) == wide)
  }

  /// The width of an image's slot on the two screens, in CSS pixels.
  @Test(
    arguments: [
      (nil, 412, 1_920), ("", 412, 1_920), ("100vw", 412, 1_920), ("300px", 300, 300),
      ("50vw", 206, 960),
      ("20em", 320, 320), ("calc(100vw - 2rem)", 380, 1_888), ("min(100vw, 700px)", 412, 700),
      ("max(50vw, 300px)", 300, 960), ("clamp(200px, 50vw, 800px)", 206, 800),
      ("(max-width: 600px) 90vw, 700px", 370.8, 700),
      ("(min-width: 600px) 700px, 90vw", 370.8, 700),
      ("(min-width: 600px) 700px", 412, 700),
      ("(min-width: 5000px) 1px, (max-width: 600px) 2px, 3px", 2, 3),
      // What is wrong is passed over, and so is all that has no width or a negative one.
      ("50%, 300px", 300, 300), ("wide, 300px", 300, 300), ("-5px, 300px", 300, 300),
      ("300, 200px", 200, 200), ("1e2px", 100, 100), ("calc(100vw -2rem), 3px", 3, 3), ("20ch", 160, 160),
      ("print 100px, 300px", 300, 300), ("(max-width: 600px) calc(1px, 300px", 412, 1_920),
      // Without a layout that says how wide it is, `auto` says nothing.
      ("auto, 300px", 300, 300), ("0", 0, 0),
    ] as [(String?, Double, Double)])
  func aSlot(sizes: String?, phone: Double, desktop: Double) {
    #expect(abs(SizesAttribute.slot(sizes, on: Self.phone) - phone) < 0.001)
    #expect(abs(SizesAttribute.slot(sizes, on: Self.desktop) - desktop) < 0.001)
  }

  @Test func autoIsTheLayoutsWidth() {
    #expect(SizesAttribute.slot("auto, 300px", on: Self.phone, autoSlot: 222) == 222)
    #expect(SizesAttribute.slot("auto 300px", on: Self.phone, autoSlot: 222) == 412)
  }
}
