import AssetModel
import SiteFiles
import Web

/// Chooses the markup of a site's content images by its layouts, stylesheets and scripts.
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
  package var dependencies: Set<String> { files.dependencies }

  /// What the theme of a scanned site says about the images in its posts' bodies.
  package func fit(_ manifest: AssetManifest) -> ThemeFit {
    fit(Question(manifest, root: root, viewports: []))
  }

  /// A question about a theme: everything that the answer depends on besides the theme's own files.
  package struct Question {
    fileprivate var documents: [Document]
    fileprivate var attributes: Set<[String: String]>
    fileprivate var namesImages: Bool
    fileprivate var layouts: Set<String>
    fileprivate var slots: SlotQuestion
    fileprivate let words: AuthorsWords
  }

  /// The words of a question and its site, as a digest.
  package func key(of question: Question) -> String {
    var parts = [site.kind.rawValue, site.baseurl, site.url, "\(question.namesImages)"]
    parts.append("\(question.slots.viewports)")
    parts += question.slots.kinds.map { "\($0.sorted { $0.key < $1.key })" }.sorted()
    parts += question.layouts.sorted()
    parts += Set(question.documents.map { site.kind == .jekyll ? $0.layout ?? "" : $0.url }).sorted()
    parts += question.attributes.map { attributes in
      attributes.sorted { $0.key < $1.key }.map { "\($0.key.debugDescription)=\($0.value.debugDescription)" }
        .joined(separator: " ")
    }.sorted()
    for (path, words) in question.words.byPath.sorted(by: { $0.key < $1.key }) {
      parts += [path] + words.sorted()
    }
    for (path, scripts) in question.words.scripts.sorted(by: { $0.key < $1.key }) {
      parts += [path] + scripts.map { "\($0)" }
    }
    if site.kind == .jekyll { parts += question.words.keys.sorted() }
    return ContentDigest.sha256(parts.map(\.debugDescription).joined(separator: "\n"))
  }

  /// What the theme's files said so far.
  package var evidence: ThemeEvidence { files.evidence }

  /// Whether the files say what they said then.
  package func holds(_ evidence: ThemeEvidence) -> Bool { files.holds(evidence) }

  /// The theme's answer.
  package func fit(_ question: Question) -> ThemeFit {
    var fit = fit(
      question.documents, attributes: question.attributes, words: question.words,
      slots: question.slots)
    if question.namesImages { fit.frontMatterReason = naturalBackground(layouts: question.layouts) }
    return fit
  }

  /// Makes the question that a scanned site asks.
  ///
  /// - Parameter viewports: widths in CSS pixels at which it is wanted how wide images are.
  package func question(_ manifest: AssetManifest, viewports: [Int] = []) -> Question {
    Question(manifest, root: root, viewports: viewports)
  }

  /// The template that shows an image that posts name as a background of the image's own size.
  ///
  /// - Parameter layouts: the layouts that posts name.
  private func naturalBackground(layouts: Set<String>) -> String? {
    let reader = reader(AuthorsWords(root: root, paths: []))
    let templates = files.files(
      ["html", "htm", "liquid", "njk", "jinja", "j2", "hbs", "astro"],
      skipping: Set(SheetReader.outputs[site.kind] ?? []))
    var finder: BackgroundFinder?
    for path in templates {
      guard let text = files.text(path), text.contains("url(") else { continue }
      let current =
        finder
        ?? BackgroundFinder(
          rules: (site.kind == .jekyll
            ? layouts.sorted().map(reader.layout) : [SheetReader(reader: reader, site: site).layout([])])
            .flatMap { $0.sheets.flatMap(\.rules) })
      finder = current
      if let finding = current.finding(in: text, file: path) {
        return "\(finding.file):\(finding.line): \(finding.message)"
      }
    }
    return nil
  }

  private func reader(_ words: AuthorsWords) -> ThemeReader {
    ThemeReader(
      files: files, baseurl: site.baseurl,
      values: LayoutValues(files: files, site: site, keys: { words.keys }))
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
    fit(documents, attributes: attributes, words: AuthorsWords(root: root, paths: documents.map(\.path)))
  }

  private func fit(
    _ documents: [Document], attributes: Set<[String: String]>, words: AuthorsWords,
    slots: SlotQuestion = SlotQuestion()
  ) -> ThemeFit {
    let reader = reader(words)
    let layouts: [(String, ThemeLayout)]
    if site.kind == .jekyll {
      layouts = Set(documents.map { $0.layout ?? "" }).sorted().map { ($0, reader.layout($0)) }
    } else {
      layouts =
        documents.isEmpty ? [] : [("", SheetReader(reader: reader, site: site).layout(documents))]
    }
    let posts = Dictionary(grouping: documents) { site.kind == .jekyll ? $0.layout ?? "" : "" }
    let scopes = HintScopes(posts: posts.mapValues { $0.map { ($0.path, words.of($0.path)) } })
    var fit = Self.fit(
      layouts, attributes: attributes, canOccur: words.contains, slots: slots, scopes: scopes)
    fit.scripted = ScriptedKinds(kinds: Self.kinds(of: attributes), words: words, files: files).reasons(
      layouts, posts)
    return fit
  }

  /// The attributes of images as far as rules can tell images by them, each once; those of an image without any as well.
  private static func kinds(of attributes: Set<[String: String]>) -> [[String: String]] {
    let kinds = attributes.map { $0.filter { !["src", "alt", "title"].contains($0.key) } } + [[:]]
    return Dictionary(kinds.map { (ThemeFit.key(of: $0), $0) }, uniquingKeysWith: { a, _ in a })
      .sorted { $0.key < $1.key }.map(\.value)
  }

  static func fit(
    _ layouts: [(name: String, layout: ThemeLayout)], attributes: Set<[String: String]>,
    canOccur: @escaping (String) -> Bool, slots: SlotQuestion = SlotQuestion(),
    scopes: HintScopes = HintScopes()
  ) -> ThemeFit {
    var fit = ThemeFit()
    var breaks: ThemeFinding?
    var hints: ThemeFinding?
    var mayIgnoreWidth = false
    for (name, layout) in layouts {
      let rules = layout.sheets.flatMap(\.rules)
      var isCapped = true
      var keepsShape = true
      for kind in kinds(of: attributes) {
        let contexts = ImageContexts(chain: layout.chain, attributes: kind)
        let findings = MarkupFindings(rules: rules, contexts: contexts, canOccur: canOccur)
        let scripts = ScriptFindings(layout: layout, contexts: contexts, canOccur: canOccur)
        if breaks == nil { breaks = findings.pictureBreak() ?? scripts.pictureBreak() }
        let dimensions = findings.dimensions()
        if let hintBreak = dimensions.hintBreak {
          let broken = scopes.broken(by: dimensions.breaking, contexts, layout: name)
          fit.unhinted.formUnion(broken.map { ThemeFit.hintKey(scope: $0, attributes: kind) })
          if !broken.isEmpty { hints = hints ?? hintBreak }
        }
        keepsShape = keepsShape && dimensions.keepsShape
        mayIgnoreWidth = mayIgnoreWidth || dimensions.mayIgnoreWidth
        isCapped = isCapped && dimensions.isCapped
        let widest = layout.isUnread ? Int.max : dimensions.widest
        if widest > 0 { fit.widest[ThemeFit.hintKey(scope: name, attributes: kind)] = widest }
      }
      if isCapped { fit.capped.insert(name) }
      if keepsShape { fit.keepsShape.insert(name) }
      let variables = layout.sheets.reduce(into: [:]) { all, sheet in
        all.merge(sheet.variables) { first, _ in first }
      }
      // Where an image could be wider than the column, or a rule was not read, the column says nothing.
      if layout.locatesContent, layout.isExact, layout.unresolved.isEmpty, isCapped,
        let widths = ContentColumn(
          rules: rules, chain: layout.chain, variables: variables, canOccur: canOccur
        ).widths()
      {
        fit.columns[name] = widths
        let narrow = ContentSlots(
          column: ContentColumn(
            rules: rules, chain: layout.chain, variables: variables, canOccur: canOccur),
          question: slots)
        fit.slots.merge(narrow.narrower(than: widths, layout: name)) { first, _ in first }
      }
    }
    let unresolved = layouts.lazy.compactMap(\.layout.unresolved.first).first
    let unread = layouts.lazy.compactMap(\.layout.unreadScripts.first).first
    fit.hintReason = hints.map { "\($0.file):\($0.line): \($0.message)" }
    fit.mayIgnoreWidth = mayIgnoreWidth
    fit.allowsAutoSizes = unresolved == nil && !mayIgnoreWidth
    if let breaks {
      (fit.form, fit.avoidsPicture) = (.srcset, true)
      (fit.reason, fit.file, fit.line) = (breaks.message, breaks.file, breaks.line)
    } else if let unresolved = unresolved ?? unread {
      (fit.reason, fit.file) = (unresolved.message, unresolved.file == "." ? nil : unresolved.file)
    } else if layouts.isEmpty {
      fit.reason = "no post shows an image that may gain candidates"
    } else {
      let count = layouts.first?.layout.sheets.count ?? 0
      fit.form = .picture
      fit.reason = "no rule of \(count.counted("stylesheet")) tells a <picture> from an image"
    }
    return fit
  }
}

