import Foundation
import SiteFiles
import Testing

/// A release in a folder, as `make packages` writes it: an archive with the program, and its sum.
struct Release {
  let folder: TemporaryFolder
  let version: String
  /// The archive for this machine.
  let archive: String

  /// Where releases are, for whoever downloads one.
  var address: String { "file://" + folder.path }
  var sums: String { folder("v\(version)/SHA256SUMS") }

  /// - Parameter program: a shell script in the program's place; without one, the built program is called.
  init(_ version: String = "1.2.3", program: String? = nil) async throws {
    folder = try TemporaryFolder()
    self.version = version
    let machine = try await Command.succeed("/bin/sh", ["-c", "echo $(uname -s)-$(uname -m)"]).text
    let name =
      "optimize-assets-\(version)-" + machine.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    archive = "v\(version)/\(name).tar.xz"
    let script = try program ?? "exec '\(#require(Tools.product))' \"$@\""
    try folder.write("#!/bin/sh\n\(script)\n", to: "v\(version)/\(name)/bin/optimize-assets")
    let pack = "chmod +x $1/bin/* && tar -cJf $1.tar.xz $1 && rm -r $1 && sha256sum $1.tar.xz >SHA256SUMS"
    try await Command.succeed("/bin/sh", ["-c", pack, "sh", name], in: folder("v\(version)"))
  }

  /// What the program that installs one needs.
  static let tools = ["curl", "sha256sum", "tar", "xz"]

  static let canBeInstalled = tools.allSatisfy { Tools.find($0) != nil }
}
