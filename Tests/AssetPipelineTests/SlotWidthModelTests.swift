import AssetModel
import Foundation
import Testing

@testable import AssetPipeline

@Suite struct SlotFitTests {
  /// Slots as stylesheets make them, and the attribute that says the same.
  private static let slots: [(String, @Sendable (Double) -> Double, String)] = [
    ("a column with a margin", { min($0 - 40, 696) }, "(min-width: 736px) 696px, calc(100vw - 40px)"),
    (
      "a part of a grid, from a breakpoint on",
      { $0 < 768 ? $0 - 30 : min($0 * 0.7 - 21, 819) },
      "(min-width: 1200px) 819px, (min-width: 768px) calc(70vw - 21px), calc(100vw - 30px)"
    ),
    ("the whole window", { $0 }, "100vw"),
    ("one width", { _ in 320 }, "320px"),
    (
      "steps, as Bootstrap's containers make them",
      { $0 < 576 ? $0 - 30 : $0 < 768 ? 510 : $0 < 992 ? 690 : $0 < 1200 ? 930 : 1110 },
      "(min-width: 1200px) 1110px, (min-width: 992px) 930px, (min-width: 768px) 690px, (min-width: 576px) 510px, "
        + "calc(100vw - 30px)"
    ),
  ]

  @Test(arguments: slots.indices) func findsThePieces(index: Int) {
    let (name, slot, text) = Self.slots[index]
    var asked = 0
    // A browser's steps of 1/64 of a pixel.
    let widths = SlotWidthModel.widths {
      asked += 1
      return (slot(Double($0)) * 64).rounded(.down) / 64
    }
    #expect(widths.text == text, "\(name)")
    #expect(asked < 150, "\(name): \(asked)")
    for viewport in 320...2600 {
      let (found, right) = (widths.width(at: Double(viewport)), slot(Double(viewport)))
      #expect(abs(found - right) <= 0.01 * right, "\(name) at \(viewport): \(found), not \(right)")
    }
    #expect(SlotWidths(text: text)?.text == text)
  }

  @Test(arguments: [
    "", "auto", "50em", "min(100vw, 600px)", "(max-width: 600px) 100vw, 50vw", "(min-width: 600px) 50vw",
    "(min-width: 600px) 50vw, (min-width: 900px) 20vw, 100vw", "calc(100vw-40px)", "calc(100vw * 2px)",
    "-5px",
    "100vw,", "nanpx",
  ])
  func takesNothingElse(text: String) { #expect(SlotWidths(text: text) == nil) }
}
