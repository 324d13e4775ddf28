import AssetModel
import SiteFiles

/// Posts that are marked as read-only, which their author does not want edited.
enum ReadOnlyPosts {
  /// Lets the references of such posts be, before anything is made for them.
  ///
  /// - Parameters:
  ///   - manifest: the site; gets a warning for each such post that an image would have been rewritten in.
  static func keep(in manifest: inout AssetManifest, of root: SiteRoot) {
    var readOnly: Set<String> = []
    var writable: Set<String> = []
    for index in manifest.references.indices {
      let reference = manifest.references[index]
      guard reference.status == .local, reference.keptBecause == nil, !writable.contains(reference.post)
      else {
        continue
      }
      if FileAccess.mode(of: root.absolute(reference.post)) & 0o200 != 0 {
        writable.insert(reference.post)
      } else {
        readOnly.insert(reference.post)
        manifest.references[index].keptBecause = "the file is marked as read-only"
      }
    }
    manifest.problems += readOnly.map { post in
      Diagnostic(
        .warning, .postSkipped, file: post, message: "is marked as read-only, so it stays as it is",
        advice: "make it writable, or pass --force to have it replaced, its mode kept")
    }
  }
}
