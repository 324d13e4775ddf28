/// The content of a theme's files when they were read: enough to decide whether they are still the same.
package struct ThemeEvidence: Codable, Hashable, Sendable {
  /// The digests of the requested files, by their paths; empty if there was no file.
  package var files: [String: String] = [:]
  /// The files that were listed.
  package var lists: [List] = []

  /// A listing of the site's files.
  package struct List: Codable, Hashable, Sendable {
    var extensions: Set<String>
    var skipped: Set<String>
    /// The digest of the paths.
    var sha256: String
  }
}
