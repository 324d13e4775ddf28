import Foundation

/// What an SVG file says about itself, read from its text: it is never rendered here, no entity is expanded, and
/// nothing that it refers to is read. Each byte is read a fixed number of times.
///
/// A file that is gzipped (`.svgz`) is not unpacked: its size stays unknown and nothing in it is detected.
package struct SVGDocument {
  /// Something in the file that a picture should not need.
  package struct Finding: Hashable {
    package enum Kind: Hashable {
      /// It runs as a program where the file is opened by itself, and never in an `<img>`.
      case script
      /// It is in another file or on another host; an `<img>` shows the picture without it.
      case external
    }

    package var kind: Kind
    /// A short description: `<script>`, `onload`, `href="https://…"`.
    package var what: String
    /// From 1.
    package var line: Int
  }

  /// How large it is; nil where the file does not say.
  package private(set) var size: SVGSize?
  /// In the order of the file; the first ``most``.
  package private(set) var findings: [Finding] = []

  /// As many findings as are looked for in one file.
  package static let most = 100

  private var position = (offset: 0, line: 1)
  private var hasRoot = false

  package init(_ data: Data) {
    guard !data.starts(with: [0x1F, 0x8B]) else { return }
    data.withUnsafeBytes { read($0) }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer) {
    var isInStyle = false
    for token in SVGTokens(bytes) {
      guard findings.count < Self.most else { return }
      switch token {
      case .start(let name, let attributes, let offset):
        if !hasRoot {
          hasRoot = true
          if name == "svg" { size = SVGSize(attributes: attributes) }
        }
        isInStyle = name.lowercased() == "style"
        look(at: name, attributes, offset, in: bytes)
      case .end: isInStyle = false
      case .text(let range):
        guard isInStyle else { continue }
        let style = SVGText.decoded(String(decoding: bytes[range], as: UTF8.self))
        for url in Self.externalURLs(inStyle: style) { add(.external, url, range.lowerBound, in: bytes) }
      case .instruction(let range):
        let text = String(decoding: bytes[range].prefix(1024), as: UTF8.self)
        if text.hasPrefix("<?xml-stylesheet") {
          add(.external, "<?xml-stylesheet", range.lowerBound, in: bytes)
        }
      case .documentType(let range): look(atDocumentType: range, in: bytes)
      }
    }
  }

  private mutating func look(
    at element: String, _ attributes: [SVGAttribute], _ offset: Int, in bytes: UnsafeRawBufferPointer
  ) {
    if element.lowercased() == "script" { add(.script, "<script>", offset, in: bytes) }
    for attribute in attributes {
      let name = attribute.localName.lowercased()
      if name.hasPrefix("on"), name.count > 2 {
        add(.script, attribute.name, attribute.offset, in: bytes)
      } else if Self.isScript(attribute.value) {
        add(.script, "\(attribute.name)=\"javascript:\"", attribute.offset, in: bytes)
      } else if ["href", "src"].contains(name) {
        // Where a link leads to is not loaded.
        guard element != "a", Self.isExternal(attribute.value) else { continue }
        add(
          .external, Self.shortened("\(attribute.name)=\"\(attribute.value)\""), attribute.offset, in: bytes)
      } else {
        for url in Self.externalURLs(inStyle: attribute.value) {
          add(.external, url, attribute.offset, in: bytes)
        }
      }
    }
  }

  /// An entity can hold a script or stand for a file. The document type's own public identifier is loaded by no
  /// browser, and Illustrator's namespaces are harmless.
  private mutating func look(atDocumentType range: Range<Int>, in bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes[range], as: UTF8.self)
    let lower = SVGText.decoded(text).lowercased()
    if lower.contains("javascript:") || lower.contains("<script") {
      add(.script, "a script in an entity", range.lowerBound, in: bytes)
    }
    for declaration in text.components(separatedBy: "<!ENTITY").dropFirst() {
      let words = declaration.prefix(256).split(maxSplits: 3, omittingEmptySubsequences: true) {
        $0.isWhitespace
      }
      if words.prefix(3).contains(where: { $0 == "SYSTEM" || $0 == "PUBLIC" }) {
        return add(.external, "an entity that is another file", range.lowerBound, in: bytes)
      }
    }
  }

  /// Browsers pass over control characters in a URL's scheme (URL Standard, 4.4).
  private static func isScript(_ value: String) -> Bool {
    value.unicodeScalars.lazy.filter { $0.value > 0x20 }.prefix(11).map { String($0) }.joined().lowercased()
      == "javascript:"
  }

  private static func isExternal(_ url: String) -> Bool {
    let url = url.drop { $0.isWhitespace }
    return !url.isEmpty && !url.hasPrefix("#") && !url.prefix(5).lowercased().hasPrefix("data:")
  }

  /// What a stylesheet, or an attribute that takes CSS, loads from elsewhere: `url(…)` and `@import`.
  private static func externalURLs(inStyle text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "(")) || text.utf8.contains(UInt8(ascii: "@")) else { return [] }
    var urls: [String] = []
    var rest = text[...]
    while urls.count < most, let start = rest.firstIndex(where: { $0 == "@" || $0 == "(" }) {
      let isImport = rest[start] == "@"
      let before = rest[..<start].suffix(3).lowercased()
      rest = rest[rest.index(after: start)...]
      guard isImport ? rest.prefix(6).lowercased() == "import" : before == "url" else { continue }
      if isImport { rest = rest.dropFirst(6) }
      // Bounded, so that a file of nothing but openings is not read once for each.
      let url = rest.prefix(2048).drop { $0.isWhitespace || $0 == "\"" || $0 == "'" }
        .prefix { !["\"", "'", ")", ";"].contains($0) }
      // `@import url(…)` comes again as the `url(…)` it is.
      guard isImport ? !url.lowercased().hasPrefix("url(") : true, isExternal(String(url)) else { continue }
      urls.append(shortened((isImport ? "@import " : "") + "url(\(url))"))
    }
    return urls
  }

  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count <= 80 ? line : line.prefix(77) + "…"
  }

  private mutating func add(
    _ kind: Finding.Kind, _ what: String, _ offset: Int, in bytes: UnsafeRawBufferPointer
  ) {
    // Findings come in the order of the file, so its lines are counted once.
    for index in position.offset..<max(position.offset, offset) where bytes[index] == UInt8(ascii: "\n") {
      position.line += 1
    }
    position.offset = max(position.offset, offset)
    findings.append(Finding(kind: kind, what: what, line: position.line))
  }
}
