import Foundation
import Testing
import TestSupport

/// ARCHITECTURE.md names targets, files and functions; what it says of them is held to what is there.
@Suite("The architecture") struct ArchitectureTests {
  private let text: String

  init() throws { text = try Self.read("ARCHITECTURE.md") }

  private static func read(_ path: String) throws -> String {
    try String(contentsOfFile: Project.root + "/" + path, encoding: .utf8)
  }

  /// The words in backquotes, code blocks left out.
  private static func quoted(in text: String) -> [String] {
    let parts = text.split(separator: "```", omittingEmptySubsequences: false)
    let prose = parts.indices.filter { $0.isMultiple(of: 2) }.map { parts[$0] }
    return prose.flatMap { $0.matches(of: /`([^`]+)`/).map { String($0.output.1) } }
  }

  private static func isPath(_ word: String) -> Bool {
    ["Sources/", "Tests/", "Config/"].contains { word.hasPrefix($0) }
  }

  @Test("every file and folder that it names is there")
  func paths() {
    let paths = Self.quoted(in: text).filter(Self.isPath)
    #expect(paths.count > 40)
    for path in paths {
      #expect(FileManager.default.fileExists(atPath: Project.root + "/" + path), "\(path)")
    }
  }

  @Test("it names every target", .enabled(if: Programs.find("swift") != nil, "swift is not on the path"))
  func targets() async throws {
    let package = try await PackageDescription.read()
    let named = Set(Self.quoted(in: text))
    for target in package.targets where target.floor != nil {
      #expect(named.contains(target.name), "\(target.name)")
    }
    for floor in PackageDescription.Floor.allCases {
      #expect(text.contains("\(floor.height + 1) \(floor.rawValue) "), "\(floor)")
    }
  }

  @Test("each journey has fewer than fifteen stops, and each stop a file with the function that it names")
  func journeys() throws {
    let journeys = text.split(separator: "\n## ").filter { $0.hasPrefix("Journey") }
    #expect(journeys.count == 3)
    for journey in journeys {
      // A stop is numbered, and goes on in lines that are set in.
      let stops = journey.replacing(/\n +/, with: " ").split(separator: "\n").filter {
        $0.contains(/^\d+\. `/)
      }
      #expect((5..<15).contains(stops.count), "\(journey.prefix(40)): \(stops.count)")
      for stop in stops {
        let words = Self.quoted(in: String(stop))
        let path = try #require(words.first.flatMap { Self.isPath($0) ? $0 : nil }, "\(stop)")
        let name = try #require(words.dropFirst().first)
        let code = try Self.read(path)
        #expect(
          name == "init"
            ? code.contains("init(")
            : ["func \(name)(", "func \(name)<", "let \(name) ="].contains(where: code.contains),
          "\(path) has no \(name)")
      }
    }
  }
}

/// Links between the documents, which a moved file would break.
@Suite("The documents") struct DocumentTests {
  @Test(
    "every link to a file of the project leads to one",
    arguments: [
      "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Tests/README.md",
    ])
  func links(document: String) throws {
    let text = try String(contentsOfFile: Project.root + "/" + document, encoding: .utf8)
    let inline = text.matches(of: /\]\(([^)#\s]+)\)/).map { String($0.output.1) }
    let defined = text.matches(of: /(?m)^\[[^\]]+\]: (\S+)$/).map { String($0.output.1) }
    let folder = document.contains("/") ? "/" + document.prefix { $0 != "/" } : ""
    for link in inline + defined where !link.contains("://") && !link.hasPrefix("/") {
      #expect(FileManager.default.fileExists(atPath: Project.root + folder + "/" + link), "\(link)")
    }
  }

  @Test("the README is short enough to be read")
  func length() throws {
    let text = try String(contentsOfFile: Project.root + "/README.md", encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 200)
  }
}
