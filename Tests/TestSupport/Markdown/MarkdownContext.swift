/// A place in a Markdown text that changes how a renderer reads an image there.
package struct MarkdownContext: Sendable, CustomStringConvertible {
  package var name: String
  /// A text in which `@` stands for the image.
  package var template: String
  /// Whether the image is a part of a heading, whose id a generator derives from its text.
  package var isInHeading = false

  package var description: String { name }

  private init(_ name: String, _ template: String, isInHeading: Bool = false) {
    (self.name, self.template, self.isInHeading) = (name, template, isInHeading)
  }

  /// The text with an image in its place.
  package func text(_ image: String) -> String { template.replacing("@", with: image) }

  /// All of them. Every renderer shows at least one image in each.
  package static let all: [MarkdownContext] = paragraphs + lists + blocks + spans + attributeLists

  private static let paragraphs: [MarkdownContext] = [
    .init("alone", "@\n"),
    .init("without a line's end", "@"),
    .init("after the front matter's blank line", "\n\n@\n"),
    .init("between paragraphs", "Morning.\n\n@\n\nEvening.\n"),
    .init("in a sentence", "At dawn @ we left.\n"),
    .init("at a sentence's start", "@ was our boat.\n"),
    .init("at a sentence's end", "Our boat: @\n"),
    .init("between letters", "boat@boat\n"),
    .init("between Hangul", "배는 @ 이다\n"),
    .init("on a line of its own in a paragraph", "Morning,\n@\nevening.\n"),
    .init("on a paragraph's second line", "Morning,\nat @ dawn.\n"),
    .init("two lines of images", "@\n@\n"),
    .init("two images in a line", "@ @\n"),
    .init("two images without a space", "@@\n"),
    .init("a hard break after it", "@  \nevening.\n"),
    .init("a caption under it", "@\n*The boat at dawn*\n"),
    .init("a caption over it", "*The boat at dawn*\n@\n"),
    .init("a bold caption under it", "@\n**The boat**\n"),
    .init("indented by three", "Morning.\n\n   @\n"),
    .init("lines that end in CR and LF", "Morning.\r\n\r\n@\r\n\r\nEvening.\r\n"),
  ]

  private static let lists: [MarkdownContext] = [
    .init("an item", "- @\n- evening\n"),
    .init("in an item's text", "- at @ dawn\n- evening\n"),
    .init("an item's second line", "- morning\n  @\n"),
    .init("an item's lazy line", "- morning\n@\n"),
    .init("an item's second paragraph", "- morning\n\n  @\n\n- evening\n"),
    .init("a numbered item", "1. @\n2. evening\n"),
    .init("a numbered item's second paragraph", "1. morning\n\n   @\n\n2. evening\n"),
    .init("an item in an item", "- morning\n  - @\n  - evening\n"),
    .init("an inner item's second paragraph", "- morning\n  - noon\n\n    @\n"),
    .init("a quote in an item", "- > @\n"),
    .init("a starred item", "* @\n* @\n"),
  ]

  private static let blocks: [MarkdownContext] = [
    .init("a heading", "# @\n", isInHeading: true),
    .init("a heading with words", "## The boat @ at dawn\n", isInHeading: true),
    .init("an underlined heading", "The @ boat\n---\n", isInHeading: true),
    .init("under a heading", "# Boats\n@\n"),
    .init("over a heading", "@\n# Boats\n"),
    .init("a quote", "> @\n"),
    .init("a quote with words", "> Morning,\n> @\n> evening.\n"),
    .init("a quote's lazy line", "> Morning,\n@\n"),
    .init("a list in a quote", "> - @\n> - evening\n"),
    .init("a cell", "| a | b |\n|---|---|\n| @ | text |\n"),
    .init("two cells", "| a | b |\n|---|---|\n| at @ dawn | @ |\n"),
    .init("a table without outer pipes", "a | b\n---|---\n@ | text\n"),
    .init("a table's head", "| @ | b |\n|---|---|\n| c | d |\n"),
    .init("a footnote", "Morning[^1].\n\n[^1]: At @ dawn.\n"),
    .init("under a rule", "***\n\n@\n"),
    .init("over a fence", "@\n\n```\n@\n```\n"),
    .init("after code", "Write `@` for @\n"),
    .init("after a comment", "<!-- @ -->\n\n@\n"),
    .init("after a block of HTML", "<div>boats</div>\n\n@\n"),
  ]

  private static let spans: [MarkdownContext] = [
    .init("in emphasis", "*at @ dawn*\n"),
    .init("in strong emphasis", "**@**\n"),
    .init("in underscores", "_@_\n"),
    .init("in a link", "[@](/boats)\n"),
    .init("in a link with words", "see [all @ boats](/boats \"All\") here\n"),
    .init("in a link by reference", "[@][boats]\n\n[boats]: /boats\n"),
    .init("in parentheses", "(@)\n"),
    .init("in quotes", "\"@\"\n"),
    .init("after an HTML tag", "Morning<br>@\n"),
    .init("in an HTML span", "at <b>@</b> dawn\n"),
    .init("next to code", "`a`@`b`\n"),
    .init("next to entities", "a &amp; @ &lt; b\n"),
  ]

  /// kramdown's own; the others show them as text.
  private static let attributeLists: [MarkdownContext] = [
    .init("an attribute list before the block", "{:.wide}\n@\n"),
    .init("an attribute list after the block", "@\n{:.wide}\n"),
    .init("a caption and an attribute list", "{:.wide}\n@\n*The boat*\n"),
    .init("an attribute list in an item", "- {:.wide} @\n"),
  ]
}
