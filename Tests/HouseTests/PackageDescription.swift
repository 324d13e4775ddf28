import Foundation
import TestSupport

/// Package.swift as SwiftPM reads it, and the files of its targets.
struct PackageDescription: Decodable, Sendable {
  struct Target: Decodable, Sendable {
    enum Kind: String, Decodable { case regular, executable, test, system }

    /// A dependency by name; this package has no other kind.
    struct Dependency: Decodable, Sendable {
      var byName: [String?]
    }

    var name: String
    var type: Kind
    var path: String?
    var dependencies: [Dependency]

    /// The names of what the target declares to use.
    var declared: [String] { dependencies.compactMap { $0.byName.first ?? nil } }

    /// The floor it stands on: `Sources/FLOOR/TARGET`. Nil for tests, which stand on none.
    var floor: Floor? {
      guard type != .test, let parts = path?.split(separator: "/"), parts.first == "Sources" else {
        return nil
      }
      return Floor(rawValue: String(parts[1]))
    }

    /// Its Swift files, relative to the project.
    var files: [String] { SwiftFiles.below(path ?? "Tests/\(name)") }
  }

  /// The floors from the ground up.
  enum Floor: String, CaseIterable {
    case libraries = "Libraries"
    case foundation = "Foundation"
    case web = "Web"
    case scanning = "Scanning"
    case rendering = "Rendering"
    case rewriting = "Rewriting"
    case checking = "Checking"
    case pipeline = "Pipeline"
    case commandLine = "CommandLine"

    var height: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  var targets: [Target]

  subscript(name: String) -> Target? { targets.first { $0.name == name } }

  /// Reads the package's own description. A scratch folder of its own keeps it out of the way of the build that runs the
  /// tests.
  static func read() async throws -> PackageDescription {
    let scratch = try TemporaryFolder()
    let description = try await Command.succeed(
      Programs.find("swift") ?? "swift",
      ["package", "--package-path", Project.root, "--scratch-path", scratch.path, "dump-package"],
      seconds: 300)
    return try JSONDecoder().decode(Self.self, from: description.output)
  }
}

/// The project's Swift files.
enum SwiftFiles {
  /// Those in a folder and in what is below it, relative to the project.
  static func below(_ folder: String) -> [String] {
    let walk = FileManager.default.enumerator(atPath: Project.root + "/" + folder)
    let files = walk?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The modules that a file imports.
  static func imports(of file: String) throws -> Set<String> {
    let text = try String(contentsOfFile: Project.root + "/" + file, encoding: .utf8)
    return Set(
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let word = words.firstIndex(of: "import"), words[..<word].allSatisfy(isModifier) else {
          return nil
        }
        return words.count > word + 1 ? String(words[word + 1]) : nil
      })
  }

  private static func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(word)
  }
}
