import AssetModel

/// Decides whether a Hugo site can have a generated render hook. A hook renders the Markdown images of all posts, so that
/// one post with an image that it would show otherwise than Hugo does is enough for there to be none.
enum RenderHookEligibility {
  /// Takes the hook from all posts: a run in place leaves templates to their author.
  static func drop(_ manifest: inout AssetManifest) {
    for index in manifest.posts.indices { manifest.posts[index].hookName = nil }
    manifest.site.fileHook = nil
  }

  /// Takes the hook from all posts where one cannot have it.
  ///
  /// - Returns: a note on the post, where the hook would have been used.
  static func evaluate(_ manifest: inout AssetManifest) -> [Diagnostic] {
    guard manifest.posts.contains(where: { $0.hookName != nil }) else { return [] }
    let shown = Set(
      manifest.references.filter { $0.kind == .markdownInline || $0.kind == .markdownReference }.map(\.post))
    guard
      let post = manifest.posts.first(where: {
        $0.hookName == nil && $0.dialect == .commonmark && shown.contains($0.path)
      })
    else { return [] }
    drop(&manifest)
    if post.allowsHTML { return [] }
    return [
      Diagnostic(
        .note, .referenceKept, file: post.path,
        message:
          "an image here is written with a backslash, which a render hook may show otherwise than Hugo, so that"
          + " the site's images gain no candidates, but lighter files",
        advice: "write the image without backslashes")
    ]
  }
}
