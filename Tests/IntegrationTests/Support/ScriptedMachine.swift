import Foundation
import SiteFiles
import Testing
import TestSupport

/// What `.ci/install` sees of a machine: programs that a test wrote, the real pkg-config with a folder of .pc files of
/// its own, and no compiler but the one that is asked for.
struct ScriptedMachine {
  /// What the script links, with versions that are new enough.
  static let libraries = [
    "vips": "8.14.1", "libcmark-gfm": "0.29.0.gfm.6", "gumbo": "0.10.1", "nettle": "3.8.1",
    "sqlite3": "3.40.1", "yaml-0.1": "0.2.5", "tomlplusplus": "3.3.0",
  ]

  private let folder: TemporaryFolder

  /// - Parameters:
  ///   - swift: the version that `swift` tells; nil where it is not installed.
  ///   - changes: libraries that are of another version than ``libraries`` says, or, with nil, not there.
  ///   - headers: headers that are there.
  ///   - isRoot: whether the user is root.
  init(
    swift: String? = "6.1.2", _ changes: [String: String?] = [:], headers: [String] = [], isRoot: Bool = true
  ) throws {
    folder = try TemporaryFolder()
    for name in ["headers", "pc", "bin", "later"] { try FileAccess.makeFolder(folder(name)) }
    for name in ["bash", "env", "dirname", "grep", "mktemp", "rm", "cp", "pkg-config"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder("bin/" + name),
        withDestinationPath: #require(Programs.find(name), "\(name) is not on the PATH"))
    }
    try install("id", "echo \(isRoot ? 0 : 1000)")
    if let swift { try install("swift", "echo 'Swift version \(swift) (swift-RELEASE)'") }
    for header in headers {
      try FileAccess.makeFolder(((folder("headers/" + header)) as NSString).deletingLastPathComponent)
      try folder.write("", to: "headers/" + header)
    }
    for (name, version) in Self.libraries {
      if let version = changes[name, default: version] { try add(name, version) }
    }
  }

  /// The folder of headers.
  var headers: String { folder("headers") }

  /// Puts a program on the path.
  func install(_ name: String, _ script: String) throws {
    try folder.write("#!\(folder("bin/bash"))\n\(script)\n", to: "bin/" + name)
    chmod(folder("bin/" + name), 0o755)
  }

  /// Puts an apt-get on the path that writes down what it installs, and gives the machine some libraries by it.
  func installApt(bringing libraries: [String: String] = [:]) throws {
    for (name, version) in libraries { try add(name, version, to: "later") }
    try install(
      "apt-get",
      """
      case $1 in install)
        while [[ $1 == -* || $1 == install || $1 == *=* ]]; do shift; done
        echo "$*" >>\(folder("installed"))
        cp -R \(folder("later"))/. \(folder("pc"))
      esac
      """)
  }

  /// What ``installApt(bringing:)`` was asked to install, a line for each time.
  var installed: String {
    guard let data = try? FileAccess.read(folder("installed")) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Runs `.ci/install`.
  func runInstall(_ what: String, environment: [String: String] = [:]) async throws -> Command {
    try await Command.run(
      "/bin/bash", [Project.root + "/.ci/install", what],
      environment: [
        "PATH": folder("bin"), "PKG_CONFIG_LIBDIR": folder("pc"), "PKG_CONFIG_PATH": "",
        "INCLUDE_FOLDERS": headers, "SWIFT": "", "CI": "",
      ].merging(environment) { $1 })
  }

  private func add(_ name: String, _ version: String, to place: String = "pc") throws {
    // The linker's name for libcmark-gfm's second library, which Debian keeps in a package of its own.
    let libraries = name == "libcmark-gfm" ? "-lcmark-gfm -lcmark-gfm-extensions" : "-l\(name)"
    try folder.write(
      "Name: \(name)\nDescription: \(name)\nVersion: \(version)\nLibs: \(libraries)\n",
      to: "\(place)/\(name).pc")
  }
}
