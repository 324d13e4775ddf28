import AssetModel
import AssetPipeline
import Foundation
import Testing
import TestSupport

/// What `--format json` prints.
struct OptimizeReport: Decodable {
  var manifest: AssetManifest
  var summary: Summary
}

/// Runs the command line tool.
enum Product {
  /// The tool, built beside the tests.
  static let program = Programs.optimizeAssets

  /// Runs it to its end, whatever that is.
  static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    seconds: Double = 600
  ) async throws -> Command {
    try await Command.run(
      #require(program, "optimize-assets is not built beside the tests"), arguments, in: folder,
      environment: environment, seconds: seconds)
  }

  /// Optimizes a site; anything but an exit code of 0 fails the test.
  @discardableResult
  static func optimize(_ site: String, _ arguments: String...) async throws -> OptimizeReport {
    let command = try await run([site, "--format", "json", "--quiet"] + arguments)
    try #require(command.status == 0, "exit code \(command.status): \(command.errors)")
    return try JSONDecoder().decode(OptimizeReport.self, from: command.output)
  }
}
