import Foundation
import SiteFiles

/// A generator that `build` runs for a deploy.
package enum DeployGenerator: String, Hashable, Sendable, CaseIterable {
  case astro, docusaurus, eleventy, gatsby, hexo, hugo, jekyll, mkdocs, next, nuxt, pelican, quarto, sphinx
  case nikola, sveltekit, vitepress, zola
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
    let files = DeployFiles(root)
    // Those that are built into one with pages of their own come first: they may hold another's Markdown.
    if let program = Self.withProgramOfConfiguration.first(where: { files.hasConfiguration($0.file) }) {
      self = program.generator
    } else if let generator = kind.flatMap(Self.init(rawValue:)) {
      self = generator
    } else if let known = Self.packages.first(where: { files.dependsOn($0.package) }) {
      self = known.generator
    } else if files.sphinxFolder != nil {
      self = .sphinx
    } else if files.hasBuildScript {
      self = .package
    } else {
      return nil
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
