/// A small Markdown text that renderers are asked about.
///
/// The texts are the project's own; what each renderer shows of them is recorded in `Recorded/markdown-images.json` by
/// the tests `RecordedMarkdown…` from the renderers themselves.
package struct MarkdownCase: Sendable, CustomStringConvertible {
  /// What is special about it: unique, and the key of its record.
  package var name: String
  /// The text, without front matter.
  package var source: String

  package init(_ name: String, _ source: String) {
    self.name = name
    self.source = source
  }

  package var description: String { name }

  /// All of them.
  package static let all: [MarkdownCase] =
    destinations + labels + references + code + lists + blocks + html + kramdownExtensions + liquid + forms
}
