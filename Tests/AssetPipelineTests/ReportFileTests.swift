import Foundation
import Reporting
import SiteFiles
import Testing

@testable import AssetPipeline

@Suite struct ReportFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/optimize-assets-tests-\(UUID().uuidString)"
    try FileAccess.makeFolder(folder + "/site/_drafts")
    try FileAccess.makeFolder(folder + "/folder.html")
    try FileAccess.write(Data(SiteReport.signature.utf8) + Data("<title>".utf8), to: folder + "/old.html")
    try FileAccess.write(Data("<!doctype html>\n<html>".utf8), to: folder + "/page.html")
    try FileAccess.write(Data(), to: folder + "/empty.html")
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link.html", withDestinationPath: folder + "/old.html")
  }

  @Test(
    arguments: [
      ("new.html", true), ("NEW.HTM", true), ("deep/er/new.html", true), ("old.html", true),
      ("page.html", false), ("empty.html", false), ("folder.html", false), ("link.html", false),
      ("post.md", false),
      ("image.png", false), ("report", false), (".html", false),
    ])
  func writesReportsAlone(name: String, isAllowed: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    if isAllowed {
      try ReportFile(folder + "/" + name).write(Data("x".utf8))
      #expect(try FileAccess.read(folder + "/" + name) == Data("x".utf8))
    } else {
      #expect(throws: PipelineError.self) { try ReportFile(folder + "/" + name) }
    }
  }

  @Test(
    arguments: [
      ("report.html", false), ("site/report.html", true), ("site/new/report.html", true),
      ("site/_drafts/report.html", false), ("site/.report.html", false),
    ])
  func warnsWhereItMayBePublished(name: String, warns: Bool) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect((try ReportFile(folder + "/" + name).warning(site: folder + "/site") != nil) == warns)
  }
}
