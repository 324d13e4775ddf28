/// What browsers give elements before any stylesheet (HTML, 15: rendering), as far as sizes depend on it.
enum BrowserStyle {
  /// The declarations for an element and its attributes, as the text of a style.
  static func declarations(for element: HTMLElement) -> String {
    var text = display(of: element.name).map { "display:\($0);" } ?? ""
    text += others[element.name] ?? ""
    if element["hidden"] != nil, element["hidden"]?.lowercased() != "until-found" { text += "display:none;" }
    switch element.name {
    case "img":
      text += dimension(element, "width") + dimension(element, "height") + side(element)
    case "table", "td", "th", "col": text += dimension(element, "width")
    default: break
    }
    return text
  }

  /// A `width` or `height` of HTML (2.4.4.4: dimension values).
  private static func dimension(_ element: HTMLElement, _ name: String) -> String {
    guard let value = element[name]?.drop(while: \.isWhitespace) else { return "" }
    let number = value.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let parsed = Double(number), parsed.isFinite else { return "" }
    let isShare = value.dropFirst(number.count).first == "%"
    return "\(name):\(parsed)\(isShare ? "%" : "px");"
  }

  private static func side(_ element: HTMLElement) -> String {
    switch element["align"]?.lowercased() {
    case "left": "float:left;"
    case "right": "float:right;"
    default: ""
    }
  }

  private static func display(of name: String) -> String? {
    if blocks.contains(name) { return "block" }
    switch name {
    case "li", "summary": return "list-item"
    case "table": return "table"
    case "tbody", "thead", "tfoot": return "table-row-group"
    case "tr": return "table-row"
    case "td", "th": return "table-cell"
    case "caption": return "table-caption"
    case "button", "input", "select", "textarea", "meter", "progress": return "inline-block"
    case "script", "style", "template", "head", "title", "meta", "link", "base", "noscript": return "none"
    default: return nil
    }
  }

  private static let blocks: Set<String> = [
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "legend", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre",
    "search", "section", "ul", "xmp", "listing", "plaintext",
  ]

  private static let others: [String: String] = [
    "body": "margin:8px;",
    "ul": "padding-left:40px;", "ol": "padding-left:40px;", "menu": "padding-left:40px;",
    "dir": "padding-left:40px;",
    "dd": "margin-left:40px;",
    "blockquote": "margin-left:40px;margin-right:40px;",
    "figure": "margin-left:40px;margin-right:40px;",
    "fieldset": "padding-left:revert;padding-right:revert;",
    "td": "padding:1px;", "th": "padding:1px;",
    // A number of letters that depends on what stands around, or on the font.
    "h1": "font-size:revert;", "h2": "font-size:1.5em;", "h3": "font-size:1.17em;", "h4": "font-size:1em;",
    "h5": "font-size:.83em;", "h6": "font-size:.67em;", "small": "font-size:revert;",
    "big": "font-size:revert;", "sub": "font-size:revert;", "sup": "font-size:revert;",
    "pre": "font-size:revert;", "code": "font-size:revert;", "kbd": "font-size:revert;",
    "samp": "font-size:revert;", "tt": "font-size:revert;",
  ]
}
