import Foundation
import SiteFiles

/// A generator that is run: by `build` for a deploy, and where its pages can be compared, by `verify` and the oracle.
package enum DeployGenerator: String, Hashable, Sendable, CaseIterable {
  case astro, docusaurus, eleventy, gatsby, hexo, hugo, jekyll, mkdocs, next, nuxt, pelican, quarto, sphinx
  case lektor, nikola, sveltekit, vitepress, zola
  /// The script `build` of `package.json`, whatever it runs.
  case package

  /// The generator as its makers write it.
  package var name: String {
    switch self {
    case .astro: "Astro"
    case .docusaurus: "Docusaurus"
    case .eleventy: "Eleventy"
    case .gatsby: "Gatsby"
    case .hexo: "Hexo"
    case .hugo: "Hugo"
    case .jekyll: "Jekyll"
    case .lektor: "Lektor"
    case .mkdocs: "MkDocs"
    case .next: "Next.js"
    case .nikola: "Nikola"
    case .nuxt: "Nuxt"
    case .pelican: "Pelican"
    case .quarto: "Quarto"
    case .sphinx: "Sphinx"
    case .sveltekit: "SvelteKit"
    case .vitepress: "VitePress"
    case .zola: "Zola"
    case .package: "the script build of package.json"
    }
  }

  /// The generator of a site.
  ///
  /// - Parameters:
  ///   - root: the site.
  ///   - kind: the kind of site that the scanner recognized, by its name; nil where it recognized none. It knows
  ///     generators whose files have the same names apart.
  package init?(site root: SiteRoot, kind: String?) {
    guard let recognized = Self.recognized(in: root, kind: kind) else { return nil }
    self = recognized.generator
  }

  /// The same, with why it is that one, for a person to read.
  package static func recognized(
    in root: SiteRoot, kind: String?
  ) -> (generator: DeployGenerator, reason: String)? {
    let files = DeployFiles(root)
    // Those that are built into one with pages of their own come first: they may hold another's Markdown.
    for (name, generator) in withProgramOfConfiguration {
      if let file = files.configuration(name) { return (generator, "\(file) is there") }
    }
    if let generator = kind.flatMap(Self.init(rawValue:)) { return (generator, "it is recognized as such") }
    if let match = packages.first(where: { files.dependsOn($0.package) }) {
      return (match.generator, "package.json names \(match.package)")
    }
    if let folder = files.sphinxFolder { return (.sphinx, "\(folder)conf.py is there") }
    return files.hasBuildScript ? (.package, "package.json has a script build") : nil
  }

  /// The tool that installs it: npm or another of its kind, pip, or nil where that differs from system to system.
  var installer: Installer? {
    switch self {
    case .astro, .docusaurus, .eleventy, .gatsby, .hexo, .next, .nuxt, .sveltekit, .vitepress, .package: .npm
    case .lektor, .mkdocs, .nikola, .pelican, .sphinx: .pip
    case .hugo, .jekyll, .quarto, .zola: nil
    }
  }

  enum Installer { case npm, pip }

  /// What has to be so for it to make pages, where that is not so for every site of it.
  var condition: String? {
    switch self {
    case .next: "set output: 'export' in next.config, so that pages are made"
    case .sveltekit: "use @sveltejs/adapter-static in svelte.config.js, so that pages are made"
    default: nil
    }
  }

  /// The names of configurations that are programs, without their endings.
  private static let withProgramOfConfiguration: [(file: String, generator: DeployGenerator)] = [
    ("docusaurus.config", .docusaurus), (".vitepress/config", .vitepress),
    ("docs/.vitepress/config", .vitepress),
    ("astro.config", .astro), ("next.config", .next), ("nuxt.config", .nuxt), ("gatsby-config", .gatsby),
    ("svelte.config", .sveltekit),
  ]

  /// The packages of generators that need no file of configuration.
  private static let packages: [(package: String, generator: DeployGenerator)] = [
    ("@docusaurus/core", .docusaurus), ("astro", .astro), ("next", .next), ("nuxt", .nuxt),
    ("gatsby", .gatsby),
    ("@sveltejs/kit", .sveltekit), ("hexo", .hexo), ("@11ty/eleventy", .eleventy), ("vitepress", .vitepress),
  ]
}
