/// Makes a document's nodes of libyaml's events.
struct Composer {
  private var duplicates: [Document.DuplicateKey] = []
  private var anchors: [String: Anchored] = [:]
  /// How many nodes were read, those that aliases stand for counted each time.
  private var nodes = 0
  private var aliased = 0

  /// A node with a name, and how many nodes it is made of.
  private struct Anchored {
    var node: Node
    var nodes: Int
  }

  /// The value of the only document of a text, nil where there is none, and the keys that stand twice in it.
  static func compose(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Result<(Node?, [Document.DuplicateKey]), YAMLError> {
    Result { () throws(YAMLError) in
      var composer = Composer()
      let root = try composer.root(text)
      return (root, composer.duplicates)
    }
  }

  private mutating func root(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> Node? {
    let reader = EventReader(text)
    var root: Node?
    while true {
      switch try reader.next() {
      case .streamEnd: return root
      case .documentStart:
        if root != nil { throw Self.error("but found another document", reader.place) }
        root = try node(try reader.next(), reader, depth: 0)
      default: break
      }
    }
  }

  private mutating func node(_ event: Event, _ reader: EventReader, depth: Int) throws(YAMLError) -> Node? {
    let place = reader.place
    let before = nodes
    nodes += 1
    switch event {
    case .scalar(let scalar, let anchor):
      remember(.scalar(scalar), anchor, before)
      return .scalar(scalar)
    case .sequenceStart(let anchor):
      try check(depth, place)
      let items = try self.items(reader, depth: depth)
      let node = Node.sequence(Node.Sequence(items: items, place: whole(place, reader)))
      remember(node, anchor, before)
      return node
    case .mappingStart(let anchor):
      try check(depth, place)
      let entries = try self.entries(reader, depth: depth)
      let node = Node.mapping(
        Node.Mapping(resolving: entries, place: whole(place, reader), duplicates: &duplicates))
      remember(node, anchor, before)
      return node
    case .alias(let name): return try alias(name, place)
    default: return nil
    }
  }

  private mutating func items(_ reader: EventReader, depth: Int) throws(YAMLError) -> [Node] {
    var items: [Node] = []
    while let item = try node(try reader.next(), reader, depth: depth + 1) { items.append(item) }
    return items
  }

  private mutating func entries(
    _ reader: EventReader, depth: Int
  ) throws(YAMLError) -> [Node.Mapping.Element] {
    var entries: [Node.Mapping.Element] = []
    while let key = try node(try reader.next(), reader, depth: depth + 1),
      let value = try node(try reader.next(), reader, depth: depth + 1)
    {
      entries.append((key, value))
    }
    return entries
  }

  /// A collection's place, from its beginning to the event that ended it.
  private func whole(_ place: Node.Place, _ reader: EventReader) -> Node.Place {
    var place = place
    place.bytes = place.bytes.lowerBound..<max(place.bytes.lowerBound, reader.place.bytes.upperBound)
    return place
  }

  private func check(_ depth: Int, _ place: Node.Place) throws(YAMLError) {
    guard depth >= Document.maxDepth else { return }
    throw Self.error("lists and mappings lie more than \(Document.maxDepth) deep in each other", place)
  }

  private mutating func remember(_ node: Node, _ anchor: String?, _ before: Int) {
    guard let anchor else { return }
    anchors[anchor] = Anchored(node: node, nodes: nodes - before)
  }

  /// What an alias stands for. Its name is known only once its node is whole, so no node holds itself.
  private mutating func alias(_ name: String, _ place: Node.Place) throws(YAMLError) -> Node {
    guard let anchored = anchors[name] else { throw Self.error("found undefined alias", place) }
    nodes += anchored.nodes - 1
    aliased += anchored.nodes
    guard aliased <= Document.maxAliased else {
      throw Self.error("aliases stand for more than \(Document.maxAliased) values", place)
    }
    return anchored.node
  }

  private static func error(_ problem: String, _ place: Node.Place) -> YAMLError {
    YAMLError(problem: problem, line: place.line, column: place.column)
  }
}
