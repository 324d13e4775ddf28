import Foundation

/// The programs that integration tests run, found on this machine.
enum Tools {
  static let jekyll = find("jekyll")
  static let hugo = find("hugo")
  static let git = find("git")
  static let chromium = find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

  /// The command line tool, built beside the tests.
  static let product: String? = {
    let name = "optimize-assets"
    var folders = [
      (CommandLine.arguments.first ?? "") as NSString, Bundle.main.bundlePath as NSString,
      (Bundle.main.executablePath ?? "") as NSString,
    ].flatMap { [$0 as String, $0.deletingLastPathComponent] }
    folders += Bundle.allBundles.map { ($0.bundlePath as NSString).deletingLastPathComponent }
    folders.append(project + "/.build/debug")
    return folders.map { $0 + "/" + name }.first(where: isProgram)
  }()

  /// The project's root folder.
  static let project: String = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.path
  }()

  /// Something in the folder of real inputs beside the project; nil, with a line that says so, where it is absent.
  static func shared(_ name: String) -> String? {
    let path = (project as NSString).deletingLastPathComponent + "/shared/" + name
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: ../shared/\(name) is absent")
      return nil
    }
    return path
  }

  /// Where a program is on the PATH.
  static func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { $0 + "/" + name }.first(where: isProgram)
  }

  private static func find(_ names: String...) -> String? {
    for name in names {
      if let found = path(of: name) { return found }
    }
    print("skipped: what needs \(names[0]), which is not installed")
    return nil
  }

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
