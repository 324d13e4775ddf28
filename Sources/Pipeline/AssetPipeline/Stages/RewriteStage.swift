import AssetModel
import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles
import ThemeAnalysis

/// A site whose posts' new text is known: the rewriter gives it a post at a time, so that no more than one is in memory.
struct RewrittenSite {
  let rendered: RenderedSite
  let rewriter: PostRewriter
  /// What the rewriter was given beside the manifest.
  let options: RewriteOptions
  /// The render hook, or the plugin, that shows images in the place of what their posts say; nil where it would show nothing.
  var hook: RenderHook?
  /// References that the hook shows.
  var hooked = 0

  /// What a person is told of the generator's own door; nil where the site is of no kind that has one.
  var door: String? {
    let manifest = rendered.manifest
    guard let door = manifest.site.door else { return nil }
    let name = manifest.site.kind.name
    if let closed = door.closed { return "none of \(name)'s own, so posts are rewritten: \(closed)" }
    guard hook != nil else { return nil }
    return
      "\(name) gives \(hooked.counted("image")) candidates itself, by \(StagedDoor.name(manifest.site.kind)) of"
      + " \(door.configuration)"
  }

  /// What lies in the copy for it, by path: files of their own, and one that takes a file's place.
  ///
  /// - Parameter root: the site.
  /// - Throws: `FileError`
  func hookFiles(_ root: SiteRoot) throws -> [(path: String, content: Data)] {
    guard let hook else { return [] }
    let manifest = rendered.manifest
    guard let door = manifest.site.door else { return try hook.files() }
    let pictures = try hook.json()
    let author = try FileAccess.read(root.absolute(door.configuration))
    return StagedDoor.files(
      of: manifest.site.kind, door, author: author, pictures: pictures,
      stamp: String(ContentDigest.sha256(pictures).prefix(16)))
  }
}

/// The rewrite stage: what each post becomes. Nothing is written.
enum RewriteStage {
  static var stage: Stage<RenderedSite, RewrittenSite> {
    Stage("rewrite") { site, _ in
      rewrite(site)
    } outcome: { site in
      let manifest = site.rendered.manifest
      return "\(manifest.posts.count { site.rewriter.touches($0) }) \(manifest.site.kind.things) may change"
    }
  }

  private static func rewrite(_ rendered: RenderedSite) -> RewrittenSite {
    let options = rendered.rewriteOptions
    let rewriter = PostRewriter(manifest: rendered.manifest, options: options)
    var site = RewrittenSite(rendered: rendered, rewriter: rewriter, options: options)
    addHook(to: &site)
    return site
  }

  private static func addHook(to site: inout RewrittenSite) {
    let manifest = site.rendered.manifest
    guard manifest.posts.contains(where: { $0.hookName != nil }) else { return }
    var hook = RenderHook()
    let references = Dictionary(grouping: manifest.references, by: \.post)
    for post in manifest.posts {
      guard let name = post.hookName else { continue }
      var entries = site.rewriter.hookEntries(of: post)
      if post.hasDoor == true {
        for (url, entry) in entries where !entry.isRooted { entries[url]?.page = post.url }
      }
      hook.add(entries, of: name)
      site.hooked += references[post.path, default: []].count { reference in
        reference.hookKey(in: post).map { entries[$0] != nil } ?? false
      }
    }
    if !hook.isEmpty { site.hook = hook }
  }
}

extension RenderedSite {
  /// What the rewriter is to know beside the manifest.
  var rewriteOptions: RewriteOptions {
    let configuration = planned.configuration
    var options = RewriteOptions()
    options.markup = configuration.plan.markup
    options.srcsetFormat = configuration.plan.srcsetFormat
    options.avoidsPicture = configuration.plan.avoidsPicture
    options.sizes = configuration.sizes
    options.layouts = configuration.layouts
    options.theme = planned.theme
    options.widestRung = configuration.plan.keepsSourceWidth ? .max : configuration.plan.widths.max() ?? 0
    options.widths = configuration.plan.widths
    options.folder = configuration.plan.folder
    options.allowsStyle = planned.allowsStyle
    options.countsMarkup = manifest.site.kind == .hugo
    return options
  }
}
