import Foundation

/// Where a generator puts a site's pages, as its configuration says where that is plain text, or by the generator's default.
struct DeployDestination {
  /// Relative to the site.
  let path: String

  init(_ generator: DeployGenerator, _ files: DeployFiles) {
    path = Self.setting(of: generator, files) ?? Self.usual(generator, files)
  }

  private static func usual(_ generator: DeployGenerator, _ files: DeployFiles) -> String {
    switch generator {
    case .jekyll, .eleventy, .quarto: return "_site"
    case .hugo, .zola, .hexo, .gatsby: return "public"
    case .mkdocs: return "site"
    // Lektor's own is in the user's cache, where nobody serves it from.
    case .lektor: return "_build"
    case .nikola, .pelican: return "output"
    case .sphinx:
      let folder = files.sphinxFolder ?? ""
      return folder.hasPrefix("docs/") ? "docs/_build/html" : "_build/html"
    case .astro: return "dist"
    case .docusaurus, .sveltekit: return "build"
    case .vitepress:
      return files.vitePressFolder == "." ? ".vitepress/dist" : files.vitePressFolder + "/.vitepress/dist"
    case .next: return "out"
    case .nuxt: return ".output/public"
    case .package: return "dist"
    }
  }

  /// The files and the key that name the folder, by generator.
  private static let settings: [DeployGenerator: (files: [String], key: String)] = [
    .jekyll: (["_config.yml", "_config.yaml"], "destination"),
    .hugo: (
      ["hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "config/_default/hugo.toml"], "publishDir"
    ),
    .zola: (["config.toml", "zola.toml"], "output_dir"),
    .mkdocs: (["mkdocs.yml", "mkdocs.yaml"], "site_dir"),
    .pelican: (["publishconf.py", "pelicanconf.py"], "OUTPUT_PATH"), .nikola: (["conf.py"], "OUTPUT_FOLDER"),
    .hexo: (["_config.yml"], "public_dir"),
    .quarto: (["_quarto.yml", "_quarto.yaml"], "output-dir"),
    .astro: (["astro.config.mjs", "astro.config.ts", "astro.config.js"], "outDir"),
  ]

  private static func setting(of generator: DeployGenerator, _ files: DeployFiles) -> String? {
    guard let (names, key) = settings[generator] else { return nil }
    for name in names {
      guard let text = files.text(of: name) else { continue }
      if let value = value(of: key, in: text) { return value }
    }
    return nil
  }

  /// A folder below the site that a configuration names: `key: folder`, `key = "folder"`, `{ key: 'folder' }`.
  static func value(of key: String, in text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let range = line.range(of: key, options: .caseInsensitive) else { continue }
      let before = line[..<range.lowerBound]
      guard before.last.map({ " \t{,".contains($0) }) ?? true, !before.contains("#"), !before.contains("//")
      else { continue }
      let rest = line[range.upperBound...].drop { $0 == " " }
      guard let sign = rest.first, sign == ":" || sign == "=" else { continue }
      return folder(rest.dropFirst().drop { $0 == " " })
    }
    return nil
  }

  private static func folder(_ value: Substring) -> String? {
    let quote = value.first.flatMap { "\"'".contains($0) ? $0 : nil }
    let name =
      quote.map { quote in value.dropFirst().prefix { $0 != quote } }
      ?? value.prefix { !" #,\t".contains($0) }
    let parts = name.split(separator: "/").filter { $0 != "." }
    // Only what lies in the site is taken from a file of the site.
    guard !name.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else { return nil }
    return parts.joined(separator: "/")
  }
}
