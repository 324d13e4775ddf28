/// What HTML's elements mean to a reader of posts.
enum HTMLVocabulary {
  /// Elements without content (the HTML standard's void elements, and the older ones that kramdown knows).
  static let void: Set<String> = [
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr", "image",
  ]

  /// Elements whose content is text to a browser: a tag in it is no tag.
  static let text: Set<String> = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext",
  ]

  /// Elements whose content a browser with scripts shows nothing of.
  static let hidden: Set<String> = text.union(["template", "noscript"])

  /// The headings.
  static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]
}

/// kramdown 2.4's lists of elements (`Kramdown::Parser::Html::Constants`).
enum KramdownElements {
  /// How an element's content is read where `markdown="1"` asks for it.
  enum ContentModel { case block, span, raw }

  /// Elements that do not end a paragraph (`HTML_SPAN_ELEMENTS`).
  static let span: Set<String> = [
    "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img",
    "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp",
    "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
  ]

  /// Elements that are text in the middle of a paragraph (`HTML_BLOCK_ELEMENTS`).
  static let block: Set<String> = [
    "address", "article", "aside", "applet", "body", "blockquote", "caption", "col", "colgroup", "dd", "div",
    "dl", "dt", "fieldset", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "head", "iframe", "legend", "menu", "li", "main", "map", "nav", "ol", "optgroup",
    "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tfoot", "tr", "ul",
  ]

  /// `HTML_ELEMENTS_WITHOUT_BODY`
  static let void: Set<String> = [
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
    "source", "track", "wbr",
  ]

  private static let blockModel: Set<String> = [
    "address", "applet", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "fieldset",
    "figure", "figcaption", "footer", "form", "header", "hgroup", "iframe", "li", "main", "map", "menu",
    "nav",
    "noscript", "object", "section", "summary", "td",
  ]

  private static let spanModel: Set<String> = [
    "a", "abbr", "acronym", "b", "bdo", "big", "button", "cite", "caption", "del", "dfn", "dt", "em", "h1",
    "h2", "h3", "h4", "h5", "h6", "i", "ins", "label", "legend", "optgroup", "p", "q", "rb", "rbc", "rp",
    "rt",
    "rtc", "ruby", "select", "small", "span", "strong", "sub", "sup", "th", "tt",
  ]

  private static let rawModel: Set<String> = [
    "script", "style", "math", "option", "textarea", "pre", "code", "kbd", "samp", "var",
  ]

  /// `HTML_CONTENT_MODEL`: what is on no list is raw.
  static func contentModel(_ name: String) -> ContentModel {
    blockModel.contains(name) ? .block : spanModel.contains(name) ? .span : .raw
  }

  private static let recognized = span.union(block).union(void).union(blockModel).union(spanModel).union(
    rawModel)

  /// The name by which kramdown knows a tag: small letters for an element of HTML, else as written.
  static func name(_ tag: HTMLTag) -> String { recognized.contains(tag.name) ? tag.name : tag.writtenName }

  /// Whether kramdown knows the element, and so matches its end tag in any case.
  static func isRecognized(_ name: String) -> Bool { recognized.contains(name) }
}
