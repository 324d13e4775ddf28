import AssetModel
import Foundation

/// What gives Markdown images their candidates while the posts stay as they are: a Hugo render hook, for sites whose generator
/// drops raw HTML, or a plugin of another generator that reads the same entries.
package struct RenderHook: Hashable, Sendable {
  /// What the hook prints for one image.
  package struct Entry: Codable, Hashable, Sendable {
    /// What stands before the `<img>`: nothing, or `<picture>` with its sources.
    var before: String?
    /// The attributes of the `<img>` but `alt` and `title`, which Hugo has.
    var attributes: String
    /// What stands after it.
    var after: String?
    /// Of a plugin: the URL path of the page that the candidates hold on; nil where they hold on any.
    package var page: String?

    /// The whole, without the alternative text.
    package var html: String { (before ?? "") + "<img \(attributes)>" + (after ?? "") }

    /// How wide the image is shown.
    var sizes: Substring? { html.firstMatch(of: /\ssizes="([^"]*)"/)?.output.1 }

    /// Whether all of its URLs hold wherever the image is printed.
    package var isRooted: Bool {
      // Each begins behind a quote or a comma.
      !html.contains(/\s(?:src|srcset)="(?!\/|https?:\/\/)/) && !html.contains(/\d[wx], (?!\/|https?:\/\/)/)
    }
  }

  /// The entries by the posts' names and the images' destinations.
  private(set) var entries: [String: [String: Entry]] = [:]

  package init() {}

  /// Whether no image gets anything.
  package var isEmpty: Bool { entries.isEmpty }

  /// Adds what a post's images are to show.
  package mutating func add(_ images: [String: Entry], of name: String) {
    if !images.isEmpty { entries[name] = images }
  }

  /// The files, by their paths in the site.
  ///
  /// - Throws: nothing that input can bring about: strings always encode.
  package func files() throws -> [(path: String, content: Data)] {
    [
      (RenderHookFiles.template, Data(Self.template.utf8)),
      (RenderHookFiles.feed, Data(Self.feed.utf8)),
      (RenderHookFiles.data, try json()),
    ]
  }

  /// The entries, by the posts' names and the images' destinations.
  ///
  /// - Throws: nothing that input can bring about: strings always encode.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(entries) + Data("\n".utf8)
  }

  /// An image without an entry is printed as Hugo prints it (goldmark's `renderImage`): the destination and the title with
  /// escapes and entities resolved, the alternative text plain.
  private static let template = #"""
    {{- /* Made by optimize-assets. What the images show is in data/optimize_assets.json. */ -}}
    {{- $data := dict -}}
    {{- if ge hugo.Version "0.156.0" -}}{{- $data = hugo.Data -}}{{- else -}}{{- $data = site.Data -}}{{- end -}}
    {{- $image := false -}}
    {{- with .Page.File -}}
      {{- with index ($data.optimize_assets | default dict) (replace .Path "\\" "/") -}}
        {{- with index . $.Destination -}}{{- $image = . -}}{{- end -}}
      {{- end -}}
    {{- end -}}
    {{- $title := replaceRE `\\([[:punct:]])` "$1" .Title | htmlUnescape -}}
    {{- if $image -}}
      {{- with $image.before -}}{{- . | safeHTML -}}{{- end -}}
      <img {{ $image.attributes | safeHTMLAttr }} alt="{{ .PlainText }}"{{ with $title }} title="{{ . }}"{{ end }}>
      {{- with $image.after -}}{{- . | safeHTML -}}{{- end -}}
    {{- else -}}
      {{- $source := replaceRE `\\([[:punct:]])` "$1" .Destination | htmlUnescape -}}
      <img src="{{ $source | safeURL }}" alt="{{ .PlainText }}"{{ with $title }} title="{{ . }}"{{ end }}>
    {{- end -}}

    """#

  /// What a feed shows of every image: what Hugo prints where no hook is. Hugo makes the first URL of a `srcset` absolute there
  /// and cuts summaries by the words of its markup.
  private static let feed = #"""
    {{- /* Made by optimize-assets: feeds show images as Hugo prints them. */ -}}
    {{- $title := replaceRE `\\([[:punct:]])` "$1" .Title | htmlUnescape -}}
    {{- $source := replaceRE `\\([[:punct:]])` "$1" .Destination | htmlUnescape -}}
    <img src="{{ $source | safeURL }}" alt="{{ .PlainText }}"{{ with $title }} title="{{ . }}"{{ end }}>
    {{- /* Without a line's end. */ -}}

    """#
}
