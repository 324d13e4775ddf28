import Manifest
import SiteFiles

/// Chooses the markup of a site's content images by its layouts and stylesheets.
package struct ThemeStyles {
  /// A post as far as its theme is concerned.
  package struct Document: Hashable, Sendable {
    /// Its file, relative to the site's root.
    package var path: String
    /// The layout that it names; nil for none.
    package var layout: String?
    /// The URL of its page below baseurl, with a leading `/`.
    package var url: String

    package init(path: String, layout: String?, url: String = "") {
      self.path = path
      self.layout = layout
      self.url = url
    }
  }

  private let root: SiteRoot
  private let site: Site
  private let files: ThemeFiles

  /// The paths of layouts and stylesheets that were looked for so far, relative to the site's root.
  package var sought: Set<String> { files.sought }

  /// What the theme of a scanned site says about the images in its posts' bodies.
  package func fit(_ manifest: AssetManifest) -> ThemeFit {
    let shown = manifest.references.filter { $0.isBodyImage && $0.status == .local && $0.obstacle == nil }
    let paths = Set(shown.map(\.post))
    // Pages are whole as they are: their layouts are in them.
    let posts = manifest.posts.filter {
      paths.contains($0.path) && $0.dialect != .page && $0.dialect != .html
    }
    let kept = Set(posts.map(\.path))
    var fit = fit(
      posts.map { Document(path: $0.path, layout: $0.layout, url: $0.url) },
      attributes: Set(shown.filter { kept.contains($0.post) }.map(\.attributes)))
    if site.kind != .html,
      manifest.references.contains(where: { $0.kind == .frontMatter && $0.status == .local })
    {
      fit.frontMatterReason = naturalBackground(layouts: Set(manifest.posts.map { $0.layout ?? "" }))
    }
    return fit
  }

  /// The template that shows an image that posts name as a background of the image's own size.
  ///
  /// - Parameter layouts: the layouts that posts name.
  private func naturalBackground(layouts: Set<String>) -> String? {
    let reader = ThemeReader(files: files, baseurl: site.baseurl)
    let templates = files.files(
      ["html", "htm", "liquid", "njk", "jinja", "j2", "hbs", "astro"],
      skipping: Set(SheetReader.outputs[site.kind] ?? []))
    var finder: BackgroundFinder?
    for path in templates {
      guard let text = files.text(path), text.contains("url(") else { continue }
      let known =
        finder
        ?? BackgroundFinder(
          rules: (site.kind == .jekyll
            ? layouts.sorted().map(reader.layout) : [SheetReader(reader: reader, site: site).layout([])])
            .flatMap { $0.sheets.flatMap(\.rules) })
      finder = known
      if let found = known.finding(in: text, file: path) {
        return "\(found.file):\(found.line): \(found.message)"
      }
    }
    return nil
  }

  package init(root: SiteRoot, site: Site) {
    self.root = root
    self.site = site
    files = ThemeFiles(root)
  }

  /// - Parameters:
  ///   - documents: the posts with images.
  ///   - attributes: the attributes that authors gave images.
  package func fit(_ documents: [Document], attributes: Set<[String: String]>) -> ThemeFit {
    let reader = ThemeReader(files: files, baseurl: site.baseurl)
    let layouts: [(String, ThemeLayout)]
    if site.kind == .jekyll {
      layouts = Set(documents.map { $0.layout ?? "" }).sorted().map { ($0, reader.layout($0)) }
    } else {
      layouts =
        documents.isEmpty ? [] : [("", SheetReader(reader: reader, site: site).layout(documents.map(\.url)))]
    }
    let words = AuthorsWords(root: root, paths: documents.map(\.path))
    return Self.fit(layouts, attributes: attributes, canOccur: words.contains)
  }

  static func fit(
    _ layouts: [(name: String, layout: ThemeLayout)], attributes: Set<[String: String]>,
    canOccur: @escaping (String) -> Bool
  ) -> ThemeFit {
    var fit = ThemeFit()
    var kinds = attributes.map { $0.filter { $0.key != "src" && $0.key != "alt" && $0.key != "title" } }
    kinds.append([:])
    let distinct = Dictionary(kinds.map { (ThemeFit.key(of: $0), $0) }, uniquingKeysWith: { a, _ in a })
      .sorted { $0.key < $1.key }
    var breaks: ThemeFinding?
    var hints: ThemeFinding?
    var mayIgnoreWidth = false
    for (name, layout) in layouts {
      let rules = layout.sheets.flatMap(\.rules)
      var isCapped = true
      for (key, kind) in distinct {
        let findings = MarkupFindings(
          rules: rules, places: ContentPlaces(chain: layout.chain, attributes: kind), canOccur: canOccur)
        if breaks == nil { breaks = findings.pictureBreak() }
        let dimensions = findings.dimensions()
        if let found = dimensions.hintBreak {
          fit.unhinted.insert(key)
          hints = hints ?? found
        }
        mayIgnoreWidth = mayIgnoreWidth || dimensions.mayIgnoreWidth
        isCapped = isCapped && dimensions.isCapped
      }
      let variables = layout.sheets.reduce(into: [:]) { all, sheet in
        all.merge(sheet.variables) { first, _ in first }
      }
      // Where an image could be wider than the column, or a rule was not read, the column says nothing.
      if layout.isPlaced, layout.unknown.isEmpty, isCapped,
        let widths = ContentColumn(
          rules: rules, chain: layout.chain, variables: variables, canOccur: canOccur
        ).widths()
      {
        fit.columns[name] = widths
      }
    }
    let unknown = layouts.lazy.compactMap(\.layout.unknown.first).first
    fit.hintReason = hints.map { "\($0.file):\($0.line): \($0.message)" }
    fit.allowsAutoSizes = unknown == nil && !mayIgnoreWidth
    if let breaks {
      (fit.form, fit.breaksPicture) = (.srcset, true)
      (fit.reason, fit.file, fit.line) = (breaks.message, breaks.file, breaks.line)
    } else if let unknown {
      (fit.reason, fit.file) = (unknown.message, unknown.file == "." ? nil : unknown.file)
    } else if layouts.isEmpty {
      fit.reason = "no post shows an image"
    } else {
      let count = layouts.first?.layout.sheets.count ?? 0
      fit.form = .picture
      fit.reason = "no rule of \(count) stylesheet\(count == 1 ? "" : "s") tells a <picture> from an image"
    }
    return fit
  }
}

