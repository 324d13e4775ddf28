import AssetModel

/// What runs in place have done to a site, so that it can be updated and undone: `optimize-assets.lock.json`.
///
/// It says nothing that changes while the site does not: no times, no positions. An author's edit beside what a run
/// wrote leaves it as it is.
package struct EditJournal: Codable, Hashable, Sendable {
  /// The version of the format that this code writes.
  package static let currentVersion = 1

  /// A stretch of a post that was replaced.
  package struct Span: Codable, Hashable, Sendable {
    /// The author's text; empty where something was added.
    package var old: String
    /// What stands there now.
    package var new: String
    /// Where ``new`` stands in the post more than once as the run left it: which of them is meant, from 0.
    package var nth: Int?

    package init(old: String, new: String, nth: Int? = nil) {
      self.old = old
      self.new = new
      self.nth = nth
    }
  }

  /// A post's text as a run left it.
  package struct Text: Codable, Hashable, Sendable {
    /// SHA-256 of the whole text, in hexadecimal.
    package var sha256: String
    /// What was replaced in it, in the order of the text.
    package var spans: [Span]

    package init(sha256: String, spans: [Span]) {
      self.sha256 = sha256
      self.spans = spans
    }
  }

  /// A post that was edited.
  package struct Post: Codable, Hashable, Sendable {
    /// The file, relative to the site's root.
    package var path: String
    /// SHA-256 of the text as the run that edited it last left it. The author may have changed it since.
    package var sha256: String
    /// What was replaced, in the order of the text.
    package var spans: [Span]
    /// The text that a run was about to replace. It is there while the run is at work, and after one that was killed:
    /// the file then holds the one text or the other.
    package var previous: Text?

    package init(path: String, text: Text, previous: Text? = nil) {
      self.path = path
      sha256 = text.sha256
      spans = text.spans
      self.previous = previous
    }

    /// The text as the run left it.
    package var text: Text { Text(sha256: sha256, spans: spans) }
  }

  /// A variant that a run made.
  package struct RecordedVariant: Codable, Hashable, Sendable {
    /// The file.
    package var variant: Variant
    /// Whether it was there before the first run, so that it is not ours to remove.
    package var found: Bool?

    package init(_ variant: Variant, found: Bool? = nil) {
      self.variant = variant
      self.found = found
    }
  }

  /// What was made of a source.
  package struct Source: Codable, Hashable, Sendable {
    /// The image, relative to the site's root.
    package var path: String
    /// The digest of what was asked for; nil where making it failed, so that it is tried again.
    package var job: String?
    /// What the image's pixels told; see `AssetModel.Source`.
    package var content: AssetModel.Source.Content?
    package var contentReason: String?
    package var alpha: Bool
    package var placeholder: String?
    /// What was said about the image.
    package var problems: [Diagnostic]
    /// The files, by path.
    package var variants: [RecordedVariant]

    package init(
      path: String, job: String?, content: AssetModel.Source.Content?, contentReason: String?, alpha: Bool,
      placeholder: String?, problems: [Diagnostic], variants: [RecordedVariant]
    ) {
      self.path = path
      self.job = job
      self.content = content
      self.contentReason = contentReason
      self.alpha = alpha
      self.placeholder = placeholder
      self.problems = problems
      self.variants = variants.sorted { $0.variant.path < $1.variant.path }
    }
  }

  /// A file that an earlier run made and no plan asks for any more, but that something on the site still names.
  package struct File: Codable, Hashable, Sendable {
    /// The file, relative to the site's root.
    package var path: String
    /// SHA-256 of its bytes, in hexadecimal.
    package var sha256: String

    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The version of the format.
  package var version = EditJournal.currentVersion
  /// The folders that runs made, by path.
  package var folders: [String] = []
  /// The posts, by path.
  package var posts: [Post] = []
  /// The sources, by path.
  package var sources: [Source] = []
  /// Further files that runs made, by path.
  package var others: [File] = []

  /// Whether the file held the marks of a merge, which are settled here; see ``JournalSides``.
  package var isSettled = false

  package init() {}

  private enum CodingKeys: String, CodingKey { case version, folders, posts, sources, others }

  /// Whether there is nothing to undo.
  package var isEmpty: Bool {
    posts.isEmpty && others.isEmpty && folders.isEmpty && sources.allSatisfy(\.variants.isEmpty)
  }

  /// The files that runs made, and may thus be removed, by path.
  package var createdFiles: [String: String] {
    var files = Dictionary(others.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    for record in sources.flatMap(\.variants) where record.found != true {
      files[record.variant.path] = record.variant.sha256
    }
    return files
  }

  /// The same journal in its fixed order.
  package func sorted() -> EditJournal {
    var copy = self
    copy.folders.sort()
    copy.posts.sort { $0.path < $1.path }
    copy.sources.sort { $0.path < $1.path }
    copy.others.sort { $0.path < $1.path }
    return copy
  }
}
