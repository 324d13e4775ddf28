import Dispatch
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import VariantWorkers

/// Pictures of every kind on their way through the pipeline: inspected, planned, rendered, and looked at.
struct DrawnPictureTests {
  @Test(arguments: DrawnPicture.all.indices) func getsItsTreatment(_ index: Int) throws {
    let picture = DrawnPicture.all[index]
    let site = try TestSite()
    try FileAccess.write(picture.data(), to: site.root.absolute(picture.fixture.file))
    let outcome = FixtureRun(fixture: picture.fixture, root: site.root, output: site.output).outcome()
    #expect(outcome.findings == [], "\(picture.fixture.file)")
    let treatment = try #require(outcome.treatment, "\(picture.fixture.file) is not found")
    #expect(picture.fixture.allowed.contains(treatment), "\(picture.fixture.file): \(treatment)")
  }
}
