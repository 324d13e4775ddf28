import Foundation
import SiteFiles
import Testing
import TestSupport

/// A release in a folder, as `make packages` writes it: an archive with the program, and its sum.
struct Release {
  let folder: TemporaryFolder
  let version: String
  /// Where releases are, for whoever downloads one.
  let address: String
  /// The archive for this machine, in `folder`.
  let archive: String
  /// The file with its sum.
  let sums: String

  /// - Parameters:
  ///   - place: the folder of all releases, in `folder`.
  ///   - program: a shell script in the program's place; without one, the built program is called.
  init(_ version: String = "1.2.3", at place: String = "releases", program: String? = nil) async throws {
    folder = try TemporaryFolder()
    self.version = version
    address = "file://" + folder(place)
    let release = "\(place)/v\(version)"
    sums = "\(release)/SHA256SUMS"
    let machine = try await Command.succeed("/bin/sh", ["-c", "echo $(uname -s)-$(uname -m)"]).text
    let name =
      "optimize-assets-\(version)-" + machine.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    archive = "\(release)/\(name).tar.xz"
    let script = try program ?? "exec '\(#require(Product.program))' \"$@\""
    try folder.write("#!/bin/sh\n\(script)\n", to: "\(release)/\(name)/bin/optimize-assets")
    let pack = "chmod +x $1/bin/* && tar -cJf $1.tar.xz $1 && rm -r $1 && sha256sum $1.tar.xz >SHA256SUMS"
    try await Command.succeed("/bin/sh", ["-c", pack, "sh", name], in: folder(release))
  }

  /// Whether there is what installing one needs.
  static let canBeInstalled = ["curl", "sha256sum", "tar", "xz"].allSatisfy { Programs.find($0) != nil }
}

extension Trait where Self == ConditionTrait {
  /// Runs only where a release can be installed.
  static var needsRelease: Self {
    .enabled(if: Release.canBeInstalled, "curl, sha256sum, tar or xz is not installed")
  }
}
