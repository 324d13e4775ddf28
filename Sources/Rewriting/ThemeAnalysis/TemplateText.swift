import PageScanner
import Web

/// A layout's text with its template code blanked out, line by line where it was, so that what is left is HTML.
struct TemplateText {
  /// The sign that stands for template code in a text.
  static let mark: Character = "\u{FFFC}"
  /// The sign that stands for a tag, behind which text may or may not be printed.
  static let branch: Character = "\u{FFFA}"
  /// The character that marks the position of the content.
  static let content: Character = "\u{FFFB}"

  /// - Parameter output: what an output tag (`{{ … }}`) is written as; nil to mark it as code.
  static func masked(_ text: String, output: (Substring) -> String?) -> String {
    var out = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      let next = rest.index(after: open)
      guard next < rest.endIndex, rest[next] == "{" || rest[next] == "%" else {
        out.append("{")
        rest = rest[next...]
        continue
      }
      let isOutput = rest[next] == "{"
      let close = isOutput ? "}}" : "%}"
      let start = rest.index(after: next)
      guard let end = rest[start...].firstRange(of: close) else {
        rest = rest[rest.endIndex...]
        break
      }
      let code = rest[start..<end.lowerBound]
      let lines = code.filter(\.isNewline)
      out += isOutput ? output(trimmed(code)) ?? String(mark) : String(branch)
      out += lines
      rest = rest[end.upperBound...]
    }
    return out + rest
  }

  /// Without the signs for white space, and without it.
  static func trimmed(_ code: Substring) -> Substring {
    var code = code
    if code.first == "-" { code = code.dropFirst() }
    if code.last == "-" { code = code.dropLast() }
    while code.first?.isWhitespace == true { code = code.dropFirst() }
    while code.last?.isWhitespace == true { code = code.dropLast() }
    return code
  }

  /// The first text in quotes.
  static func quoted(_ code: Substring) -> String? {
    guard let open = code.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return nil }
    let rest = code[code.index(after: open)...]
    guard let close = rest.firstIndex(of: code[open]) else { return nil }
    return String(rest[..<close])
  }
}

/// What a layout's HTML says: the elements that are open where the content goes, its stylesheets and its scripts.
struct LayoutMarkup {
  /// A stylesheet that the layout names or holds.
  enum Style: Hashable {
    case link(String)
    case text(String, line: Int)
  }

  /// A script that the layout names or holds.
  enum Script: Hashable {
    case link(String)
    case text(String, line: Int)
  }

