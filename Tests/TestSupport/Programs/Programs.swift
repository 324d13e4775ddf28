import Foundation

/// Programs that tests run, where this machine has them.
package enum Programs {
  package static let jekyll = find("jekyll")
  package static let hugo = find("hugo")
  package static let mkdocs = find("mkdocs")
  package static let pelican = find("pelican")
  package static let git = find("git")
  package static let vips = find("vips")
  package static let chromium = find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
  /// A Python that has the module `markdown`.
  package static let pythonMarkdown = find("python3").flatMap { hasMarkdown($0) ? $0 : nil }

  /// The command, built beside the tests.
  package static let optimizeAssets: String? = {
    let name = "optimize-assets"
    var folders = [
      (CommandLine.arguments.first ?? "") as NSString, Bundle.main.bundlePath as NSString,
      (Bundle.main.executablePath ?? "") as NSString,
    ].flatMap { [$0 as String, $0.deletingLastPathComponent] }
    folders += Bundle.allBundles.map { ($0.bundlePath as NSString).deletingLastPathComponent }
    folders.append(Project.root + "/.build/debug")
    return folders.map { $0 + "/" + name }.first(where: isProgram)
  }()

  /// The first of some programs that is in a folder of `PATH`.
  package static func find(_ names: String...) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }.first(where: isProgram)
  }

  /// Whether a path leads to a file that can be run.
  package static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  /// Whether Ruby has libraries.
  static func hasRuby(_ libraries: [String]) -> Bool {
    // A plugin of Jekyll's may take it to be there.
    let lines = (["jekyll"] + libraries).map { "require '\($0)'" }
    return find("ruby").map { succeeds($0, ["-e", lines.joined(separator: ";")]) } ?? false
  }

  /// Whether Python 3 has modules.
  static func hasPython(_ modules: [String]) -> Bool {
    find("python3").map { succeeds($0, ["-c", "import " + modules.joined(separator: ", ")]) } ?? false
  }

  private static func hasMarkdown(_ python: String) -> Bool { succeeds(python, ["-c", "import markdown"]) }

  private static func succeeds(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
