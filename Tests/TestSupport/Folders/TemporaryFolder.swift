import Foundation

/// A folder of a test's own, removed when nothing holds it any more.
///
/// A small site is one call: `try TemporaryFolder(["_config.yml": "", "_posts/2020-01-02-a.md": "---\n---\ntext"])`.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter files: texts by path.
  package init(_ files: [String: String] = [:]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("optimize-assets-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.resolvingSymlinksInPath().path
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of something in it.
  package func callAsFunction(_ name: String) -> String { path + "/" + name }

  package func write(_ data: Data, to name: String) throws {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  package func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// The text of a file in it.
  package func text(_ name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }

  /// Copies a file or a folder into it.
  package func copy(_ item: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: item, toPath: self(name))
  }

  package func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  /// The names of what is in it, in byte order.
  package var contents: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