  /// The elements around the content, outermost first; nil where no content is printed.
  private(set) var chain: [StyleTree.Element]?
  private(set) var styles: [Style] = []
  private(set) var scripts: [Script] = []

  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]

  /// - Parameter text: HTML in which ``TemplateText`` marked the template code.
  init(_ text: String) {
    var open: [StyleTree.Element] = []
    var line = 1
    var rest = text[...]
    func skip(to index: String.Index) {
      line += rest[..<index].count(where: \.isNewline)
      rest = rest[index...]
    }
    while let next = rest.firstIndex(where: { $0 == "<" || $0 == TemplateText.content }) {
      skip(to: next)
      if rest.first == TemplateText.content {
        if chain == nil { chain = open }
        skip(to: rest.index(after: next))
      } else if rest.hasPrefix("<!--") {
        skip(to: rest.firstRange(of: "-->")?.upperBound ?? rest.endIndex)
      } else if let tag = Tag(rest) {
        skip(to: tag.end)
        if tag.isEnd {
          // An end tag closes what is open of its name; one of nothing is left out, as parsers do.
          if let last = open.suffix(512).lastIndex(where: { $0.name == .exactly(tag.name) }) {
            open.removeSubrange(last...)
          }
        } else if tag.name == "style" || tag.name == "script" || tag.name == "template" {
          let start = line
          let end = rest.firstRange(of: "</\(tag.name)")?.lowerBound ?? rest.endIndex
          if tag.name == "style" {
            styles.append(.text(Self.withoutSigns(rest[..<end]), line: start))
          } else if tag.name == "script", PageScripts.runs(tag.attributes["type"]) {
            scripts.append(tag.script ?? .text(Self.withoutSigns(rest[..<end]), line: start))
          }
          skip(to: end)
        } else if tag.name == "link" {
          if let link = tag.stylesheet { styles.append(.link(link)) }
        } else if !Self.void.contains(tag.name), !tag.isSelfClosing {
          open.append(tag.element)
        }
      } else {
        skip(to: rest.index(after: next))
      }
    }
  }

  private static func withoutSigns(_ text: Substring) -> String {
    String(text.map { $0 == TemplateText.mark || $0 == TemplateText.branch ? " " : $0 })
  }

  private struct Tag {
    var name = ""
    var attributes: [String: String] = [:]
    var isEnd = false
    var isSelfClosing = false
    var hasCode = false
    var end: String.Index

    init?(_ text: Substring) {
      var at = text.index(after: text.startIndex)
      end = at
      func peek() -> Character? { at < text.endIndex ? text[at] : nil }
      if peek() == "/" {
        isEnd = true
        at = text.index(after: at)
      }
      guard let first = peek(), first.isLetter, first.isASCII else { return nil }
      while let next = peek(), !next.isWhitespace, next != ">", next != "/" {
        name.append(next)
        at = text.index(after: at)
      }
      name = name.lowercased()
      while let next = peek(), next != ">" {
        if next.isWhitespace || next == "/" {
          isSelfClosing = next == "/"
          at = text.index(after: at)
          continue
        }
        isSelfClosing = false
        var key = ""
        while let next = peek(), !next.isWhitespace, next != "=", next != ">", next != "/" {
          key.append(next)
          at = text.index(after: at)
        }
        if key.contains(where: {
          [TemplateText.mark, TemplateText.branch, TemplateText.content].contains($0)
        }) {
          hasCode = true
        }
        var value = ""
        if peek() == "=" {
          at = text.index(after: at)
          while peek()?.isWhitespace == true { at = text.index(after: at) }
          if let quote = peek(), quote == "\"" || quote == "'" {
            at = text.index(after: at)
            while let next = peek(), next != quote {
              value.append(next)
              at = text.index(after: at)
            }
            if peek() != nil { at = text.index(after: at) }
          } else {
            while let next = peek(), !next.isWhitespace, next != ">" {
              value.append(next)
              at = text.index(after: at)
            }
          }
        } else if key.isEmpty {
          at = text.index(after: at)
        }
        if attributes[key.lowercased()] == nil { attributes[key.lowercased()] = value }
      }
      guard peek() == ">" else { return nil }
      end = text.index(after: at)
    }

    var stylesheet: String? {
      let words = attributes["rel"]?.lowercased().split(whereSeparator: \.isWhitespace) ?? []
      guard words.contains("stylesheet") || words.contains("preload") && attributes["as"] == "style",
        !words.contains("alternate"),
        attributes["media"]?.lowercased() != "print" || attributes["onload"] != nil
      else { return nil }
      return attributes["href"].map(Self.address)
    }

    /// The file of a `<script>`.
    var script: Script? { attributes["src"].map { .link(Self.address($0)) } }

    private static func address(_ value: String) -> String {
      String(value.filter { $0 != TemplateText.branch }[...].trimmed)
    }

    var element: StyleTree.Element {
      // Scripts give the root and the body classes of their own.
      var element = StyleTree.Element(name, isOpen: hasCode)
      element.isTemplated = hasCode
      element.isScripted = name == "html" || name == "body"
      element.attributes = attributes.filter { $0.key != "class" && $0.key != "id" }
      if let id = attributes["id"] {
        if id.contains(TemplateText.mark) { element.isOpen = true } else { element.id = id }
      }
      let classes = attributes["class"] ?? ""
      var isSure = true
      for part in classes.split(separator: TemplateText.branch, omittingEmptySubsequences: false) {
        for word in part.split(whereSeparator: \.isWhitespace) {
          if word.contains(TemplateText.mark) {
            element.isTemplated = true
          } else if element.classes[String(word)] == nil {
            element.classes[String(word)] = isSure ? .yes : .maybe
          }
        }
        isSure = false
      }
      return element
    }
  }
}
