/// Elements as far as sources tell them: what selectors are matched against.
struct StyleTree {
  /// An element, or a place where any number of unknown ones may stand.
  struct Element: Hashable {
    enum Name: Hashable {
      case known(String)
      case oneOf(Set<String>)
      case any
    }

    var name: Name
    /// Classes that it has, by whether it always does.
    var classes: [String: Certainty] = [:]
    var id: String?
    var attributes: [String: String] = [:]
    /// Whether it may have further classes, identifiers and attributes.
    var isOpen = false
    /// Whether template code gives it further classes.
    var isTemplated = false
    /// Whether scripts give it classes that tell a state of the page: `js`, `dark`, `page-loaded`.
    var isScripted = false
    /// Whether it stands for any number of unknown elements, none included.
    var isGap = false
    /// Whether further elements may stand beside its children.
    var hasOpenChildren = false

    init(_ name: String, classes: [String] = [], id: String? = nil, isOpen: Bool = false) {
      self.name = .known(name)
      self.classes = Dictionary(classes.map { ($0, .yes) }, uniquingKeysWith: { a, _ in a })
      self.id = id
      self.isOpen = isOpen
    }

    init(oneOf names: Set<String>) {
      name = .oneOf(names)
      isOpen = true
    }

    /// Any number of unknown elements.
    static var gap: Element {
      var element = Element("")
      (element.name, element.isGap, element.isOpen) = (.any, true, true)
      return element
    }
  }

  private(set) var elements: [Element] = []
  private(set) var parents: [Int?] = []
  private(set) var children: [[Int]] = []

  /// Adds an element as the last child.
  @discardableResult
  mutating func add(_ element: Element, to parent: Int?) -> Int {
    elements.append(element)
    parents.append(parent)
    children.append([])
    if let parent { children[parent].append(elements.count - 1) }
    return elements.count - 1
  }

  /// The elements above, nearest first.
  func ancestors(of element: Int) -> [Int] {
    var found: [Int] = []
    var at = parents[element]
    while let next = at {
      found.append(next)
      at = parents[next]
    }
    return found
  }

  /// The position among the parent's children; nil for the top.
  func siblings(of element: Int) -> (list: [Int], index: Int, isOpen: Bool)? {
    guard let parent = parents[element], let index = children[parent].firstIndex(of: element) else {
      return nil
    }
    return (children[parent], index, elements[parent].hasOpenChildren)
  }
}
