import Foundation

/// A shell or another program of the machine, for tests that ask it.
enum ShellRun {
  struct Result: Equatable {
    var status: Int32
    /// Standard output and standard error.
    var output: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Where a program is; nil where there is none.
  static func find(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program with a text as its standard input.
  static func run(_ name: String, _ arguments: [String], input: String = "", folder: String = ".") throws
    -> Result
  {
    guard let program = find(name) else { return Result(status: 127, output: "no \(name)") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stdout
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }

  /// Runs a body in a folder with files and folders (whose names end in a slash) to complete.
  static func withFolder<Value>(_ names: [String], _ body: (String) throws -> Value) throws -> Value {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("arguments-\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in names {
      let url = folder.appendingPathComponent(name)
      if name.hasSuffix("/") {
        try files.createDirectory(at: url, withIntermediateDirectories: true)
      } else {
        try Data().write(to: url)
      }
    }
    return try body(folder.path)
  }
}
