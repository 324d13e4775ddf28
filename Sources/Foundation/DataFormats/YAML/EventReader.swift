import CYAML

/// Reads a text event by event.
struct EventReader: ~Copyable {
  /// The event that was read last. What it points to is there until the next one is read.
  private(set) var event = yaml_event_t()
  private let text: UnsafeBufferPointer<UInt8>
  private let firstIndex: Int
  private var offsets: ByteOffsets
  /// libyaml keeps the parser's address in the parser, so it must not move.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)

  /// - Parameters:
  ///   - text: UTF-8 without a byte order mark, which stays where it is for as long as the reader is in use.
  ///   - firstIndex: what the first byte's index is to the caller.
  init(_ text: UnsafeBufferPointer<UInt8>, firstIndex: Int) {
    self.text = text
    self.firstIndex = firstIndex
    offsets = ByteOffsets(text, firstIndex: firstIndex)
    parser.initialize(to: yaml_parser_t())
    // It only fails for lack of memory, which the first step then reports.
    guard yaml_parser_initialize(parser) == 1 else { return }
    // Unasked, libyaml looks for the byte order marks of UTF-16.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    var last = event
    yaml_event_delete(&last)
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Goes on to the next event.
  ///
  /// - Throws: ``YAMLError`` in libyaml's words.
  mutating func next() throws(YAMLError) {
    yaml_event_delete(&event)
    // After an error, libyaml takes a further step for one that succeeds.
    guard parser.pointee.error == YAML_NO_ERROR, yaml_parser_parse(parser, &event) == 1 else { throw error() }
  }

  /// Where the event stands.
  mutating func location() -> Node.Location { offsets.location(event.start_mark, event.end_mark) }

  private mutating func error() -> YAMLError {
    let failed = parser.pointee
    let problem = failed.problem.map { String(cString: $0) } ?? "out of memory"
    switch failed.error {
    case YAML_READER_ERROR:
      let location = Node.Location(ofByte: failed.problem_offset, in: text, firstIndex: firstIndex)
      return YAMLError(.characters, problem, at: location)
    case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
      let location = offsets.location(failed.problem_mark, failed.problem_mark)
      return YAMLError(.syntax, problem, context: failed.context.map { String(cString: $0) }, at: location)
    default:
      return YAMLError(.memory, problem, at: offsets.location(failed.mark, failed.mark))
    }
  }
}

extension Node.Scalar {
  /// What an event tells of a scalar.
  init(_ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ location: Node.Location) {
    string = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    tag = scalar.tag.map { String(cString: $0) }
    self.location = location
  }
}
