import AssetModel

/// Decides whether a Hugo site can have a generated render hook. A hook renders the Markdown images of all posts, so that
/// one post with an image that it would show otherwise than Hugo does is enough for there to be none. Plugins of Astro and
/// Eleventy leave what they do not know, so that a post can go without.
enum RenderHookEligibility {
  /// Takes the hook from all posts: a run in place leaves templates to their author.
  static func drop(_ manifest: inout AssetManifest) {
    drop(from: Set(manifest.posts.map(\.path)), &manifest)
    (manifest.site.fileHook, manifest.site.door) = (nil, nil)
  }

  /// Takes the hook from all posts where one cannot have it.
  ///
  /// - Returns: a note on the post, where the hook would have been used.
  static func evaluate(_ manifest: inout AssetManifest) -> [Diagnostic] {
    guard manifest.posts.contains(where: { $0.hookName != nil }) else { return [] }
    if manifest.site.door != nil {
      dropTemplated(&manifest)
      return []
    }
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

  /// Takes the plugin from posts with an image whose destination template code gives: a plugin knows an image by what comes
  /// of that.
  private static func dropTemplated(_ manifest: inout AssetManifest) {
    let templated = manifest.references.filter { reference in
      reference.status == .local
        && (reference.kind == .markdownInline || reference.kind == .markdownReference)
        && ["{{", "{%", "<%"].contains(where: reference.url.contains)
    }
    let posts = Set(templated.map(\.post))
    drop(from: posts, &manifest)
  }

  /// Takes the hook from some posts, where nothing then reaches the images of MDX.
  private static func drop(from posts: Set<String>, _ manifest: inout AssetManifest) {
    var inMDX: Set<String> = []
    for index in manifest.posts.indices where posts.contains(manifest.posts[index].path) {
      let post = manifest.posts[index]
      if post.hasDoor == true, post.dialect == .mdx { inMDX.insert(post.path) }
      (manifest.posts[index].hookName, manifest.posts[index].hasDoor) = (nil, nil)
    }
    for index in manifest.references.indices where inMDX.contains(manifest.references[index].post) {
      let reference = manifest.references[index]
      guard reference.status == .local, reference.keptBecause == nil else { continue }
      switch reference.kind {
      case .markdownInline, .markdownReference:
        manifest.references[index].keptBecause = Reference.keptMarkdownInMDX
      case .htmlImage: manifest.references[index].keptBecause = Reference.keptJSX
      default: continue
      }
    }
  }
}
