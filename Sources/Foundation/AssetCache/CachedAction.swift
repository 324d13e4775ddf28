/// What came of one action: a file, or the finding that there is none worth having.
package struct CachedAction: Hashable, Sendable {
  /// The file that an action produced. Its bytes are in the content store.
  package struct File: Hashable, Sendable {
    /// SHA-256 of its bytes, in hexadecimal.
    package var sha256: String
    /// Its length.
    package var bytes: Int
    /// Its width in pixels.
    package var width: Int
    /// Its height in pixels.
    package var height: Int
    /// Its SSIMULACRA2 score, where one was measured.
    package var score: Double?

    package init(sha256: String, bytes: Int, width: Int, height: Int, score: Double? = nil) {
      self.sha256 = sha256
      self.bytes = bytes
      self.width = width
      self.height = height
      self.score = score
    }
  }

  /// The file; nil if the action produced none.
  package var file: File?
  /// Further facts about the action, as JSON.
  package var detail: String

  package init(file: File? = nil, detail: String) {
    self.file = file
    self.detail = detail
  }
}
