/// What the index remembers beside files and actions: values by a key that names everything they depend on.
package enum CacheTable: String, CaseIterable, Sendable {
  /// What a file's header says, by digest.
  case inspections
  /// Facts from decoding sources.
  case facts
  /// Where searches for a quality ended.
  case qualities
  /// The results of reading posts.
  case posts
  /// What whole runs came to, and what themes said.
  case runs
  /// Since when outputs are needed by nothing.
  case stale
}
