import Foundation

/// The project's own files, which every clone has.
package enum Project {
  /// The root folder.
  package static let root: String = {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.path
  }()

  /// The blog that the README's figures are of.
  package static let sampleBlog = root + "/Assets/sample-blog"
}
