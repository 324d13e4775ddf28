import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PostScanner

/// The images that real Jekyll put into the pages of real blogs, against what the scanner says of their posts.
@Suite(.tags(.realCorpora), .needsRealCorpora("corpora", "truth")) struct ShownImagesRealCorpora {
  /// - Parameter explained: URLs of pages that come from includes and layouts of the theme.
  @Test(arguments: ["nerd-blog", "huxpro", "pgp-alfolio", "perproxid-chirpy"])
  func referencesAreWhatThePagesShow(_ name: String) throws {
    let site = RealCorpora.path("corpora/\(name)")
    let truth = try Self.read(RealCorpora.path("truth/\(name).tsv"))
    let result = try PostScanner(root: SiteRoot(site), name: name).scan()
    let pages = Dictionary(grouping: result.references.filter { $0.kind != .frontMatter }, by: \.post)
    var right = 0
    var notShown: [String] = []
    var missed: [String] = []
    var pagesSeen = 0
    for post in result.posts {
      guard let rendered = truth[Self.page(post.url)] else { continue }
      pagesSeen += 1
      let source = try String(contentsOfFile: site + "/" + post.path, encoding: .utf8)
      let references = pages[post.path] ?? []
      for reference in references where reference.status == .local || reference.status == .missing {
        let isShown = rendered.contains { Self.same($0, reference, in: post) }
        if isShown { right += 1 } else { notShown.append("\(post.path): \(reference.url)") }
      }
      // What the page shows and the post's own text names must be there.
      for url in rendered
      where Self.names(source, url) && !references.contains(where: { Self.same(url, $0, in: post) }) {
        missed.append("\(post.path): \(url)")
      }
    }
    print(
      "\(name): \(pagesSeen) pages, \(right) references shown, \(notShown.count) not shown, \(missed.count) missed"
    )
    #expect(pagesSeen > 0)
    #expect(notShown.isEmpty)
    #expect(missed.isEmpty)
  }

  /// The URLs of images by page.
  private static func read(_ path: String) throws -> [String: Set<String>] {
    var pages: [String: Set<String>] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 5, cells[1] == "img", cells[2] == "src" else { continue }
      pages[cells[0], default: []].insert(cells[3])
    }
    return pages
  }

  private static func page(_ url: String) -> String {
    let path = (url.removingPercentEncoding ?? url).dropFirst()
    if path.isEmpty || path.hasSuffix("/") { return path + "index.html" }
    return path.hasSuffix(".html") ? String(path) : path + ".html"
  }

  private static func same(_ rendered: String, _ reference: Reference, in post: Post) -> Bool {
    let text = rendered.trimmingCharacters(in: .whitespaces)
    if text == Entities.decode(reference.url).trimmingCharacters(in: .whitespaces) { return true }
    let path = (text.removingPercentEncoding ?? text).prefix { $0 != "?" && $0 != "#" }
    return reference.source.map { path.hasSuffix($0) } ?? false
  }

  /// Whether a post's text names an image in an image's syntax.
  private static func names(_ source: String, _ url: String) -> Bool {
    source.contains("](\(url))") || source.contains("](\(url) ") || source.contains("src=\"\(url)\"")
  }
}
