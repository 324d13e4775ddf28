import Testing
import Vips

@testable import VariantWorkers

@Suite struct RenderStepsTests {
  @Test(
    "A render decodes, halves, converts colors, crops, resizes, sharpens, orients, encodes, scores and compares"
  )
  func order() {
    let steps = [
      "decode", "alpha", "halve", "color", "crop", "resize", "sharpen", "orient", "encode", "score",
      "compare",
    ]
    #expect(RenderSteps.names == steps)
  }

  @Test("A step gets what the one before it gives, and the first that fails is the last that is run")
  func chain() throws {
    let length = RenderStep("length") { (text: String) throws(VipsError) -> Int in
      guard !text.isEmpty else { throw VipsError(operation: "length", file: "", message: "no text") }
      return text.count
    }
    let half = RenderStep("half") { (number: Int) throws(VipsError) -> Double in
      guard number < 5 else { throw VipsError(operation: "half", file: "", message: "too long") }
      return Double(number) / 2
    }
    let steps = length.then(half)
    #expect(steps.names == ["length", "half"])
    #expect(try steps.run("abc") == 1.5)
    #expect(throws: VipsError(operation: "length", file: "", message: "no text")) { try steps.run("") }
    #expect(throws: VipsError(operation: "half", file: "", message: "too long")) { try steps.run("abcdef") }
  }
}
