import AssetModel
import Foundation
import SiteFiles
import SystemResources
import TestSupport
import Testing

@testable import AssetPipeline
@testable import PostRewriter

@Suite struct StagesTests {
  @Test("A command is a list of stages")
  func lists() throws {
    #expect(Stages.inspection.names == ["scan", "inspect"])
    #expect(Stages.plan.names == ["scan", "inspect", "plan"])
    let folder = try TemporaryFolder(["site/a.md": ""])
    let copy = try StagedSite(site: SiteRoot(folder("site")), output: folder("out"))
    #expect(try Stages.staging(copy, copy.survey()).names == ["render", "rewrite", "write"])
    #expect(
      try Stages.staging(copy, copy.survey(), lightensOriginals: true).names
        == ["scripts", "render", "originals", "single files", "rewrite", "write"])
  }

  @Test("No stage begins once the run is stopped, and each that ends is logged")
  func stopped() throws {
    let lines = Shared<[String]>([])
    var pipeline = try Pipeline(
      site: FileManager.default.temporaryDirectory.path, configuration: Configuration(),
      cache: .init(folder: nil))
    pipeline.log = Logger(level: .info) { _, line in lines.withLock { $0.append(line) } }
    let cancellation = Cancellation()
    let context = StageContext(pipeline, cancellation) { _ in }
    let first = Stage("first") { (number: Int, context: StageContext) in
      context.cancellation.raise()
      return number + 1
    } outcome: {
      "gave \($0)"
    }
    let second = Stage("second") { (number: Int, _: StageContext) in
      "\(number)"
    } outcome: {
      $0
    }
    #expect(throws: Cancelled.self) { try first.then(second).run(1, context) }
    let logged = lines.withLock { $0 }
    #expect(logged.count == 1)
    #expect(logged.first?.hasPrefix("first: gave 2 (") == true)
  }
}
