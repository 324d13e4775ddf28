import Foundation
import SiteFiles
import Testing
import TestSupport

/// The project's own files, by their path from its root.
enum ProjectFile {
  static func text(_ path: String) throws -> String {
    String(decoding: try FileAccess.read(Project.root + "/" + path), as: UTF8.self)
  }

  /// A YAML file that holds a mapping.
  static func yaml(_ path: String) throws -> [String: Any] {
    try #require(PlainYAML.load(text(path)) as? [String: Any], "\(path)")
  }
}
