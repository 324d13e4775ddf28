/// A selector over the path of an image in a built page: names, classes and attributes, joined by spaces and `>`.
package struct PathSelector: Hashable, Sendable {
  /// Conditions on one element.
  private struct Compound: Hashable {
    var name: Substring?
    var classes: Set<Substring> = []
    var attributes: [Substring: String] = [:]
    /// Whether the element before it has to be its parent.
    var isChild = false
  }

  private let compounds: [Compound]

  /// Nil for what is no such selector.
  package init?(_ text: String) {
    var found: [Compound] = []
    var isChild = false
    for word in Self.words(text[...]) {
      if word == ">" {
        guard !isChild, !found.isEmpty else { return nil }
        isChild = true
        continue
      }
      guard var compound = Self.compound(word) else { return nil }
      compound.isChild = isChild
      isChild = false
      found.append(compound)
    }
    guard !isChild, let last = found.last, last.name == nil || last.name == "img" else { return nil }
    compounds = found
  }

  /// Whether the image at the end of a path is one that the selector means.
  ///
  /// - Parameter path: as ``ImageDisplay/path`` has it.
  package func matches(_ path: String) -> Bool {
    guard let elements = PathSelector(path)?.compounds else { return false }
    // Where the compounds so far may end: each is tried once on each element, however many ways lead there.
    var ends = elements.indices.map { Self.fits(compounds[0], elements[$0]) }
    for compound in compounds.dropFirst() {
      var isBelow = false
      var next = ends
      for place in elements.indices {
        let isReached = compound.isChild ? place > 0 && ends[place - 1] : isBelow
        isBelow = isBelow || ends[place]
        next[place] = isReached && Self.fits(compound, elements[place])
      }
      ends = next
    }
    return ends.last ?? false
  }

  private static func fits(_ wanted: Compound, _ element: Compound) -> Bool {
    if let name = wanted.name, name != element.name { return false }
    return wanted.classes.isSubset(of: element.classes)
      && wanted.attributes.allSatisfy { element.attributes[$0.key] == $0.value }
  }

  // MARK: Text

  /// The words between spaces that stand in no quotes.
  private static func words(_ text: Substring) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if start < index { words.append(text[start..<index]) }
        start = text.index(after: index)
      }
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }

  private static func compound(_ text: Substring) -> Compound? {
    var compound = Compound()
    var rest = text
    while let first = rest.first {
      switch first {
      case ".":
        rest.removeFirst()
        guard let name = name(&rest) else { return nil }
        compound.classes.insert(name)
      case "[":
        rest.removeFirst()
        guard let (name, value) = attribute(&rest) else { return nil }
        compound.attributes[name] = value
      default:
        guard compound.name == nil, compound.classes.isEmpty, compound.attributes.isEmpty,
          let name = name(&rest)
        else { return nil }
        compound.name = name
      }
    }
    return compound.name == nil && compound.classes.isEmpty && compound.attributes.isEmpty ? nil : compound
  }

  /// A name, whose signs are escaped by a backslash.
  private static func name(_ rest: inout Substring) -> Substring? {
    var end = rest.startIndex
    while end < rest.endIndex {
      if rest[end] == "\\" {
        end = rest.index(after: end)
        guard end < rest.endIndex else { return nil }
      } else if !isPlain(rest[end]) {
        break
      }
      end = rest.index(after: end)
    }
    guard end > rest.startIndex else { return nil }
    let name = rest[..<end]
    rest = rest[end...]
    return name
  }

  private static func attribute(_ rest: inout Substring) -> (Substring, String)? {
    guard let name = name(&rest), rest.hasPrefix("=\"") else { return nil }
    rest = rest.dropFirst(2)
    var value = ""
    while let first = rest.popFirst() {
      if first == "\"" {
        guard rest.popFirst() == "]" else { return nil }
        return (name, value)
      }
      if first == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(first) }
    }
    return nil
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_"
  }

  // MARK: Writing

  /// A name as a selector has it.
  package static func escaped(_ name: some StringProtocol) -> String {
    name.reduce(into: "") { out, character in
      if !isPlain(character) { out.append("\\") }
      out.append(character)
    }
  }

  /// An attribute's condition.
  package static func attribute(_ name: String, _ value: String) -> String {
    let text = value.reduce(into: "") { out, character in
      if character == "\"" || character == "\\" { out.append("\\") }
      out.append(character)
    }
    return "[\(name)=\"\(text)\"]"
  }
}
