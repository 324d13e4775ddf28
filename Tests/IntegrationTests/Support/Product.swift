import AssetPipeline
import Foundation
import Manifest
import Testing

/// What `--format json` prints.
struct OptimizeReport: Decodable {
  var manifest: AssetManifest
  var summary: Summary
}

/// Runs the command line tool.
enum Product {
  /// Runs it to its end, whatever that is.
  static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    seconds: Double = 600
  ) async throws -> Command {
    try await Command.run(
      #require(Tools.product, "optimize-assets is not built beside the tests"), arguments, in: folder,
      environment: environment, seconds: seconds)
  }

  /// Optimises a site; anything but an exit code of 0 fails the test.
  @discardableResult
  static func optimize(_ site: String, _ arguments: String...) async throws -> OptimizeReport {
    let command = try await run([site, "--format", "json", "--quiet"] + arguments)
    try #require(command.status == 0, "exit code \(command.status): \(command.errors)")
    return try JSONDecoder().decode(OptimizeReport.self, from: command.output)
  }
}

/// Runs Jekyll.
enum Jekyll {
  /// Builds a site and leaves nothing behind in its sources.
  static func build(_ site: String, to folder: String, seconds: Double = 240) async throws {
    try await Command.succeed(
      #require(Tools.jekyll),
      ["build", "--quiet", "--trace", "--disable-disk-cache", "--source", site, "--destination", folder],
      in: (folder as NSString).deletingLastPathComponent, seconds: seconds)
  }
}
