import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import Web

/// What the render hook, or the plugin, that an earlier run generated for a site offers for the images of its posts, which
/// themselves say nothing of it.
struct HookCandidates {
  private let entries: [String: [String: RenderHook.Entry]]

  /// Reads the hook of a site; nil where it has none of ours.
  init?(_ root: SiteRoot, of kind: Site.Kind) {
    let isHugo = kind == .hugo
    guard isHugo || kind == .astro || kind == .eleventy,
      case .file = root.resolve(isHugo ? RenderHookFiles.template : DoorFiles.pictures),
      let data = try? FileAccess.read(root.absolute(isHugo ? RenderHookFiles.data : DoorFiles.pictures)),
      let entries = try? JSONDecoder().decode([String: [String: RenderHook.Entry]].self, from: data)
    else { return nil }
    self.entries = entries
  }

  /// The `<img>` that the hook prints for an image, with the sources before it; nil where it prints what Hugo would.
  func picture(of reference: Reference, in post: Post) -> PageImages.Picture? {
    // In the copy a door is closed: its configuration is ours.
    guard let key = reference.hookKey(hasDoor: true) else { return nil }
    // The hook knows a post by its path below the content folder.
    var name = post.path[...]
    var entry = entries[String(name)]?[key]
    while entry == nil, let slash = name.firstIndex(of: "/") {
      name = name[name.index(after: slash)...]
      entry = entries[String(name)]?[key]
    }
    return entry.flatMap { RenderedPage(Array($0.html.utf8)) }.flatMap { PageImages($0).pictures.first }
  }
}
