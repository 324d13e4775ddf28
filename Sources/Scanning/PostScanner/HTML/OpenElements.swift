import AssetModel

/// The HTML elements that are open at a position, and what they mean for an image there.
struct OpenElements {
  /// The open elements' names, the innermost last.
  private(set) var names: [String] = []
  /// How many of them show nothing of what they hold.
  private(set) var hidden = 0
  private let outer: Set<Reference.Context>
  private var counts: [Reference.Context: Int] = [:]

  init(contexts: Set<Reference.Context> = []) { outer = contexts }

  /// The contexts that the elements make, and those around them.
  var contexts: Set<Reference.Context> { counts.isEmpty ? outer : outer.union(counts.keys) }

  /// Opens an element.
  mutating func push(_ name: String) {
    names.append(name)
    let lower = name.lowercased()
    if HTMLVocabulary.hidden.contains(lower) { hidden += 1 }
    for context in KramdownBlocks.contexts(of: lower) { counts[context, default: 0] += 1 }
  }

  /// Closes the innermost element.
  mutating func pop() {
    guard let name = names.popLast()?.lowercased() else { return }
    if HTMLVocabulary.hidden.contains(name) { hidden -= 1 }
    for context in KramdownBlocks.contexts(of: name) {
      counts[context, default: 0] -= 1
      if counts[context] == 0 { counts[context] = nil }
    }
  }

  /// Closes the innermost element of a name and those in it, as a browser does.
  mutating func close(_ name: String) {
    // A bound, so that a page of end tags that match nothing costs no search of the whole stack each time.
    guard names.suffix(64).contains(name) else { return }
    while let last = names.last {
      pop()
      if last == name { return }
    }
  }
}
