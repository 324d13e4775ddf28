import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import GeneratorOracle

/// How sites are built for a deploy, by their files.
struct DeployCommandTests {
  static let sites:
    [(files: [String: String], kind: String?, generator: DeployGenerator?, words: String, to: String)] =
      [
        (["_config.yml": "title: a\n"], "jekyll", .jekyll, "jekyll build -d {destination}", "_site"),
        (
          ["_config.yml": "destination: ./public/blog # here\n"], "jekyll", .jekyll,
          "jekyll build -d {destination}", "public/blog"
        ),
        (["hugo.toml": "publishDir = \"docs\"\n"], "hugo", .hugo, "hugo -d {destination}", "docs"),
        (
          ["config.toml": "base_url = 'x'\noutput_dir = 'web'\n"], "zola", .zola,
          "zola build -o {destination} --force", "web"
        ),
        (["mkdocs.yml": "site_name: a\n"], "mkdocs", .mkdocs, "mkdocs build -d {destination}", "site"),
        (
          ["pelicanconf.py": "OUTPUT_PATH = 'web/'\n", "publishconf.py": "x = 1\n", "content/a.md": ""],
          "pelican",
          .pelican, "pelican content -s publishconf.py -o {destination}", "web"
        ),
        (
          ["docs/conf.py": "", "docs/index.rst": ""], nil, .sphinx,
          "sphinx-build -b html -d {destination}.doctrees docs/ {destination}", "docs/_build/html"
        ),
        (
          [".eleventy.js": "", "package.json": "{}"], "eleventy", .eleventy,
          "eleventy --output={destination}", "_site"
        ),
        (
          ["a.lektorproject": ""], "lektor", .lektor, "lektor build --output-path {destination}", "_build"
        ),
        (["astro.config.mjs": "export default { outDir: './web' }\n"], "astro", .astro, "astro build", "web"),
        (
          ["docusaurus.config.ts": ""], "docusaurus", .docusaurus, "docusaurus build --out-dir {destination}",
          "build"
        ),
        (["_config.yml": "public_dir: out\n"], "hexo", .hexo, "hexo generate", "out"),
        (
          ["docs/.vitepress/config.mts": "", "docs/index.md": ""], nil, .vitepress,
          "vitepress build docs --outDir {destination}", "docs/.vitepress/dist"
        ),
        (["next.config.mjs": "", "posts/a.md": ""], nil, .next, "next build", "out"),
        (["package.json": #"{"dependencies": {"gatsby": "5"}}"#], nil, .gatsby, "gatsby build", "public"),
        (
          ["package.json": #"{"devDependencies": {"@sveltejs/kit": "2"}}"#], nil, .sveltekit, "vite build",
          "build"
        ),
        (["nuxt.config.ts": ""], nil, .nuxt, "nuxt generate", ".output/public"),
        (["_quarto.yml": ""], "quarto", .quarto, "quarto render", "_site"),
        (
          ["package.json": #"{"scripts": {"build": "make"}}"#, "a.md": ""], nil, .package, "npm run build",
          "dist"
        ),
        (["package.json": #"{"scripts": {"test": "make"}}"#], nil, nil, "", ""),
        (["package.json": "[not json"], nil, nil, "", ""),
        (["a.md": "# A"], nil, nil, "", ""),
      ]

  @Test(arguments: sites.indices) func siteHasItsGeneratorsCommand(_ index: Int) throws {
    let site = Self.sites[index]
    let folder = try TemporaryFolder(site.files)
    let root = try SiteRoot(folder.path)
    let generator = DeployGenerator(site: root, kind: site.kind)
    #expect(generator == site.generator)
    guard let generator else { return }
    let command = DeployCommand(generator, site: root)
    #expect(command.line == site.words)
    #expect(command.destination == site.to)
  }

  @Test func whatNpmInstalledForTheSiteIsItsProgram() throws {
    let folder = try TemporaryFolder(["astro.config.mjs": "", "node_modules/.bin/astro": "#!/bin/sh\n"])
    #expect(DeployCommand(.astro, site: try SiteRoot(folder.path)).line == "astro build", "it cannot be run")
    try folder.makeProgram("node_modules/.bin/astro")
    let command = DeployCommand(.astro, site: try SiteRoot(folder.path))
    #expect(command.line == "node_modules/.bin/astro build")
    #expect(command.environment["CI"] == "1")
    #expect(command.outputs == ["dist"])
  }

  @Test(
    arguments: [
      ("destination: public", "public"), ("destination : 'a b'", "a b"), ("  destination: \"x/y/\"", "x/y"),
      ("destination: /srv/www", nil), ("destination: ../www", nil), ("destinations: x", nil),
      ("# destination: x", nil),
      ("destination:", nil),
    ] as [(String, String?)])
  func folderIsReadWhereItLiesInTheSite(_ line: String, _ path: String?) {
    #expect(DeployDestination.value(of: "destination", in: "a: b\n\(line)\nc: d\n") == path)
  }
}

extension TemporaryFolder {
  /// Lets a file be run.
  fileprivate func makeProgram(_ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: self(name))
  }
}
