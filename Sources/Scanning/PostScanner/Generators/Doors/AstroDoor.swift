import AssetModel
import SiteFiles

/// The door of Astro: a rehype plugin behind the author's.
enum AstroDoor {
  /// - Parameters:
  ///   - file: the configuration.
  ///   - source: the folder of the site's sources.
  static func judged(_ file: String, _ folder: SiteFolder, source: String) -> Site.Door {
    var door = Site.Door(configuration: file)
    door.closed = reason(DoorJudgment(SiteScript(file, in: folder), folder), file, source)
    return door
  }

  private static func reason(_ judgment: DoorJudgment, _ file: String, _ source: String) -> String? {
    let code = judgment.script.code
    if file.hasSuffix(".cjs") || file.hasSuffix(".cts") || code.contains("module.exports") {
      return "\(file) is a CommonJS module"
    }
    // From 7 on another program renders Markdown unless it is told, and before 4 the plugin is not told the post.
    guard let version = judgment.version(of: "astro"), (4...6).contains(version) else {
      return "Astro of another version than 4, 5 and 6 renders Markdown by other means"
    }
    if code.contains(/\bprocessor\b/.wordBoundaryKind(.simple)) {
      return "\(file) names a Markdown processor of its own"
    }
    if judgment.hasFilesOfDoor { return "\(DoorFiles.pictures) or a file beside it is there already" }
    if judgment.namesOtherConfiguration { return "package.json names a configuration (--config)" }
    if let name = judgment.imagePackage { return "\(name) may make the markup of images" }
    if judgment.namesImages { return "\(file), or a file that it takes in, deals with images itself" }
    let usesHTML = #/\.rendered\b|AstroContainer|experimental_AstroContainer|compiledContent/#
      .wordBoundaryKind(.simple)
    if texts(judgment.folder, below: source).contains(where: { $0.contains(usesHTML) }) {
      return "code of the site takes posts as HTML, as feeds do, whose readers may not find candidates"
    }
    return nil
  }

  /// Whether MDX is rendered by the same plugins, and by no components of the site in the place of elements.
  static func reachesMDX(_ file: String, _ folder: SiteFolder, source: String) -> Bool {
    let code = ConfigurationText.code(folder.textIfAny(file), isPython: false)
    guard code.contains(/\bmdx\(\s*\)/.wordBoundaryKind(.simple)) else { return false }
    return !texts(folder, below: source).contains {
      $0.contains(/\bcomponents\s*=/.wordBoundaryKind(.simple))
    }
  }

  private static func texts(_ folder: SiteFolder, below source: String) -> [String] {
    guard folder.has(folder: source) else { return [] }
    return [".astro", ".ts", ".js", ".mjs", ".tsx", ".jsx", ".mdx"].flatMap {
      folder.texts(below: source, ending: $0, but: nil)
    }
  }
}
