import AssetModel

/// A directive's lines, taken apart as docutils does (`parse_directive_block`).
struct ReStructuredTextDirective {
  typealias Line = Range<Int>

  private let text: MarkupText
  /// All of them.
  let lines: [Line]
  /// Where the two dots stand.
  private let start: Int
  /// The name that it defines, where it does.
  private let substitution: String?
  /// The lines of the argument, and those of the options, up to the first blank line.
  let arguments: [Line]
  private let options: [Line]
  /// What comes behind the blank line.
  let content: [Line]

  init(_ text: MarkupText, _ lines: [Line], start: Int, substitution: String? = nil) {
    self.text = text
    self.lines = lines
    self.start = start
    self.substitution = substitution
    // The first line is empty where the argument stands in the next one.
    let head =
      lines.first?.isEmpty == true && lines.count > 1 && !lines[1].isEmpty ? Array(lines.dropFirst()) : lines
    let blank = head.firstIndex { $0.isEmpty } ?? head.count
    let field = head[..<blank].firstIndex { ReStructuredTextBlocks.fieldMark(text.bytes, $0) != nil } ?? blank
    arguments = Array(head[..<field])
    options = Array(head[field..<blank])
    content = Array(head[blank...])
  }

  /// The text of a directive that takes no argument.
  var body: [Line] { arguments + content }

  /// Whether it is HTML that reaches the page, in the post itself.
  var isHTML: Bool {
    let formats = arguments.flatMap { text.string($0).lowercased().split(separator: " ") }
    return formats.contains("html") && optionValues["file"] == nil && optionValues["url"] == nil
  }

  var rawContent: [Line] { content }

  /// Whether it has no other options than any directive can have; docutils shows an error instead of one with others.
  var hasPlainOptions: Bool { optionList.allSatisfy { $0.name == "class" || $0.name == "name" } }

  /// The role that is HTML, where the directive makes one: `raw-html(raw)` with the format, or one after another.
  func htmlRole(_ roles: Set<String>) -> String? {
    let argument = arguments.map(text.string).joined().lowercased()
    guard let open = argument.firstIndex(of: "("), argument.hasSuffix(")") else { return nil }
    let base = argument[argument.index(after: open)...].dropLast().filter { $0 != " " }
    let name = argument[..<open].filter { $0 != " " }
    if roles.contains(base) { return name }
    let formats = optionValues["format"]?.split(separator: " ") ?? []
    return base == "raw" && formats.contains("html") ? name : nil
  }

  /// The options by their names; the last where one is there twice.
  private var optionValues: [String: String] {
    Dictionary(optionList.map { ($0.name, $0.value) }) { $1 }
  }

  private var optionList: [(name: String, value: String)] {
    var list: [(name: String, value: String)] = []
    for line in options {
      if let name = ReStructuredTextBlocks.fieldName(text.bytes, line),
        let end = ReStructuredTextBlocks.fieldMark(text.bytes, line)
      {
        list.append((text.string(name).lowercased(), text.string(end..<line.upperBound)))
      } else if !list.isEmpty {
        let rest = text.string(MarkupText.dropping(text.indent(line), line))
        list[list.count - 1].value += list[list.count - 1].value.isEmpty ? rest : "\n" + rest
      }
    }
    return list
  }

  // MARK: Images

  /// The image of an `image` or a `figure`; nil where docutils shows an error instead.
  func image(isFigure: Bool = false) -> Candidate? {
    let values = optionList
    guard let first = arguments.first(where: { !$0.isEmpty }), let last = arguments.last,
      isFigure || content.allSatisfy(\.isEmpty),
      Set(values.map(\.name)).count == values.count,
      values.allSatisfy({ Self.isValid($0.name, $0.value, isFigure: isFigure, substitution != nil) })
    else { return nil }
    let end = options.last?.upperBound ?? last.upperBound
    let written = arguments.map(text.string).joined(separator: "\n")
    var image = Candidate.markup(
      text.source, start..<max(end, last.upperBound), url: first.lowerBound..<last.upperBound,
      Self.uri(written))
    image.alt =
      optionValues["alt"]?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? substitution
    for name in ["width", "height", "align", "class", "scale"] {
      if let value = optionValues[name] { image.attributes[name] = value }
    }
    if optionValues["target"] != nil { image.contexts.insert(.link) }
    return image
  }

  /// `directives.uri`: without whitespace, but where it is escaped.
  private static func uri(_ written: String) -> String {
    let bytes = Array(written.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == .backslash, i + 1 < bytes.count {
        out.append(bytes[i + 1].isWhitespace ? .space : bytes[i + 1])
        i += 2
      } else {
        if !bytes[i].isWhitespace { out.append(bytes[i]) }
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isValid(_ name: String, _ value: String, isFigure: Bool, _ isInline: Bool) -> Bool {
    switch name {
    case "alt", "name": return true
    case "class", "figclass", "target", "figname", "loading": return !value.isEmpty
    case "figwidth": return isFigure && (value == "image" || isLength(value))
    case "width", "height": return isLength(value) && (name == "width" || !value.hasSuffix("%"))
    case "scale":
      let number = value.hasSuffix("%") ? value.dropLast() : Substring(value)
      return Int(number.filter { $0 != " " }).map { $0 >= 0 } ?? false
    case "align":
      let value = value.lowercased()
      return isInline
        ? ["top", "middle", "bottom"].contains(value) : ["left", "center", "right"].contains(value)
    // Nikola's and Sphinx's.
    case "linktitle", "title": return isFigure
    default: return false
    }
  }

  private static func isLength(_ value: String) -> Bool {
    let number = value.prefix { $0.isNumber || $0 == "." }
    let unit = value.dropFirst(number.count).drop { $0 == " " }
    return Double(number) != nil && (unit.isEmpty || unit == "%" || unit.allSatisfy(\.isLetter))
  }
}
