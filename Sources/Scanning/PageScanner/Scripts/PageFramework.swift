import Web

/// A framework whose scripts render a page again in the browser, as the page's own marks tell.
enum PageFramework {
  /// The framework that owns the whole page; nil where none does.
  static func name(of tree: PageTree, bytes: [UInt8]) -> String? {
    for node in tree.nodes {
      if let framework = byElement(node) { return framework }
      guard node.name == "script", node["src"] == nil, let text = PageScripts.text(of: node, in: bytes) else {
        continue
      }
      if let framework = byText(text) { return framework }
    }
    return nil
  }

  private static let identifiers: [String: String] = [
    "__NEXT_DATA__": "Next.js", "__next": "Next.js", "__nuxt": "Nuxt", "__NUXT_DATA__": "Nuxt",
    "___gatsby": "Gatsby",
    "__docusaurus": "Docusaurus", "VPContent": "VitePress", "vike_pageContext": "Vike",
    "__FRSH_STATE": "Fresh",
    "___NUXT__": "Nuxt",
  ]

  private static let attributes: [String: String] = [
    "data-sveltekit-hydrate": "SvelteKit", "data-sveltekit-preload-data": "SvelteKit",
    "data-sveltekit-preload-code": "SvelteKit", "data-nuxt-data": "Nuxt", "data-reactroot": "React",
    "data-reactid": "React", "data-server-rendered": "Vue", "data-v-app": "Vue", "ng-version": "Angular",
    "ng-server-context": "Angular", "q:container": "Qwik", "data-hk": "Solid",
  ]

  private static let generators = [
    "Gatsby", "Next.js", "Nuxt", "Docusaurus", "VitePress", "VuePress", "SvelteKit",
  ]

  private static func byElement(_ node: PageTree.Node) -> String? {
    if let id = node["id"], let framework = identifiers[id] { return framework }
    for name in node.element.attributes.keys {
      if let framework = attributes[name] { return framework }
    }
    if node.name == "meta", node["name"]?.lowercased() == "generator", let content = node["content"] {
      return generators.first { content.hasPrefix($0) }
    }
    return nil
  }

  private static let texts: [(mark: [UInt8], name: String)] = [
    ("__next_f", "Next.js"), ("__sveltekit", "SvelteKit"), ("__NUXT__", "Nuxt"), ("__VP_", "VitePress"),
    ("__remixContext", "Remix"), ("__reactRouterContext", "React Router"),
    ("__staticRouterHydrationData", "React Router"),
    ("_$HY", "Solid"), ("__VUE_SSR", "Vue"), ("__INITIAL_STATE__", "a framework"), ("___gatsby", "Gatsby"),
  ].map { (Array($0.0.utf8), $0.1) }

  private static func byText(_ text: ArraySlice<UInt8>) -> String? {
    texts.first { text.firstRange(of: $0.mark) != nil }?.name
  }

  /// What stands around elements that a script of theirs renders again on a page that else stays as it is.
  static func isIsland(_ node: PageTree.Node) -> Bool {
    node.name == "astro-island" || node.name == "is-land"
  }
}
