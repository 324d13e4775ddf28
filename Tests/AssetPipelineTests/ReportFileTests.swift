import Foundation
import SiteFiles
import SizeBudget
import Testing
import TestSupport

@testable import AssetPipeline

@Suite struct ReportFileTests {
  private let scratch: TemporaryFolder
  private var folder: String { scratch.path }

  init() throws {
    scratch = try TemporaryFolder([
      "old.html": SiteReport.signature + "<title>", "page.html": "<!doctype html>\n<html>", "empty.html": "",
    ])
    try FileAccess.makeFolder(scratch("site/_drafts"))
    try FileAccess.makeFolder(scratch("folder.html"))
    try scratch.link("link.html", to: scratch("old.html"))
  }

  @Test(
    arguments: [
      ("new.html", true), ("NEW.HTM", true), ("deep/er/new.html", true), ("old.html", true),
      ("page.html", false), ("empty.html", false), ("folder.html", false), ("link.html", false),
      ("post.md", false),
      ("image.png", false), ("report", false), (".html", false),
    ])
  func writesReportsAlone(name: String, isAllowed: Bool) throws {
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
    #expect((try ReportFile(folder + "/" + name).warning(site: folder + "/site") != nil) == warns)
  }
}
