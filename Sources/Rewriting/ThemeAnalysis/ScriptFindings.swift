import AssetModel
import PageScanner
import Web

/// What the scripts of a site's pages make of its content images: what a `<picture>` would mislead, and which images they
/// give another `src`, so that added candidates would go on showing the picture before.
struct ScriptFindings {
  private let scripts: [ThemeScript]
  private let contexts: ImageContexts
  private let canOccur: (String) -> Bool
  private let surroundings: [String]
  private let all: [ImageContexts.Context]
  /// Whether it is not known what stands around the content.
  private let hasGap: Bool
  private let states = StateNames()

  /// Elements that never stand around a post.
  private static let apart: Set<String> = [
    "header", "footer", "nav", "aside", "button", "form", "video", "audio", "iframe", "svg", "canvas",
    "select", "input", "textarea", "head", "script", "link", "meta", "dialog", "template", "noscript",
    "object",
  ]

  /// - Parameters:
  ///   - layout: its scripts, and the templates that say what may stand around the content.
  ///   - contexts: the contexts of images.
  ///   - canOccur: see ``SelectorMatcher/canOccur``.
  init(layout: ThemeLayout, contexts: ImageContexts, canOccur: @escaping (String) -> Bool) {
    (scripts, surroundings) = (layout.scripts, layout.surroundings)
    (self.contexts, self.canOccur) = (contexts, canOccur)
    hasGap = contexts.chain.contains(where: \.isGap)
    all = scripts.isEmpty ? [] : contexts.all(wrapped: false)
  }

  // MARK: A <picture>

  /// The first script that a `<picture>` around content images would mislead: one that goes from them to what stands around
  /// them, or that then finds other elements than before.
  func pictureBreak() -> ThemeFinding? {
    guard !scripts.isEmpty else { return nil }
    let markup = MarkupFindings(rules: [], contexts: contexts, canOccur: canOccur)
    for script in scripts {
      for (text, selectors) in script.selectors {
        if script.use.walksTree, meansImage(selectors, script, all) {
          return finding(script, text, "goes from images (`\(text)`) to what stands around them")
        }
        if selectors.contains(where: { selector in selector.contains { $0.name == "source" } })
          || markup.tells(selectors)
        {
          return finding(script, text, "selects by `\(text)`, which asks what an image stands in")
        }
      }
    }
    return nil
  }

  // MARK: Another src

  /// The first script that sets the `src` of content images in a place.
  func sourceSetter(in place: Reference.Context?) -> ThemeFinding? {
    let contexts = all.filter { $0.place == place }
    for script in scripts {
      for touch in script.use.touches.filter({ $0.effect == .setsSource }).sorted(by: Self.precedes) {
        switch touch.target {
        case .selected(let text):
          guard meansImage(SelectorParser.list(text), script, contexts) else { continue }
          return finding(script, text, "sets the src of images that it finds by `\(text)`")
        // The handlers of a layout's elements are not those of a post's images.
        case .this: continue
        case .unknown: if let finding = unnamed(script, contexts) { return finding }
        }
      }
    }
    return nil
  }

  private static func precedes(_ a: ScriptUse.Touch, _ b: ScriptUse.Touch) -> Bool {
    "\(a.target)" < "\(b.target)"
  }

  /// A script that names no element may mean each that it selects by, and what stands in it; one that selects none, or that
  /// changes pages itself, any.
  private func unnamed(_ script: ThemeScript, _ contexts: [ImageContexts.Context]) -> ThemeFinding? {
    let own = script.use.exports ? scripts.flatMap(\.selectors) : script.selectors
    if own.isEmpty || script.use.navigates {
      return finding(script, ".src", "sets the src of images, and nobody knows of which")
    }
    let around = own.first { _, selectors in
      contexts.contains { context in
        ([context.image] + context.tree.ancestors(of: context.image)).contains { element in
          selectors.contains { matches($0, element, context, script) }
        }
      }
    }
    return around.map {
      finding(script, $0.text, "sets the src of images, and looks for them by `\($0.text)`")
    }
  }

  private func meansImage(
    _ selectors: [Selector], _ script: ThemeScript, _ contexts: [ImageContexts.Context]
  ) -> Bool {
    let possible = selectors.filter { ["img", nil].contains($0.parts.last?.compound.name) }
    return contexts.contains { context in
      possible.contains { matches($0, context.image, context, script) }
    }
  }

  private func matches(
    _ selector: Selector, _ element: Int, _ context: ImageContexts.Context, _ script: ThemeScript
  ) -> Bool {
    let matcher = SelectorMatcher(tree: context.tree, canOccur: canOccur, isState: states.contains)
    switch matcher.matches(selector, element) {
    case .no: return false
    case .yes: return true
    case .maybe: return !hasGap || selector.parts.allSatisfy { canSurround($0.compound, script) }
    }
  }

  /// Whether an element that stands around the content, nobody knows which, may be meant.
  private func canSurround(_ compound: Selector.Compound, _ script: ThemeScript) -> Bool {
    if let name = compound.name, Self.apart.contains(name) { return false }
    let names = compound.classes + [compound.id].compactMap(\.self)
    return names.allSatisfy { name in
      // What a script makes itself, and no template has, holds none of the site's posts.
      canOccur(name) || surroundings.contains { $0.contains(name) } || !script.makes(name)
    }
  }

  private func finding(_ script: ThemeScript, _ words: String, _ message: String) -> ThemeFinding {
    ThemeFinding(file: script.file, line: script.line(of: words), message: message)
  }
}
