/// Elements as far as sources tell them: what selectors are matched against.
package struct StyleTree {
  /// An element, or a place where any number of unknown ones may stand.
  package struct Element: Hashable, Sendable {
    package enum Name: Hashable, Sendable {
      case exactly(String)
      case oneOf(Set<String>)
      case any
    }

    package var name: Name
    /// Classes that it has, by whether it always does.
    package var classes: [String: Certainty] = [:]
    package var id: String?
    package var attributes: [String: String] = [:]
    /// Whether it may have further classes, identifiers and attributes.
    package var isOpen = false
    /// Whether template code gives it further classes.
    package var isTemplated = false
    /// Whether scripts give it classes that tell a state of the page: `js`, `dark`, `page-loaded`.
    package var isScripted = false
    /// Whether it stands for any number of unknown elements, none included.
    package var isGap = false
    /// Whether further elements may stand beside its children.
    package var hasOpenChildren = false

    package init(_ name: String, classes: [String] = [], id: String? = nil, isOpen: Bool = false) {
      self.name = .exactly(name)
      self.classes = Dictionary(classes.map { ($0, .yes) }, uniquingKeysWith: { a, _ in a })
      self.id = id
      self.isOpen = isOpen
    }

    package init(oneOf names: Set<String>) {
      name = .oneOf(names)
      isOpen = true
    }

    /// Any number of unknown elements.
    package static var gap: Element {
      var element = Element("")
      (element.name, element.isGap, element.isOpen) = (.any, true, true)
      return element
    }
  }

  /// Makes an empty tree.
  package init() {}

  package private(set) var elements: [Element] = []
  package private(set) var parents: [Int?] = []
  package private(set) var children: [[Int]] = []
  /// The position of each among its parent's children.
  private var positions: [Int] = []

  /// Adds an element as the last child.
  @discardableResult
  package mutating func add(_ element: Element, to parent: Int?) -> Int {
    elements.append(element)
    parents.append(parent)
    children.append([])
    positions.append(parent.map { children[$0].count } ?? 0)
    if let parent { children[parent].append(elements.count - 1) }
    return elements.count - 1
  }

  /// The elements above, nearest first.
  package func ancestors(of element: Int) -> [Int] {
    var ancestors: [Int] = []
    var at = parents[element]
    while let next = at {
      ancestors.append(next)
      at = parents[next]
    }
    return ancestors
  }

  /// The position among the parent's children; nil for the top.
  package func siblings(of element: Int) -> (list: [Int], index: Int, isOpen: Bool)? {
    guard let parent = parents[element] else { return nil }
    return (children[parent], positions[element], elements[parent].hasOpenChildren)
  }
}
