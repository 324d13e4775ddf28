/// What the files of a theme said when they were read: enough to tell whether they say the same now.
package struct ThemeEvidence: Codable, Hashable, Sendable {
  /// The digests of the files that were asked for, by their paths; empty where there was none.
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
