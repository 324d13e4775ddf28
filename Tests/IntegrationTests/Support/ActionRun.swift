import Foundation
import SiteFiles
import Testing
import TestSupport

/// A composite action, run step by step as GitHub's runner does: with its expressions put into `env`, `if` and `with`, and
/// its files for outputs, the path and the summary.
///
/// Steps that use other actions are left out. The conditions known are those that the action uses: comparisons with texts,
/// and `always()`, joined with `&&`.
final class ActionRun {
  let steps: [[String: Any]]
  private(set) var inputs: [String: String] = [:]
  private var outputs: [String: [String: String]] = [:]
  /// What steps printed.
  private(set) var log = ""
  /// The names of the steps that ran.
  private(set) var ran: [String] = []
  /// The first exit code that was not 0.
  private(set) var status: Int32 = 0
  private let folder: TemporaryFolder
  private let workspace: String
  private let path: String
  private let server: String
  /// The repository that holds the action.
  static let repository = "writer/optimize-assets"
  /// What the job may push with.
  static let token = "token-of-the-job"

  /// - Parameters:
  ///   - workspace: the folder of the checkout.
  ///   - path: the variable PATH.
  ///   - server: where repositories are.
  init(
    _ action: [String: Any], inputs given: [String: String], workspace: String, path: String,
    server: String = "http://127.0.0.1:1"
  ) throws {
    let runs = try #require(action["runs"] as? [String: Any])
    steps = try #require(runs["steps"] as? [[String: Any]])
    for (name, input) in try #require(action["inputs"] as? [String: [String: Any]]) {
      inputs[name] = given[name] ?? input["default"] as? String ?? ""
    }
    #expect(Set(given.keys).isSubset(of: inputs.keys))
    (self.workspace, self.path, self.server) = (workspace, path, server)
    folder = try TemporaryFolder()
    for (name, text) in inputs { inputs[name] = try evaluate(text) }
    for file in ["output", "path", "summary"] { try folder.write("", to: file) }
    try FileAccess.makeFolder(folder("runner"))
  }

  /// What was written to the step summary.
  var summary: String {
    get throws { String(decoding: try FileAccess.read(folder("summary")), as: UTF8.self) }
  }

  /// An output of a step.
  func output(_ step: String, _ name: String) -> String { outputs[step]?[name] ?? "" }

  /// Runs the steps, but for those whose name `skip` takes.
  func run(skip: (String) -> Bool = { _ in false }) async throws {
    for step in steps {
      let name = step["name"] as? String ?? ""
      guard let script = step["run"] as? String, !skip(name), try isDue(step["if"] as? String) else {
        continue
      }
      var environment = [
        "PATH": path, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": workspace,
        "GITHUB_ACTION_PATH": Project.root, "GITHUB_REPOSITORY": "reader/blog", "GITHUB_SERVER_URL": server,
        "GITHUB_OUTPUT": folder("output"), "GITHUB_PATH": folder("path"),
        "GITHUB_STEP_SUMMARY": folder("summary"),
        "RUNNER_TEMP": folder("runner"),
      ]
      for (key, value) in step["env"] as? [String: String] ?? [:] { environment[key] = try evaluate(value) }
      try folder.write("", to: "output")
      try folder.write(script, to: "script.sh")
      // The runner's own way to call `shell: bash`.
      let command = try await Command.run(
        "/bin/bash", ["--noprofile", "--norc", "-eo", "pipefail", folder("script.sh")], in: workspace,
        environment: environment, seconds: 900)
      ran.append(name)
      log += command.text + command.errors
      if status == 0 { status = command.status }
      let written = String(decoding: try FileAccess.read(folder("output")), as: UTF8.self)
      for line in written.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        outputs[step["id"] as? String ?? "", default: [:]][String(parts[0])] = String(parts.last ?? "")
      }
    }
  }

  /// A text with its expressions replaced.
  private func evaluate(_ text: String) throws -> String {
    var result = text
    while let match = result.firstMatch(of: #/\$\{\{\s*(.+?)\s*\}\}/#) {
      result.replaceSubrange(match.range, with: try value(String(match.1)))
    }
    return result
  }

  private func value(_ name: String) throws -> String {
    let parts = name.split(separator: ".").map(String.init)
    if name == "github.action_repository" { return Self.repository }
    if name == "github.token" { return Self.token }
    switch parts.first {
    case "inputs" where parts.count == 2: return try #require(inputs[parts[1]], "there is no \(name)")
    case "steps" where parts.count == 4 && parts[2] == "outputs":
      #expect(steps.contains { $0["id"] as? String == parts[1] }, "there is no step for \(name)")
      return output(parts[1], parts[3])
    default: throw Command.Failure(description: "unknown expression \(name)")
    }
  }

  private func isDue(_ condition: String?) throws -> Bool {
    var isAlways = false
    for part in (condition ?? "").replacing("&&", with: "\n").split(separator: "\n") {
      let part = part.trimmingCharacters(in: .whitespaces)
      if part == "always()" {
        isAlways = true
        continue
      }
      let match = try #require(
        part.wholeMatch(of: #/([a-z.\-]+) (==|!=) '([^']*)'/#), "unknown condition \(part)")
      guard (try value(String(match.1)) == match.3) == (match.2 == "==") else { return false }
    }
    return isAlways || status == 0
  }
}
