import Foundation

/// Finds a browser on this machine.
package enum ChromiumFinder {
  /// The names under which Chromium and Chrome are installed.
  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
  ]
  /// Where macOS keeps them.
  private static let applications = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ]

  /// The browser's program.
  ///
  /// - Parameters:
  ///   - chosen: a program's path or name; nil for `CHROME_PATH`, or else the first that is installed.
  ///   - environment: the variables that count.
  /// - Throws: ``ChromiumError/notFound(_:)``
  package static func find(
    _ chosen: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ChromiumError) -> String {
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(
      String.init)
    let wanted = chosen ?? environment["CHROME_PATH"].flatMap { $0.isEmpty ? nil : $0 }
    if let wanted {
      let candidates = wanted.contains("/") ? [wanted] : folders.map { $0 + "/" + wanted }
      guard let program = candidates.first(where: isProgram) else { throw .notFound(wanted) }
      return program
    }
    for name in names {
      if let program = folders.map({ $0 + "/" + name }).first(where: isProgram) { return program }
    }
    guard let program = applications.first(where: isProgram) else { throw .notFound(nil) }
    return program
  }

  private static func isProgram(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
