import Foundation
import SiteFiles

/// Looks before a build whether what it starts is there.
enum DeployProgram {
  /// - Throws: ``DeployFailure`` where the command's program, or the Node.js that runs it, is not installed.
  static func check(_ command: DeployCommand, in root: SiteRoot) throws(DeployFailure) {
    let name = command.words.first ?? ""
    guard let file = BuildCommand.program(name, folder: root.path) else {
      throw DeployFailure(
        error: .notInstalled(program: name),
        advice: command.installation.map {
          "\($0), or name another command with build: in optimize-assets.yml"
        })
    }
    guard needsNode(file), BuildCommand.program("node", folder: root.path) == nil else { return }
    throw DeployFailure(
      error: .notInstalled(program: "node"), advice: "install Node.js, which \(name) is run by")
  }

  /// Whether a file's first line has Node.js run it: `#!/usr/bin/env node`.
  private static func needsNode(_ file: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: file) else { return false }
    defer { try? handle.close() }
    let head = String(decoding: (try? handle.read(upToCount: 128)) ?? Data(), as: UTF8.self)
    let line = head.prefix { !$0.isNewline }
    return line.hasPrefix("#!") && line.split(whereSeparator: { " /".contains($0) }).contains("node")
  }
}
