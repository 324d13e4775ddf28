import Foundation
import SiteFiles

/// A folder of a test's own, removed when the test ends.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("optimize-assets-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of something in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func write(_ data: Data, to name: String) throws { try FileAccess.write(data, to: path + "/" + name) }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// Copies a folder into this one.
  func copy(_ folder: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: folder, toPath: path + "/" + name)
  }
}
