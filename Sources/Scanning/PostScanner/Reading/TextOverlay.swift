import Foundation

/// The texts of some files, which are read instead of the files' contents.
package struct TextOverlay: Sendable {
  /// The files, relative to the site. Nothing that is remembered of their bytes says anything about their texts.
  package let paths: Set<String>
  /// Gives the text of a file from its path and its bytes; the bytes themselves for any other file.
  package let body: @Sendable (_ path: String, _ file: Data) -> Data

  /// Makes an overlay.
  package init(paths: Set<String>, body: @escaping @Sendable (_ path: String, _ file: Data) -> Data) {
    self.paths = paths
    self.body = body
  }

  func callAsFunction(_ path: String, _ file: Data) -> Data { body(path, file) }
}
