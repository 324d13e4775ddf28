import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetPipeline

@Suite struct LayoutsSectionTests {
  private static var layouts: MeasuredLayouts {
    var layouts = MeasuredLayouts()
    var list = MeasuredLayouts.Rule()
    list.layout = "post"
    list.images = ["assets/a b.png", "assets/바다, (1): \"x\".png", "assets/c.png"]
    list.slot = .filled(SlotWidths(pieces: [.init(from: 0, slope: 0.5, offset: 0)]))
    var own = MeasuredLayouts.Rule()
    own.selector = "img.icon"
    own.slot = .own
    var plain = MeasuredLayouts.Rule()
    plain.layout = "post"
    plain.slot = SlotWidths(text: "(min-width: 736px) 696px, calc(100vw - 40px)").map { .upTo($0) }
    (plain.markup, plain.hints) = (.srcset, false)
    var none = MeasuredLayouts.Rule()
    (none.layout, none.largest) = ("", [])
    var largest = MeasuredLayouts.Rule()
    (largest.glob, largest.largest) = ("_posts/2026-01-01-true.md", ["none", "no", "assets/c.png"])
    layouts.rules = [list, own, plain, none, largest]
    return layouts
  }

  private static let section = LayoutsSection.text(layouts, origin: "in Chrome/1 at 360 px")

  @Test func readsAsItIsWritten() throws {
    let read = try Configuration(yaml: Self.section, file: "c.yml").layouts
    #expect(read == Self.layouts)
    #expect(Self.section.contains("    sizes: \"(min-width: 736px) 696px, calc(100vw - 40px)\"\n"))
  }

  /// What stands before and after the section, with `@` in its place; the file before; the file after.
  @Test(arguments: [
    ("", "@"),
    ("quality: high\n", "quality: high\n\n@"),
    ("quality: high", "quality: high\n\n@"),
    ("# mine\n\n", "# mine\n\n@"),
    ("layouts: []\nquality: high\n", "@quality: high\n"),
    (
      "a: 1 # x\nlayouts:\n  - {layout: post}\n  # theirs\n\n# next\nb: 2\n",
      "a: 1 # x\n@\n# next\nb: 2\n"
    ),
    ("layouts:\n- layout: post\n  hints: true\nb: 2", "@b: 2"),
    ("b: 2\nlayouts: []", "b: 2\n@-"),
  ])
  func keepsEverythingElse(before: String, after: String) {
    for end in ["\n", "\r\n"] where end == "\n" || before.contains("\n") {
      var section = Self.section
      if after.hasSuffix("@-") { section.removeLast() }
      let expected = after.replacing("@-", with: "@").replacing("@", with: section).replacing("\n", with: end)
      let file = before.replacing("\n", with: end)
      let text = LayoutsSection.inserting(Self.section, into: file)
      #expect(text == expected)
      // A second time replaces the first one's section, and its comment with it.
      #expect(LayoutsSection.inserting(Self.section, into: text) == text)
    }
  }

  @Test func neverWritesWhatCannotBeRead() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.path
    var options = Calibrator.Options()
    options.file = folder + "/c.yml"
    let calibrator = Calibrator(site: folder, configuration: Configuration(), options: options)
    var report = CalibrationReport(site: folder, file: calibrator.file, browser: "Chrome/1", widths: [360])
    report.layouts = Self.layouts
    try FileAccess.write(Data("{quality: high}\n".utf8), to: calibrator.file)
    #expect(throws: ConfigurationError.self) { try calibrator.write(report) }
    #expect(try FileAccess.read(calibrator.file) == Data("{quality: high}\n".utf8))
    try FileAccess.write(Data("quality: high\n".utf8), to: calibrator.file, mode: 0o600)
    try calibrator.write(report)
    #expect(FileAccess.mode(of: calibrator.file) == 0o600)
    let configuration = try Configuration(site: folder, file: calibrator.file)
    #expect(configuration.layouts == Self.layouts)
    #expect(configuration.layouts.markup == .srcset)
  }

  @Test(arguments: [
    "layouts: [{layout: post, sizes: 50em}]", "layouts: [{layout: post, siezs: 50vw}]",
    "layouts: [{selector: main img:hover, sizes: 50vw}]", "layouts: [{markup: auto}]",
  ])
  func refuses(yaml: String) {
    #expect(throws: ConfigurationError.self) { try Configuration(yaml: yaml, file: "c.yml") }
  }
}
