import AssetModel
import Web

/// An image of a page by the names and classes of the elements around it, from the body on, and by the width that its
/// author gave it: images of one path are shown alike.
enum ElementPath {
  /// Elements of a path; of a deeper one the innermost.
  private static let maxElements = 24

  /// The path as a selector: `body > main > article.post > p > img`.
  static func text(of index: Int, in tree: PageTree) -> String {
    var parts: [String] = []
    var next: Int? = index
    while let at = next, tree.nodes[at].name != "html", parts.count < maxElements {
      parts.append(compound(tree.nodes[at]))
      next = tree.nodes[at].parent
    }
    return parts.reversed().joined(separator: " > ")
  }

  private static func compound(_ node: PageTree.Node) -> String {
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
