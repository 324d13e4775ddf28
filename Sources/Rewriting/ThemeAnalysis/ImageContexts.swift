import AssetModel
import Web

/// The contexts in which Markdown places an image, below the elements of a layout.
struct ImageContexts {
  /// One of them: the tree, and what its elements are.
  struct Context {
    var tree = StyleTree()
    /// The elements that are in the page both with and without a `<picture>`, in the same order.
    var shared: [Int] = []
    var image = 0
    /// The image's parent without a `<picture>`.
    var parent = 0
    var picture: Int?
    /// Where its author has put the image, where that is told of references; nil for other places.
    var place: Reference.Context?
  }

  /// The elements of the layout, outermost first.
  var chain: [StyleTree.Element]
  /// The attributes of the image.
  var attributes: [String: String] = [:]
  /// Whether its attributes are all known.
  var isClosed = true

  /// The elements above an image, as kramdown and CommonMark renderers nest them.
  private static let paths: [[String]] = [
    ["p"], ["ul|ol", "li"], ["p", "a"], ["p", "strong|em|del"], ["ul|ol", "li", "p"], ["blockquote", "p"],
    ["table", "tbody", "tr", "td"], ["table", "thead", "tr", "th"], ["dl", "dd"], ["dl", "dt"],
    ["h1|h2|h3|h4|h5|h6"],
  ]

  /// The elements by which a reference's place is told.
  private static let places: [String: Reference.Context] = [
    "a": .link, "table": .table, "h1|h2|h3|h4|h5|h6": .heading,
  ]

  /// What Markdown can put beside an image.
  private static let inline: Set<String> = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u",
  ]
  private static let blocks: Set<String> = ["p", "ul", "ol", "pre", "div", "blockquote", "table", "hr"]

  /// The siblings of the image.
  private struct Siblings {
    var before: Bool
    var after: Bool
  }

  /// All contexts: alone in the parent, before, after and between other elements.
  func all(wrapped: Bool, added: [String: String] = [:]) -> [Context] {
    Self.paths.flatMap { path in
      [(false, false), (false, true), (true, false), (true, true)].map { before, after in
        context(path, Siblings(before: before, after: after), wrapped: wrapped, added: added)
      }
    }
  }

  private func context(
    _ path: [String], _ siblings: Siblings, wrapped: Bool, added: [String: String]
  ) -> Context {
    var context = Context(place: Self.places.first { path.contains($0.key) }?.value)
    var parent: Int?
    for var element in chain {
      element.hasOpenChildren = true
      parent = context.tree.add(element, to: parent)
      parent.map { context.shared.append($0) }
    }
    for (index, name) in path.enumerated() {
      var element = StyleTree.Element(oneOf: Set(name.split(separator: "|").map(String.init)))
      element.hasOpenChildren = index < path.count - 1
      let added = context.tree.add(element, to: parent)
      context.shared.append(added)
      parent = added
    }
    context.parent = parent ?? 0
    let names =
      path.last == "li" || path.last == "td" || path.last == "dd"
      ? Self.inline.union(Self.blocks) : Self.inline
    func addSibling() {
      context.shared.append(context.tree.add(StyleTree.Element(oneOf: names), to: context.parent))
    }
    if siblings.before { addSibling() }
    if wrapped { context.picture = context.tree.add(StyleTree.Element("picture"), to: context.parent) }
    context.image = context.tree.add(image(added), to: context.picture ?? context.parent)
    if siblings.after { addSibling() }
    context.shared.append(context.image)
    return context
  }

  private func image(_ added: [String: String]) -> StyleTree.Element {
    let merged = attributes.merging(added) { author, _ in author }
    var image = StyleTree.Element(
      "img", classes: merged["class"]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? [],
      id: merged["id"],
      isOpen: !isClosed)
    image.attributes = merged.filter { $0.key != "class" && $0.key != "id" }
    // An image has a source and an alternative text that a selector may ask for.
    for name in ["src", "alt"] where image.attributes[name] == nil { image.attributes[name] = "" }
    return image
  }
}
