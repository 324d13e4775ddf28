import CYAML

/// One step of a text, as libyaml tells it.
enum Event {
  case documentStart
  /// The end of the text.
  case streamEnd
  case alias(String)
  case scalar(Node.Scalar, anchor: String?)
  case sequenceStart(anchor: String?)
  case mappingStart(anchor: String?)
  case collectionEnd
  /// What has no meaning of its own here.
  case other
}

/// Reads a text event by event.
///
/// It is a class because libyaml's parser must stay at its address, and be freed once.
final class EventReader {
  private var parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private var offsets: ByteOffsets
  /// Where the last event stands.
  private(set) var place = Node.Place(line: 1, column: 1, bytes: 0..<0)

  /// - Parameter text: stays where it is for as long as the reader is in use.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    offsets = ByteOffsets(text)
    parser.initialize(to: yaml_parser_t())
    // It fails for want of memory alone, which ends a Swift program anyway; every later call then tells an error.
    if yaml_parser_initialize(parser) == 1 {
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  ///
  /// - Throws: ``YAMLError`` in libyaml's words.
  func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw error() }
    defer { yaml_event_delete(&event) }
    place = offsets.place(event.start_mark, event.end_mark)
    return read(event)
  }

  private func read(_ event: yaml_event_t) -> Event {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_STREAM_END_EVENT: .streamEnd
    case YAML_ALIAS_EVENT: .alias(Self.string(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: scalar(event.data.scalar)
    case YAML_SEQUENCE_START_EVENT: .sequenceStart(anchor: Self.string(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT: .mappingStart(anchor: Self.string(event.data.mapping_start.anchor))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .collectionEnd
    default: .other
    }
  }

  private func scalar(_ scalar: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar) -> Event {
    let style: Node.Style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    return .scalar(
      Node.Scalar(string: text, style: style, tag: Self.string(scalar.tag), place: place),
      anchor: Self.string(scalar.anchor))
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private func error() -> YAMLError {
    let failed = parser.pointee
    let problem = failed.problem.map { String(cString: $0) } ?? "out of memory"
    if failed.error == YAML_READER_ERROR {
      let place = offsets.place(ofByte: failed.problem_offset)
      return YAMLError(problem: problem, line: place.line, column: place.column)
    }
    let mark = failed.problem_mark
    return YAMLError(problem: problem, line: mark.line + 1, column: mark.column + 1)
  }
}
