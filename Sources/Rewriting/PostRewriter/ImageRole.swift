import AssetModel

/// What an image is to its page, which decides the hints it gets beside its candidates.
struct ImageRole: Hashable {
  /// When the image is loaded.
  enum Loading: Hashable {
    /// At once: it is the likely largest contentful paint.
    case urgent
    /// When it comes near the view.
    case lazy
    /// As the author has it.
    case unchanged
  }

  var loading: Loading
  /// Whether `width` and `height` are written, so that the page keeps room for the image until it is there.
  var reservesSpace: Bool

  /// - Parameters:
  ///   - place: the reference.
  ///   - index: its number among the body images of its post, from 0.
  ///   - dialect: the kind of file the post is.
  ///   - largest: the images that were measured to be painted largest; nil where none were.
  init(of place: Reference, index: Int, in dialect: Post.Dialect, largest: [String]? = nil) {
    switch dialect {
    case .page:
      // PageRoles says it of the images of a page, of all of them together.
      loading = .unchanged
      reservesSpace = false
    case .asciiDoc, .commonmark, .html, .kramdown, .mdx, .notebook, .org, .pythonMarkdown, .reStructuredText,
      .textile:
      let isUrgent = largest.map { $0.contains(place.source ?? "") } ?? (index == 0)
      loading = isUrgent ? .urgent : .lazy
      reservesSpace = true
    }
  }
}

extension ImageRole {
  init(loading: Loading, reservesSpace: Bool) {
    self.loading = loading
    self.reservesSpace = reservesSpace
  }
}
