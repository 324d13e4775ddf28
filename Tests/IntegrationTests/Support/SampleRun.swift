import AssetModel
import AssetPipeline
import Foundation
import Testing
import TestSupport
import Web

/// A sample site and what comes of it: its build, and the builds of what the program makes of it. `verify` does the
/// building; each build is kept, so that a test can look at it too.
final class SampleRun: Sendable {
  /// What `verify --format json` prints.
  struct Output: Decodable {
    var isSame: Bool
    var report: VerifyReport
  }

  let sample: SampleSite
  let folder: TemporaryFolder

  /// Writes the site, and a stand-in for its generator that keeps what the generator makes.
  ///
  /// - Parameter generator: the generator's program.
  init(_ sample: SampleSite, generator: String) throws {
    (self.sample, folder) = (sample, try TemporaryFolder())
    try sample.write(to: folder, name: "site") { picture, number in
      let drawing = try DrawnSite.picture(picture.width, picture.height, grain: number + 3)
      return try picture.path.hasSuffix(".png") ? drawing.png() : drawing.jpeg(quality: 92, chroma: .full)
    }
    let name = (generator as NSString).lastPathComponent
    try folder.write(Self.standIn(generator), to: "bin/" + name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder("bin/" + name))
  }

  /// The build before and a build after: `builds/staged/0` and the like.
  func build(_ mode: String, _ number: Int) -> String { folder("builds/\(mode)/\(number)") }

  /// Runs the program with the stand-in first on the path.
  ///
  /// - Parameter mode: the name under which the builds that it makes are kept.
  func run(_ mode: String, _ arguments: [String]) async throws -> Command {
    try FileManager.default.createDirectory(
      atPath: folder("builds/" + mode), withIntermediateDirectories: true)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try await Product.run(
      arguments + ["--effort", "fast", "--cache", folder("cache"), "--quiet", "--format", "json"],
      environment: [
        "PATH": [folder("bin"), SampleGenerators.folder, path].joined(separator: ":"),
        "KEPT_BUILDS": folder("builds/" + mode), "BUILD_BEFORE": build("staged", 0),
      ])
  }

  /// Builds both states and has a browser look at their pages.
  func verify(_ mode: String, _ site: String, _ more: String...) async throws -> Output {
    try await compare(mode, site, ["--browser", "--steps", "4"] + more)
  }

  /// Builds both states and compares their pages.
  func compare(_ mode: String, _ site: String, _ more: [String] = []) async throws -> Output {
    let command = try await run(mode, ["verify", site] + more)
    let output = try? JSONDecoder().decode(Output.self, from: command.output)
    return try #require(output, "exit code \(command.status): \(command.errors)")
  }

  func scan() async throws -> AssetManifest {
    let command = try await run("scan", ["scan", folder("site")])
    try #require(command.status == 0, "exit code \(command.status): \(command.errors)")
    return try JSONDecoder().decode(AssetManifest.self, from: command.output)
  }

  /// The first build of a mode is that of the site as it is, which is made once for all modes.
  private static func standIn(_ generator: String) -> String {
    """
    #!/bin/sh
    destination= last=
    for word in "$@"; do
      case $last in -d | -o | --destination) destination=$word ;; esac
      last=$word
    done
    if [ -z "$destination" ]; then exec '\(generator)' "$@"; fi
    number=$(ls "$KEPT_BUILDS" | wc -l)
    if [ "$number" = 0 ] && [ -d "$BUILD_BEFORE" ]; then
      mkdir -p "$destination" && cp -R "$BUILD_BEFORE/." "$destination" || exit
    else
      '\(generator)' "$@" || exit
    fi
    cp -R "$destination" "$KEPT_BUILDS/$number"
    """
  }
}
