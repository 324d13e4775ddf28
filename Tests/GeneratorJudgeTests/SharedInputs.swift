import Foundation

/// Real inputs beside the project, which tests use where they are present.
enum SharedInputs {
  /// The path of something in the shared folder; nil, with a line that says so, where it is absent.
  static func path(_ name: String, file: String = #filePath) -> String? {
    var root = URL(fileURLWithPath: file)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let path = root.deletingLastPathComponent().appendingPathComponent("shared/\(name)").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: ../shared/\(name) is absent")
      return nil
    }
    return path
  }
}
