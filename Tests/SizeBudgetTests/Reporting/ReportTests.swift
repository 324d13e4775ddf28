import AssetModel
import Foundation
import SizeBudget
import Testing

#if canImport(FoundationXML)
import FoundationXML
import Web
#endif

/// A result whose texts are hard to quote.
private func result(baseline: Baseline? = nil) -> CheckResult {
  let nasty = "a & <b> \"c\", 50 %:\n|x|.jpg"
  var image = PlacedImage(line: 3, column: 5, url: nasty, file: "a.jpg", alt: "x", hasDimensions: false)
  for device in Screen.standard {
    image.downloads[device.name] = Download(file: "a.jpg", bytes: 3_000_000, isInFirstView: true)
  }
  var budget = Budget()
  budget.pageTotals = ["phone": 1_000_000]
  let file = PublishedImage(
    path: "a.jpg", bytes: 3_000_000, format: .png, width: nil, height: nil, digest: "d", pages: [nasty])
  let weight = SiteWeight(
    devices: Screen.standard, pages: [PageWeight(path: "posts/ä, b:1.md", images: [image])], files: [file])
  return CheckResult(weight, budgets: [budget], levels: Diagnostic.Rule.usualLevels, baseline: baseline)
}

private func json(_ format: ReportFormat) throws -> Any {
  try JSONSerialization.jsonObject(with: Data(format.text(result(), prefix: "site/").utf8))
}

struct ReportTests {
  @Test func theTerminalSaysTheSameOnce() throws {
    var twice = result()
    let finding = Diagnostic(
      .warning, .wastedBytes, file: "a.html", line: 3, message: "too wide", advice: "scale it")
    twice.findings = ["a.html", "b.html", "c.html"].map { page in
      var finding = finding
      finding.file = page
      return finding
    }
    twice.findings.append(Diagnostic(.warning, .heavyGIF, file: "b.html", message: "too wide", advice: "x"))
    let lines = try ReportFormat.text.text(twice, prefix: "").split(separator: "\n")
    #expect(lines.count { $0.contains("too wide") } == 2)
    #expect(lines.contains("a.html:3: warning: too wide (scale it) [wasted-bytes], and in 2 more places"))
  }

  @Test func jsonHasAll() throws {
    let top = try #require(try json(.json) as? [String: Any])
    #expect(top["withinBudget"] as? Bool == false)
    #expect((top["findings"] as? [[String: Any]])?.count == result().findings.count)
  }

  /// The properties that the schema of SARIF 2.1.0 requires, and the values it allows.
  @Test func sarifKeepsToItsSchema() throws {
    let top = try #require(try json(.sarif) as? [String: Any])
    #expect(top["version"] as? String == "2.1.0")
    #expect(Set(top.keys) == ["$schema", "version", "runs"])
    let run = try #require((top["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "optimize-assets")
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(Set(rules).count == rules.count)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == result().findings.count)
    for entry in results {
      #expect((entry["message"] as? [String: Any])?["text"] is String)
      #expect(["error", "warning", "note", "none"].contains(entry["level"] as? String))
      let index = try #require(entry["ruleIndex"] as? Int)
      #expect(rules[index] == entry["ruleId"] as? String)
      let location = try #require((entry["locations"] as? [[String: Any]])?.first)
      let place = try #require(location["physicalLocation"] as? [String: Any])
      let uri = try #require((place["artifactLocation"] as? [String: Any])?["uri"] as? String)
      #expect(URL(string: uri)?.scheme == nil && !uri.contains(" "))
      if let region = place["region"] as? [String: Any] {
        #expect((region["startLine"] as? Int ?? 0) >= 1)
      }
    }
  }

  @Test func gitLabKeepsToItsFields() throws {
    let issues = try #require(try json(.gitlab) as? [[String: Any]])
    #expect(issues.count == result().findings.count)
    for issue in issues {
      #expect(Set(issue.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
      #expect(["info", "minor", "major", "critical", "blocker"].contains(issue["severity"] as? String))
      let location = try #require(issue["location"] as? [String: Any])
      #expect((location["path"] as? String)?.hasPrefix("site/") == true)
      #expect(((location["lines"] as? [String: Any])?["begin"] as? Int ?? 0) >= 1)
    }
    let prints = issues.compactMap { $0["fingerprint"] as? String }
    #expect(Set(prints).count == issues.count)
    let again = try #require(try json(.gitlab) as? [[String: Any]])
    #expect(again.compactMap { $0["fingerprint"] as? String } == prints)
  }

  @Test func junitIsXML() throws {
    final class Reader: NSObject, XMLParserDelegate {
      var cases: [String] = []
      var failures = 0
      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
      ) {
        if name == "testcase" { cases.append(attributes["name"] ?? "") }
        if name == "failure" { failures += 1 }
      }
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(try ReportFormat.junit.text(result()).utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.failures == 1)
    #expect(reader.cases.contains("posts/ä, b:1.md"))
  }

  @Test func gitHubCommandsAreLines() throws {
    let lines = try ReportFormat.github.text(result(), prefix: "site/").split(separator: "\n")
    #expect(lines.count == result().findings.count)
    for line in lines {
      #expect(line.wholeMatch(of: /::(error|warning|notice) [^:]*::.+/) != nil, "\(line)")
    }
    #expect(lines.first?.hasPrefix("::error file=site/posts/ä%2C b%3A1.md,line=3,col=5,title=") == true)
    #expect(lines.first?.contains("50 %25:%0A|x|") == true)
  }

  @Test func markdownTablesHaveEqualRows() throws {
    var before = Baseline(result().weight)
    before.pages = before.pages.mapValues { $0.mapValues { $0 / 3 } }
    for text in [
      try ReportFormat.markdown.text(result()), try ReportFormat.markdown.text(result(baseline: before)),
    ] {
      var columns: Int?
      var tables = 0
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          columns = nil
          continue
        }
        let count = line.replacing("\\|", with: "").count { $0 == "|" }
        if columns == nil { tables += 1 }
        #expect(columns ?? count == count, "\(line)")
        columns = count
      }
      #expect(tables == 2)
      #expect(text.contains("█"))
    }
    #expect(
      try ReportFormat.markdown.text(result(baseline: before)).contains("| 1.0 MB | 3.0 MB | +2.0 MB |"))
  }

  @Test func textSaysWhereWhatAndHow() throws {
    let text = try ReportFormat.text.text(result())
    #expect(text.hasPrefix("posts/ä, b:1.md:3:5: error: "))
    #expect(text.hasSuffix("Over budget.\n"))
    let empty = CheckResult(
      SiteWeight(devices: Screen.standard, pages: [], files: []), budgets: [], levels: [:])
    #expect(try ReportFormat.text.text(empty).contains("There is no image in the site."))
  }
}
