import Foundation
import SiteFiles

/// How a site is built for a deploy: as its author builds it, but into a folder that nobody serves yet.
package struct DeployCommand: Hashable, Sendable {
  /// The program and its arguments; no shell reads them. `{destination}` stands for the folder of the pages, `{source}` for
  /// the site.
  package var words: [String]
  /// Variables beside those of this process.
  package var environment: [String: String] = [:]
  /// The folders, relative to the site, one of which the pages come out in, where no argument says where to; the command
  /// then runs in a private copy of the site. Empty where the command takes the destination.
  package var outputs: [String] = []
  /// Where the generator would have put the pages, relative to the site; where it is not known before which of ``outputs``
  /// that is, the first of them.
  package var destination: String
  /// What to do where the program is not installed, and where it makes no pages; nil where nothing special helps.
  package var installation: String?
  package var condition: String?
  /// The folders of the site that a private copy goes without: those of earlier builds.
  package var earlier: Set<String> = []
  /// Whether every folder of the site is read that is not left out by name, whatever has made it.
  package var readsAllFolders = false
  /// What the names of folders begin with that are not read all the same.
  private var unreadPrefixes: [String] = []

  /// Whether the generator would build a folder of the site as a part of it.
  func takesIn(_ folder: String) -> Bool {
    readsAllFolders && !unreadPrefixes.contains(where: folder.hasPrefix)
  }

  /// Where pages come out that no argument directs.
  private static let usualOutputs = ["dist", "build", "out", "public", "_site", ".output/public"]

  /// The command as one line for people.
  package var line: String { words.joined(separator: " ") }

  /// A command of the user's.
  package init(words: [String], destination: String) {
    (self.words, self.destination) = (words, destination)
  }

  /// The command of a generator.
  package init(_ generator: DeployGenerator, site root: SiteRoot) {
    let files = DeployFiles(root)
    destination = DeployDestination(generator, files).path
    words = []
    switch generator {
    case .jekyll: words = ["jekyll", "build", "-d", "{destination}"]
    case .hugo: words = ["hugo", "-d", "{destination}"]
    case .zola: words = ["zola", "build", "-o", "{destination}", "--force"]
    case .mkdocs: words = ["mkdocs", "build", "-d", "{destination}"]
    case .pelican:
      let settings = files.has("publishconf.py") ? "publishconf.py" : "pelicanconf.py"
      let content = root.resolve("content") == .folder ? ["content"] : []
      words = ["pelican"] + content + ["-s", settings, "-o", "{destination}"]
    case .sphinx:
      let folder = files.sphinxFolder.map { $0.isEmpty ? "." : $0 } ?? "."
      words = ["sphinx-build", "-b", "html", "-d", "{destination}.doctrees", folder, "{destination}"]
    case .eleventy: words = [Self.program("eleventy", root), "--output={destination}"]
    case .docusaurus: words = [Self.program("docusaurus", root), "build", "--out-dir", "{destination}"]
    case .vitepress:
      words = [Self.program("vitepress", root), "build", files.vitePressFolder, "--outDir", "{destination}"]
    case .lektor: words = ["lektor", "build", "--output-path", "{destination}"]
    case .nikola: (words, outputs) = (["nikola", "build"], [destination])
    case .quarto: (words, outputs) = (["quarto", "render"], [destination])
    case .astro: (words, outputs) = ([Self.program("astro", root), "build"], [destination])
    case .hexo: (words, outputs) = ([Self.program("hexo", root), "generate"], [destination])
    case .next: (words, outputs) = ([Self.program("next", root), "build"], ["out"])
    case .gatsby: (words, outputs) = ([Self.program("gatsby", root), "build"], ["public"])
    case .nuxt: (words, outputs) = ([Self.program("nuxt", root), "generate"], [".output/public", "dist"])
    case .sveltekit: (words, outputs) = ([Self.program("vite", root), "build"], ["build"])
    case .package:
      (words, outputs) = (["npm", "run", "build"], Self.usualOutputs)
    }
    // Gatsby takes its cache for the pages that are not there, and a script may have sources in a folder of such a name.
    if generator != .package { earlier = Set(outputs + (generator == .gatsby ? [".cache"] : [])) }
    condition = generator.condition
    readsAllFolders = [.eleventy, .jekyll, .sphinx].contains(generator)
    if generator == .jekyll { unreadPrefixes = ["_", "."] }
    // They leave the folder out that they write to, which is another one here; and Eleventy what git ignores.
    let isIgnored = generator == .sphinx || generator == .eleventy && files.ignores(destination)
    if readsAllFolders, !isIgnored { earlier.insert(destination) }
    switch generator.installer {
    case .npm: installation = "run \(files.packageInstallation) in the site first"
    case .pip: installation = "pip install \(generator.rawValue)"
    case nil: break
    }
    if words.first?.contains("\(BuildPlan.packageFolder)/") == true || generator == .package {
      // Asked for nothing, and told nothing: a build is nobody's but its owner's.
      environment = [
        "CI": "1", "ASTRO_TELEMETRY_DISABLED": "1", "NEXT_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1",
      ]
    }
  }

  /// A program that npm installed for the site, or the system's of that name.
  private static func program(_ name: String, _ root: SiteRoot) -> String {
    guard let packages = BuildPlan.packages(of: root), access("\(packages)/.bin/\(name)", X_OK) == 0 else {
      return name
    }
    let isOfTheSite = packages == root.path + "/" + BuildPlan.packageFolder
    return (isOfTheSite ? BuildPlan.packageFolder : packages) + "/.bin/" + name
  }
}
