import AssetModel
import Testing

@testable import VariantWorkers

@Suite struct GuardStepTests {
  private let limits = SourceLimits(maxPixels: 1000, maxBytes: 500)

  @Test(arguments: [(500, true), (501, false), (0, true)])
  func bytes(count: Int, isTaken: Bool) {
    let problem = GuardStep.refusal("a.png", bytes: count, limits)
    #expect((problem == nil) == isTaken)
    #expect(problem.map { $0.rule == .tooLarge && $0.file == "a.png" && $0.advice != nil } ?? true)
  }

  @Test(arguments: [
    (100, 10, true), (1001, 1, false), (0, 9, true), (Int.max, 3, false), (Int.max, Int.max, false),
  ])
  func dimensions(width: Int, height: Int, isTaken: Bool) {
    let source = Source(path: "a.png", sha256: "", bytes: 9, format: .png, width: width, height: height)
    #expect((GuardStep.refusal(source, limits) == nil) == isTaken)
  }
}
