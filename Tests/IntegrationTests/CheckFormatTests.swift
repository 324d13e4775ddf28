import Foundation
import SiteFiles
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

extension IntegrationTests {
  /// Each format of `check`, read by a parser that is not ours, or by the rules of whoever reads it.
  @Suite struct CheckFormatTests {
    /// A site in a folder of a repository, whose names and texts are hard to quote.
    private static func scene() throws -> CheckTests.Scene {
      let scene = try CheckTests.Scene(below: "repository/my blog")
      let name = "100%: a,b|c #1?&\"<é>.png"
      try scene.write(
        """
        ---
        title: "Hard, to: quote"
        ---
        ![a "b" & d](/assets/100%25:%20a,b%7Cc%20%231%3F&%22%3C%C3%A9%3E.png)
        <img src="/assets/gone|&amp;<.png" width="3">

        ![x](/assets/line%0Abreak.png) ![y](/assets/bell%07.png) ![z](/assets/broken.png)

        """, to: "_posts/2026-01-03-c: 바다, 50%25.md")
      try scene.writeImage("assets/" + name, bytes: 70_000, seed: 2)
      try scene.writeImage("assets/new\nline.png", bytes: 60_000, seed: 3)
      try scene.write("no picture", to: "assets/broken.png")
      try scene.folder.write(
        "budgets:\n  - image: {bytes: 40 kB}\n    site: {total: 1 kB}\n", to: "budget.yml")
      return scene
    }

    /// The output, of which the exit code says that something could not be read.
    private static func output(_ format: String, _ scene: CheckTests.Scene) async throws -> Data {
      let command = try await scene.check(
        "--budget", scene.folder("budget.yml"), "--format", format, "--path-prefix", "./my blog")
      try #require(command.status == 2, "\(command.errors)")
      return command.output
    }

    /// Whether a path of a report is a file of the repository, or the site's folder.
    private static func exists(_ path: String, in scene: CheckTests.Scene) -> Bool {
      !path.hasPrefix("/") && !path.hasPrefix(".")
        && FileManager.default.fileExists(atPath: scene.folder("repository/" + path))
    }

    // MARK: JSON

    private struct Report: Decodable {
      struct Device: Decodable { var name: String }
      struct Page: Decodable {
        var path: String
        var totals: [String: Int]
      }
      struct Finding: Decodable {
        var id, severity, file, message, advice: String
        var line, column: Int?
        var figures: [String: Double]
      }
      struct Problem: Decodable { var severity, code, file, message: String }
      var version: Int
      var withinBudget, complete: Bool
      var total: Int
      var devices: [Device]
      var pages: [Page]
      var findings: [Finding]
      var problems: [Problem]
    }

    @Test func json() async throws {
      let report = try JSONDecoder().decode(Report.self, from: try await Self.output("json", Self.scene()))
      #expect(report.version == 1 && !report.withinBudget && !report.complete)
      #expect(report.total == 180_000)
      #expect(report.pages.count == 2)
      #expect(report.pages.allSatisfy { $0.totals.count == report.devices.count })
      #expect(report.problems.contains { $0.file == "assets/broken.png" && $0.severity == "error" })
      let heavy = try #require(report.findings.first { $0.id == "budget-image-bytes" && $0.line == 4 })
      #expect(heavy.figures["value"] == 70_000 && heavy.figures["limit"] == 40_000)
    }

    // MARK: GitHub

    @Test func gitHub() async throws {
      let scene = try Self.scene()
      let text = String(decoding: try await Self.output("github", scene), as: UTF8.self)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.popLast() == "")
      #expect(lines.count > 5)
      // In a property `%`, line ends, `:` and `,` are escaped, in a message `%` and line ends.
      let value = #/(?:[^%\r\n:,]|%25|%0D|%0A|%3A|%2C)+/#
      for line in lines {
        let match = try #require(
          line.wholeMatch(of: #/::(error|warning|notice) ([^\r]*?)::((?:[^%\r\n]|%25|%0D|%0A)+)/#), "\(line)")
        var names: [Substring] = []
        for property in match.2.split(separator: ",") {
          let parts = property.split(separator: "=", maxSplits: 1)
          try #require(parts.count == 2)
          names.append(parts[0])
          #expect(parts[1].wholeMatch(of: value) != nil, "\(property)")
          if parts[0] == "file" {
            let path = try #require(String(parts[1]).removingPercentEncoding)
            #expect(Self.exists(path, in: scene), "\(path)")
          } else if parts[0] != "title" {
            #expect(Int(parts[1]).map { $0 >= 1 } == true)
          }
        }
        #expect(
          ["file,line,col,title", "file,title", "title"].contains(names.joined(separator: ",")), "\(line)")
      }
      #expect(text.contains("new%0Aline.png"))
      #expect(text.contains("c%3A 바다%2C 50%2525.md,line=4,col=1,"))
      #expect(text.contains("title=undecodable::"))
    }

    // MARK: GitLab

    private struct Issue: Decodable {
      struct Location: Decodable {
        struct Lines: Decodable { var begin: Int }
        var path: String
        var lines: Lines
      }
      var description, checkName, fingerprint: String
      var severity: Severity
      var location: Location

      enum Severity: String, Decodable { case info, minor, major, critical, blocker }
    }

