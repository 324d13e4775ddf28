extension RenderedPage {
  /// The page without what names its scripts and without what they hold, but for data: bundlers give a script another name for
  /// each other content. Nor are there links that have images fetched early, which frameworks write for what the page shows.
  package var withoutScripts: RenderedPage {
    var out: [Token] = []
    out.reserveCapacity(tokens.count)
    var (isScript, isPreload) = (false, false)
    for token in tokens {
      switch token {
      case .start(var element):
        isScript = element.name == "script" && !element.isLinkedData
        isPreload = element.isImagePreload
        if isPreload { continue }
        if isScript { element.attributes["src"] = nil }
        if element.name == "link", Self.loads(element) { element.attributes["href"] = nil }
        out.append(.start(element))
      case .text where isScript: continue
      case .end where isPreload: isPreload = false
      case .end:
        isScript = false
        out.append(token)
      default: out.append(token)
      }
    }
    return RenderedPage(tokens: out)
  }

  /// Whether a `<link>` has a script fetched before it is asked for.
  private static func loads(_ link: HTMLElement) -> Bool {
    let relations = Set(link.words("rel").map { $0.lowercased() })
    return relations.contains("modulepreload") || link["as"]?.lowercased() == "script"
      || relations.contains("prefetch") || link["href"]?.hasSuffix(".js") == true
  }
}
