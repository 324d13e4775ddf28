import AssetModel
import Web

/// An image of a page by the names and classes of the elements around it, from the body on, and by the width that its
/// author gave it: images of one path are shown alike.
enum ElementPath {
  /// Elements of a path; of a deeper one the innermost.
  private static let maxElements = 24
  /// Bytes of one element's part. Each image inside tells it again, so that a longer one is told by its digest.
  private static let maxBytes = 1_000

  /// The paths of a page's images as selectors, `body > main > article.post > p > img`, by the index of the image.
  static func texts(of images: [Int], in tree: PageTree) -> [Int: String] {
    var compounds: [Int: String] = [:]
    func compound(_ at: Int) -> String {
      if let known = compounds[at] { return known }
      let text = self.compound(tree.nodes[at])
      compounds[at] = text
      return text
    }
    var texts: [Int: String] = [:]
    for index in images {
      var parts: [String] = []
      var next: Int? = index
      while let at = next, tree.nodes[at].name != "html", parts.count < maxElements {
        parts.append(compound(at))
        next = tree.nodes[at].parent
      }
      texts[index] = parts.reversed().joined(separator: " > ")
    }
    return texts
  }

  private static func compound(_ node: PageTree.Node) -> String {
    let said = ["class", "style", "width"].reduce(node.name.utf8.count) { $0 + (node[$1]?.utf8.count ?? 0) }
    guard said > maxBytes else { return whole(node) }
    let name = node.name.utf8.count > maxBytes ? "x" : PathSelector.escaped(node.name)
    return name + PathSelector.attribute("digest", ContentDigest.sha256(whole(node)))
  }

  private static func whole(_ node: PageTree.Node) -> String {
    var text = PathSelector.escaped(node.name)
    for name in (node["class"] ?? "").split(whereSeparator: \.isWhitespace) where !isNumbered(name) {
      text += "." + PathSelector.escaped(name)
    }
    if node.name == "img", let width = node["width"] { text += PathSelector.attribute("width", width) }
    if let style = node["style"], node.name == "img" || style.contains("width") {
      text += PathSelector.attribute("style", style)
    }
    return text
  }

  /// Whether a class is a number's or a digest's (`post-1234`, `css-1x2y3z`), which no two pages have in common.
  private static func isNumbered(_ name: Substring) -> Bool {
    name.utf8.count { (0x30...0x39).contains($0) } > 2
  }
}
