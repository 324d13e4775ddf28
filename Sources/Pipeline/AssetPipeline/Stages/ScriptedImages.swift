import AssetModel

/// Images of posts whose `src` a script of the theme sets: candidates that they gain would go on showing the picture before.
enum ScriptedImages {
  /// Lets such images be, before anything is made for them.
  static func keep(in manifest: inout AssetManifest, by theme: ThemeFit) {
    guard !theme.scripted.isEmpty else { return }
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for index in manifest.references.indices {
      let reference = manifest.references[index]
      guard reference.isBodyImage, reference.status == .local, reference.obstacle == nil,
        let post = posts[reference.post]
      else { continue }
      manifest.references[index].keptBecause = theme.scriptReason(reference, in: post)
    }
  }
}