extension ThemeStyles.Question {
  /// What the posts of a scanned site that show images ask.
  fileprivate init(_ manifest: AssetManifest, root: SiteRoot, viewports: [Int]) {
    let images = manifest.references.filter { $0.isBodyImage && $0.status == .local }
    slots = SlotQuestion(
      kinds: Set(images.map { $0.attributes.filter { ["class", "id"].contains($0.key) } }),
      viewports: viewports)
    let rewritable = manifest.references.filter {
      $0.isBodyImage && $0.status == .local && $0.obstacle == nil
    }
    let paths = Set(rewritable.map(\.post))
    // Pages are whole as they are: their layouts are in them.
    let posts = manifest.posts.filter {
      paths.contains($0.path) && $0.dialect != .page && $0.dialect != .html
    }
    let postPaths = Set(posts.map(\.path))
    documents = posts.map { ThemeStyles.Document(path: $0.path, layout: $0.layout, url: $0.url) }
    attributes = Set(rewritable.filter { postPaths.contains($0.post) }.map(\.attributes))
    namesImages =
      manifest.site.kind != .html
      && manifest.references.contains { $0.kind == .frontMatter && $0.status == .local }
    layouts = namesImages ? Set(manifest.posts.map { $0.layout ?? "" }) : []
    words = AuthorsWords(root: root, paths: documents.map(\.path))
  }
}