/// The classes and identifiers that authors write in their posts: attribute lists and HTML tags.
private final class AuthorsWords {
  private let root: SiteRoot
  private let paths: [String]
  private lazy var words = read()

  init(root: SiteRoot, paths: [String]) {
    self.root = root
    self.paths = paths
  }

  /// - Parameter word: a name; with `*` at its end, any that begins so.
  func contains(_ word: String) -> Bool {
    word.hasSuffix("*") ? words.contains { $0.hasPrefix(word.dropLast()) } : words.contains(word)
  }

  /// What renderers add by themselves.
  private static let rendered: Set<String> = [
    "footnote", "footnotes", "reversefootnote", "task-list-item", "highlight",
  ]

  private func read() -> Set<String> {
    var words = Self.rendered
    for path in paths {
      guard let data = try? FileAccess.read(root.absolute(path)) else { continue }
      let text = String(decoding: data, as: UTF8.self)
      Self.addAttributes(of: text, to: &words)
      Self.addLists(of: text, to: &words)
    }
    return words
  }

  /// `class="a b"`, `id=c`, of tags, attribute lists and template tags alike.
  private static func addAttributes(of text: String, to words: inout Set<String>) {
    for name in ["class", "id"] {
      for start in text.ranges(of: name) {
        var rest = text[start.upperBound...].drop(while: \.isWhitespace)
        guard rest.first == "=" else { continue }
        rest = rest.dropFirst().drop(while: \.isWhitespace)
        let value: Substring
        if let quote = rest.first, quote == "\"" || quote == "'" {
          value = rest.dropFirst().prefix { $0 != quote && $0 != ">" }
        } else {
          value = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "}" }
        }
        for word in value.split(whereSeparator: \.isWhitespace) { words.insert(String(word)) }
      }
    }
  }

  /// `{:.a #b}` and `{.a}`
  private static func addLists(of text: String, to words: inout Set<String>) {
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      let list = rest.prefix { $0 != "}" && !$0.isNewline }
      for part in list.split(whereSeparator: { $0.isWhitespace || $0 == ":" }) {
        let names = part.split(separator: "#").flatMap { $0.split(separator: ".") }
        if part.first == "." || part.first == "#" { words.formUnion(names.map(String.init)) }
      }
    }
  }
}
