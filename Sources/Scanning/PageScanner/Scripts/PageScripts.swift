import Web

/// The scripts that run on a page: those in it, those of the tree that it loads, and what these take in.
package struct PageScripts {
  struct Script {
    var use: ScriptUse
    /// What a person finds it by.
    var name: String
    /// The element whose handler it is.
    var element: Int?
  }

  private(set) var all: [Script] = []
  /// The first script of another host that may do anything to the page.
  private(set) var foreign: String?

  private let library: ScriptLibrary
  private var visited: Set<String> = []
  /// Files that one page takes in; a site with more of them is a framework's, which says so.
  private static let mostFiles = 300

  init(bytes: [UInt8], tree: PageTree, urls: PageURLs, library: ScriptLibrary) {
    self.library = library
    for (index, node) in tree.nodes.enumerated() {
      switch node.name {
      case "script": add(node, bytes, urls)
      case "link" where node.element.words("rel").contains("modulepreload"):
        if let href = node["href"] { add(href, urls) }
      default: break
      }
      addHandlers(of: node, index)
    }
  }

  /// The text of a `<script>`; nil for one that is a file, or none that runs.
  static func text(of node: PageTree.Node, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard let tag = node.tag, tag.upperBound <= bytes.count else { return nil }
    let rest = bytes[tag.upperBound...]
    let end = rest.firstRange(of: Array("</script".utf8)) ?? rest.firstRange(of: Array("</SCRIPT".utf8))
    return rest[..<(end?.lowerBound ?? rest.endIndex)]
  }

  private mutating func add(_ node: PageTree.Node, _ bytes: [UInt8], _ urls: PageURLs) {
    guard Self.runs(node["type"]) else {
      if node["type"]?.lowercased() == "importmap", let text = Self.text(of: node, in: bytes) {
        take(library.use(of: text), urls, urls)
      }
      return
    }
    if let src = node["src"] {
      add(src, urls)
    } else if let text = Self.text(of: node, in: bytes), !text.isEmpty {
      let use = library.use(of: text)
      all.append(Script(use: use, name: "a script in the page"))
      take(use, urls, urls)
    }
  }

  /// Whether a `<script>` of a type runs.
  package static func runs(_ type: String?) -> Bool {
    guard let type = type?.lowercased(), !type.isEmpty else { return true }
    return type == "module" || type.contains("javascript") || type.contains("ecmascript")
      || type.contains("partytown") || type.contains("babel")
  }

  private mutating func add(_ url: String, _ urls: PageURLs) {
    guard let file = urls.file(url) else {
      if foreign == nil, urls.isElsewhere(url), !HarmlessScripts.contain(url) { foreign = url }
      return
    }
    guard visited.count < Self.mostFiles, visited.insert(file).inserted, let use = library.use(of: file)
    else {
      return
    }
    all.append(Script(use: use, name: file))
    take(use, urls.inStylesheet(file), urls)
  }

  /// Adds the scripts of the tree that a script names, by its own place or the page's.
  private mutating func take(_ use: ScriptUse, _ urls: PageURLs, _ page: PageURLs) {
    for name in use.imports.sorted() where urls.file(name) != nil || page.file(name) != nil {
      add(name, urls.file(name) == nil ? page : urls)
    }
  }

  /// `onclick="this.src = …"`
  private mutating func addHandlers(of node: PageTree.Node, _ index: Int) {
    // What happens when a picture cannot be loaded does not concern one that can.
    for (name, text) in node.element.attributes where name.hasPrefix("on") && name != "onerror" {
      guard text.contains("src") || text.contains("Src") else { continue }
      all.append(
        Script(
          use: library.use(of: Array(text.utf8)[...]), name: "a handler (\(name)) in the page", element: index
        ))
    }
  }
}

/// Scripts of other hosts that many pages load and that look at no image of the page: they count visits, set text, or fill a
/// frame of their own.
package enum HarmlessScripts {
  private static let parts = [
    "googletagmanager.com", "google-analytics.com", "googlesyndication.com", "gtag/js", "analytics",
    "plausible",
    "cloudflareinsights.com", "goatcounter", "matomo", "umami", "disqus", "utteranc.es", "giscus", "mathjax",
    "katex",
    "highlight", "prism", "mermaid", "fontawesome", "kit.fontawesome", "platform.twitter.com", "embed.js",
    "polyfill", "typekit", "recaptcha", "jquery.min.js", "jquery-3", "jquery.js", "clarity.ms", "hotjar",
  ]

  package static func contain(_ url: String) -> Bool {
    let url = url.lowercased()
    return parts.contains { url.contains($0) }
      || HarmlessLibraries.isName(url.prefix { $0 != "?" && $0 != "#" })
  }
}
