import AssetModel
import Web

/// What may become of each image of a page, by the index of its element.
struct ImageRestrictions {
  /// Whether the page is AMP's, which knows neither `<picture>` nor scripts of the site's own.
  let isAMP: Bool
  private let claims: ScriptClaims
  private let obstacles: [Int: String]
  private let unsure: String?
  private let tree: PageTree
  /// The image in each `<picture>`, by the index of that.
  private let imageOfPicture: [Int: Int]

  /// - Parameter sheets: the rules of the page; nil for one that shows no image.
  init(
    _ tree: PageTree, bytes: [UInt8], page: String, urls: PageURLs, scripts library: ScriptLibrary,
    sheets: PageSheets.Rules?
  ) {
    self.tree = tree
    let images = tree.nodes.indices.filter { ["img", "amp-img"].contains(tree.nodes[$0].name) }
    let scripts = PageScripts(
      bytes: images.isEmpty ? [] : bytes, tree: images.isEmpty ? PageTree([]) : tree, urls: urls,
      library: library)
    claims = ScriptClaims(
      tree, bytes: bytes, scripts: scripts, styles: PageSelectors(images.isEmpty ? PageTree([]) : tree))
    isAMP = tree.nodes.contains { $0.name == "html" && ($0["amp"] != nil || $0["⚡"] != nil) }
    let reasons = claims.markupReasons
    let free = images.filter { reasons[$0] == nil }
    let fit = free.isEmpty ? nil : sheets.map { PictureFit(tree, sheets: $0, scripts: scripts) }
    let isXML = page.lowercased().hasSuffix(".xhtml")
    obstacles =
      isXML
      ? Dictionary(
        free.map { ($0, "XHTML has other rules for tags") }, uniquingKeysWith: { first, _ in first })
      : fit?.obstacles(of: free) ?? [:]
    unsure = fit?.unsureObstacle
    var inPictures: [Int: Int] = [:]
    for image in images {
      guard let parent = tree.nodes[image].parent, tree.nodes[parent].name == "picture" else { continue }
      if inPictures[parent] == nil { inPictures[parent] = image }
    }
    imageOfPicture = inPictures
  }

  /// Whether the page stays as its HTML says: no framework renders it again.
  var isFree: Bool { claims.framework == nil }

  /// Why a script owns an image, so that its markup stays; nil where none does.
  func markupReason(of image: Int) -> String? { claims.markupReasons[image] }

  /// What is known of an image.
  func use(of image: Int) -> PageUse {
    var use = PageUse()
    use.pictureObstacle = obstacles[image] ?? unsure
    use.isObstacleUnsure = obstacles[image] == nil && unsure != nil
    use.sizeReason = claims.sizeReasons[image]
    use.takesCandidatesAlone = tree.nodes[image].name == "amp-img"
    return use
  }

  /// The image that a `<source>` is for; nil for one of a video.
  func image(of source: Int) -> Int? { tree.nodes[source].parent.flatMap { imageOfPicture[$0] } }

  /// Whether an image has candidates of the generator's, in a `<picture>` or of its own.
  func isGroup(_ image: Int) -> Bool {
    if tree.nodes[image]["srcset"] != nil
      || LazyAttributes.lists.contains(where: { tree.nodes[image][$0] != nil })
    {
      return true
    }
    return tree.nodes[image].parent.map { imageOfPicture[$0] == image } ?? false
  }
}

/// The attributes in which lazy loaders keep the image that they put into a `src` later.
package enum LazyAttributes {
  /// One URL.
  package static let urls = [
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-echo", "data-bg", "data-background",
    "data-background-image", "data-bg-src",
  ]
  /// Candidates, as `srcset` has them.
  package static let lists = ["data-srcset", "data-lazy-srcset", "data-original-set"]
}
