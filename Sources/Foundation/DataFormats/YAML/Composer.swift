import CYAML

/// Makes a document's nodes of libyaml's events.
struct Composer: ~Copyable {
  private(set) var duplicates: [Document.DuplicateKey] = []
  private var reader: EventReader
  private let merging: Document.Merging
  private var anchors: [String: Anchored] = [:]
  /// How many nodes were read, those that aliases stand for counted each time.
  private var nodes = 0
  private var aliased = 0
  /// How deep the lists and mappings reached that were read since the innermost anchor.
  private var deepest = 0

  /// A node with a name.
  private struct Anchored {
    var node: Node
    /// How many nodes it contains.
    var nodes: Int
    /// How many lists and mappings lie in each other in it.
    var height: Int
  }

  /// - Parameter text: stays where it is for as long as the composer is in use.
  init(_ text: UnsafeBufferPointer<UInt8>, firstIndex: Int, _ merging: Document.Merging) {
    let mark = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    reader = EventReader(UnsafeBufferPointer(rebasing: text[mark...]), firstIndex: firstIndex + mark)
    self.merging = merging
  }

  /// The value of the only document; nil where there is none.
  mutating func root() throws(YAMLError) -> Node? {
    try reader.next()
    try reader.next()
    guard reader.event.type == YAML_DOCUMENT_START_EVENT else { return nil }
    try reader.next()
    let root = try node(depth: 0)
    try reader.next()
    try reader.next()
    guard reader.event.type == YAML_STREAM_END_EVENT else {
      // libyaml itself takes any number; the words are those of its loader in Python.
      throw YAMLError(
        .secondDocument, "but found another document", context: "expected a single document in the stream",
        at: reader.location())
    }
    return root
  }

  /// The node that begins with the event.
  ///
  /// - Parameter depth: the number of lists and mappings around it.
  private mutating func node(depth: Int) throws(YAMLError) -> Node {
    let event = reader.event
    switch event.type {
    case YAML_ALIAS_EVENT: return try alias(depth)
    case YAML_SCALAR_EVENT:
      nodes += 1
      let node = Node.scalar(Node.Scalar(event.data.scalar, reader.location()))
      if let anchor = event.data.scalar.anchor {
        anchors[String(cString: anchor)] = Anchored(node: node, nodes: 1, height: 0)
      }
      return node
    case YAML_SEQUENCE_START_EVENT: return try collection(depth + 1, event.data.sequence_start.anchor)
    default: return try collection(depth + 1, event.data.mapping_start.anchor)
    }
  }

  /// The node that an alias stands for. The anchor is registered only when its node is complete, so no node contains
  /// itself.
  private mutating func alias(_ depth: Int) throws(YAMLError) -> Node {
    guard let anchored = anchors[String(cString: reader.event.data.alias.anchor)] else {
      throw YAMLError(.undefinedAlias, "found undefined alias", at: reader.location())
    }
    nodes += anchored.nodes
    aliased += anchored.nodes
    guard aliased <= Document.maxAliased else {
      throw YAMLError(
        .aliases, "aliases stand for more than \(Document.maxAliased) values", at: reader.location())
    }
    try reach(depth + anchored.height)
    return anchored.node
  }

  private mutating func reach(_ depth: Int) throws(YAMLError) {
    guard depth <= Document.maxDepth else {
      throw YAMLError(
        .depth, "lists and mappings lie more than \(Document.maxDepth) deep in each other",
        at: reader.location())
    }
    deepest = max(deepest, depth)
  }

  /// The list or mapping that begins with the event.
  private mutating func collection(
    _ depth: Int, _ anchor: UnsafeMutablePointer<yaml_char_t>?
  ) throws(YAMLError) -> Node {
    guard let anchor else { return try whole(depth) }
    // The event's texts are only valid until the next one is read.
    let name = String(cString: anchor)
    let (nodesBefore, deepestBefore) = (nodes, deepest)
    deepest = 0
    let node = try whole(depth)
    anchors[name] = Anchored(node: node, nodes: nodes - nodesBefore, height: deepest - depth + 1)
    deepest = max(deepest, deepestBefore)
    return node
  }

  private mutating func whole(_ depth: Int) throws(YAMLError) -> Node {
    nodes += 1
    try reach(depth)
    return reader.event.type == YAML_SEQUENCE_START_EVENT ? try sequence(depth) : try mapping(depth)
  }

  private mutating func sequence(_ depth: Int) throws(YAMLError) -> Node {
    let start = reader.location()
    let tag = reader.event.data.sequence_start.tag.map { String(cString: $0) }
    var items: [Node] = []
    try reader.next()
    while reader.event.type != YAML_SEQUENCE_END_EVENT {
      items.append(try node(depth: depth))
      try reader.next()
    }
    return .sequence(Node.Sequence(items: items, tag: tag, location: start.through(reader.location())))
  }

  private mutating func mapping(_ depth: Int) throws(YAMLError) -> Node {
    let start = reader.location()
    let tag = reader.event.data.mapping_start.tag.map { String(cString: $0) }
    var builder = MappingBuilder(merging)
    try reader.next()
    while reader.event.type != YAML_MAPPING_END_EVENT {
      let key = try node(depth: depth)
      try reader.next()
      builder.add(key, try node(depth: depth))
      try reader.next()
    }
    let location = start.through(reader.location())
    for key in builder.repeated {
      duplicates.append(Document.DuplicateKey(name: key.string, location: key.location, mapping: location))
    }
    return .mapping(Node.Mapping(entries: builder.entries, tag: tag, location: location))
  }
}