    @Test func gitLab() async throws {
      let scene = try Self.scene()
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      let issues = try decoder.decode([Issue].self, from: try await Self.output("gitlab", scene))
      #expect(issues.contains { $0.checkName == "undecodable" && $0.severity == .major })
      #expect(Set(issues.map(\.fingerprint)).count == issues.count)
      for issue in issues {
        #expect(!issue.description.isEmpty && !issue.checkName.isEmpty)
        #expect(issue.location.lines.begin >= 1)
        #expect(Self.exists(issue.location.path, in: scene), "\(issue.location.path)")
      }
    }

    // MARK: SARIF

    /// The parts of SARIF 2.1.0 that are written, with the properties that its schema requires and the values that it
    /// allows.
    private struct Log: Decodable {
      struct Run: Decodable {
        struct Tool: Decodable {
          struct Driver: Decodable {
            struct Rule: Decodable { var id: String }
            var name: String
            var rules: [Rule]
          }
          var driver: Driver
        }
        struct Invocation: Decodable { var executionSuccessful: Bool }
        struct Result: Decodable {
          enum Level: String, Decodable { case none, note, warning, error }
          struct Message: Decodable { var text: String }
          struct Location: Decodable {
            struct Physical: Decodable {
              struct Artifact: Decodable { var uri: String }
              struct Region: Decodable { var startLine: Int, startColumn: Int? }
              var artifactLocation: Artifact
              var region: Region?
            }
            var physicalLocation: Physical
          }
          var ruleId: String
          var ruleIndex: Int
          var level: Level
          var message: Message
          var locations: [Location]
          var partialFingerprints: [String: String]
        }
        enum ColumnKind: String, Decodable { case utf16CodeUnits, unicodeCodePoints }
        var tool: Tool
        var columnKind: ColumnKind
        var invocations: [Invocation]
        var results: [Result]
      }
      var version: String
      var runs: [Run]
    }

    @Test func sarif() async throws {
      let scene = try Self.scene()
      let log = try JSONDecoder().decode(Log.self, from: try await Self.output("sarif", scene))
      #expect(log.version == "2.1.0")
      let run = try #require(log.runs.first)
      #expect(run.invocations.map(\.executionSuccessful) == [false])
      let rules = run.tool.driver.rules.map(\.id)
      #expect(Set(rules).count == rules.count)
      #expect(run.results.contains { $0.ruleId == "undecodable" && $0.level == .error })
      #expect(Set(run.results.map(\.partialFingerprints)).count == run.results.count)
      for result in run.results {
        #expect(rules.indices.contains(result.ruleIndex) && rules[result.ruleIndex] == result.ruleId)
        #expect(!result.message.text.isEmpty && result.locations.count == 1)
        let place = try #require(result.locations.first).physicalLocation
        let uri = place.artifactLocation.uri
        // A relative reference: RFC 3986's characters of a path alone, and no colon in the first segment.
        #expect(
          uri.wholeMatch(of: #/(?:[A-Za-z0-9\-._~!$&'()*+,;=@\/:]|%[0-9A-F]{2})+/#) != nil, "\(uri)")
        #expect(uri.split(separator: "/").first?.contains(":") == false)
        #expect(Self.exists(try #require(uri.removingPercentEncoding), in: scene), "\(uri)")
        if let region = place.region {
          #expect(region.startLine >= 1 && region.startColumn ?? 1 >= 1)
        }
      }
    }

    // MARK: JUnit

    private final class Reader: NSObject, XMLParserDelegate {
      var counts: [String: Int] = [:]
      var suites: [[String: String]] = []
      var files: [String] = []
      var stack: [String] = []
      var orders: Set<String> = []

      func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
      ) {
        counts[name, default: 0] += 1
        if name == "testcase" { files.append(attributes["file"] ?? "") }
        if name.hasPrefix("testsuite") { suites.append(attributes) }
        stack.append(name)
        orders.insert(stack.joined(separator: "/"))
      }

      func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
      ) { stack.removeLast() }
    }

    @Test func junit() async throws {
      let scene = try Self.scene()
      let reader = Reader()
      let parser = XMLParser(data: try await Self.output("junit", scene))
      parser.delegate = reader
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
      let inCase = "testsuites/testsuite/testcase"
      #expect(
        reader.orders.isSubset(of: [
          "testsuites", "testsuites/testsuite", inCase, inCase + "/failure", inCase + "/error",
          inCase + "/system-out",
        ]))
      #expect(reader.suites.count == 2)
      for suite in reader.suites {
        #expect(suite["tests"] == "\(reader.counts["testcase", default: 0])")
        #expect(suite["failures"] == "\(reader.counts["failure", default: 0])")
        #expect(suite["errors"] == "\(reader.counts["error", default: 0])")
      }
      #expect(reader.counts["error"] == 1)
      #expect(reader.counts["failure", default: 0] >= 3)
      for file in reader.files where !file.contains("\n") { #expect(Self.exists(file, in: scene), "\(file)") }
    }

    // MARK: Markdown

    @Test func markdown() async throws {
      let scene = try Self.scene()
      let text = String(decoding: try await Self.output("markdown", scene), as: UTF8.self)
      #expect(text.hasPrefix("## Image weight: could not be checked in full\n"))
      #expect(text.contains("assets/broken.png"))
      var columns: Int?
      var tables = 0
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          columns = nil
          continue
        }
        // A bar that no backslash escapes ends a cell.
        let count = line.replacing(#/\\./#, with: "").count { $0 == "|" }
        if columns == nil { tables += 1 }
        #expect(columns ?? count == count, "\(line)")
        #expect(line.hasSuffix("|"))
        columns = count
      }
      #expect(tables == 2)
    }
  }
}
