import Foundation
import SiteFiles

extension DeployGenerator {
  /// The name of its program.
  var program: String { rawValue }

  /// The generator of a site, by its files, where nobody has recognized it. Those that npm installs are told apart by more
  /// than the files that are looked for here.
  init?(filesOf root: SiteRoot) {
    func has(_ names: String...) -> Bool {
      names.contains { name in
        if case .file = root.resolve(name) { return true }
        return false
      }
    }
    func hasFolder(_ name: String) -> Bool { root.resolve(name) == .folder }
    if has("pelicanconf.py") {
      self = .pelican
    } else if has("mkdocs.yml", "mkdocs.yaml") {
      self = .mkdocs
    } else if has("hugo.toml", "hugo.yaml", "hugo.json") {
      self = .hugo
    } else if hasFolder("content"),
      has("config.toml", "config.yaml", "config.json") || hasFolder("config/_default")
    {
      self = .hugo
    } else if has("_config.yml", "_config.yaml") || hasFolder("_posts") {
      self = .jekyll
    } else {
      return nil
    }
  }
}

/// How a site is built, as words for the system: no shell reads them.
struct BuildCommand: Hashable, Sendable {
  /// The program and its arguments. `{source}` and `{destination}` stand for the folders, `{settings}` for the file
  /// of settings of the oracle's own.
  var words: [String]
  /// Variables beside those of this process.
  var environment: [String: String] = [:]
  /// The folder of the sources that the pages are written to, where no word says where to: it is moved to the destination.
  var outputFolder: String?

  init(words: [String]) { self.words = words }

  /// The command of a generator; nil for one that builds nothing to compare with here.
  ///
  /// - Parameters:
  ///   - generator: the generator.
  ///   - root: the site.
  ///   - hasDrafts: whether drafts are among the posts.
  ///   - hasPackages: whether its program is among the packages that npm installed for the site.
  init?(_ generator: DeployGenerator, site root: SiteRoot, hasDrafts: Bool, hasPackages: Bool = false) {
    let program = hasPackages ? BuildPlan.packageFolder + "/.bin/" + generator.program : generator.program
    // Asked for nothing, and told nothing: a build is nobody's but its owner's.
    let silent = ["CI": "1", "ASTRO_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1"]
    switch generator {
    case .jekyll:
      let fileName = ["_config.yml", "_config.yaml", "_config.toml"].first { name in
        if case .file = root.resolve(name) { return true }
        return false
      }
      let configuration = [fileName.map { "{source}/\($0)" }, "{settings}"].compactMap(\.self).joined(
        separator: ",")
      words = [
        "jekyll", "build", "-s", "{source}", "-d", "{destination}", "--config", configuration, "--future",
      ]
      if hasDrafts { words.append("--drafts") }
    case .hugo:
      words = [
        "hugo", "-s", "{source}", "-d", "{destination}", "--buildDrafts", "--buildFuture", "--buildExpired",
      ]
      // The copy holds no repository to ask.
      environment["HUGO_ENABLEGITINFO"] = "false"
    case .pelican:
      words = ["pelican", "-s", "{source}/pelicanconf.py", "-o", "{destination}"]
    case .hexo:
      (words, outputFolder, environment) = ([program, "generate"], "public", silent)
    case .eleventy:
      (words, environment) = ([program, "--output={destination}"], silent)
    case .astro:
      (words, outputFolder, environment) = ([program, "build"], "dist", silent)
    case .docusaurus:
      (words, environment) = ([program, "build", "--out-dir", "{destination}"], silent)
    case .zola:
      (words, outputFolder) = ([program, "build"], "public")
    case .mkdocs:
      let isLong = root.resolve("mkdocs.yml") == .missing
      words = ["mkdocs", "build", "-f", "{source}/mkdocs.\(isLong ? "yaml" : "yml")", "-d", "{destination}"]
    case .gatsby, .lektor, .next, .nikola, .nuxt, .package, .quarto, .sphinx, .sveltekit, .vitepress:
      return nil
    }
  }

  /// Settings for Jekyll on top of the site's: every build has the same time, and leaves no cache behind.
  static func jekyllSettings(now: Date) -> String {
    let time = ISO8601DateFormatter().string(from: now)
    return "time: \(time)\ndisable_disk_cache: true\n"
  }

  /// The command as one line for people.
  var line: String { words.joined(separator: " ") }

  /// The command with its folders put in.
  func filled(source: String, destination: String, settings: String) -> [String] {
    words.map {
      $0.replacingOccurrences(of: "{source}", with: source)
        .replacingOccurrences(of: "{destination}", with: destination)
        .replacingOccurrences(of: "{settings}", with: settings)
    }
  }

  /// The file of a program: as the system looks it up for a name; below `folder` for a path.
  static func program(_ name: String, folder: String) -> String? {
    let candidates: [String]
    if name.contains("/") {
      candidates = [name.hasPrefix("/") ? name : folder + "/" + name]
    } else {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
      candidates = path.split(separator: ":").map { "\($0)/\(name)" }
    }
    return candidates.first { candidate in
      var info = stat()
      return stat(candidate, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(candidate, X_OK) == 0
    }
  }
}
