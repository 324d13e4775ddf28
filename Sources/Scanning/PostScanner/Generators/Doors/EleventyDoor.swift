import AssetModel
import SiteFiles

/// The door of Eleventy: a rule of markdown-it that marks images, and a transform that finishes them in whole pages.
enum EleventyDoor {
  static func judged(_ file: String, _ script: SiteScript, _ folder: SiteFolder) -> Site.Door {
    let type = (try? ConfigurationText.tree("package.json", in: folder))?["type"]?.text
    var door = Site.Door(
      configuration: file, isModule: file.hasSuffix(".mjs") || file.hasSuffix(".js") && type == "module")
    door.closed = reason(DoorJudgment(script, folder), file)
    return door
  }

  private static func reason(_ judgment: DoorJudgment, _ file: String) -> String? {
    let code = judgment.script.code
    if file.hasSuffix(".ts") { return "\(file) is written in TypeScript" }
    if let version = judgment.version(of: "@11ty/eleventy"), !(2...3).contains(version) {
      return "Eleventy of another version than 2 and 3 takes no rule"
    }
    if judgment.hasFilesOfDoor { return "\(DoorFiles.pictures) or a file beside it is there already" }
    if judgment.namesOtherConfiguration { return "package.json names a configuration (--config)" }
    if code.contains("pathPrefix") || judgment.folder.textIfAny("package.json").contains("--pathprefix") {
      return "a prefix is put in front of the URLs of pages (pathPrefix)"
    }
    if let name = judgment.imagePackage { return "\(name) may make the markup of images" }
    let hasRules = ["setLibrary", "amendLibrary", "markdown-it"].contains(where: code.contains)
    let ownRule = /\brules\s*(?:\.\s*image\b|\[\s*['"]image)/.wordBoundaryKind(.simple)
    if code.contains(ownRule) || hasRules && code.contains(/['"`]image['"`]/)
      || code.contains("addTransform") && judgment.namesImages
    {
      return "\(file), or a file that it takes in, deals with images itself"
    }
    let setsLibrary = code.contains(/setLibrary\s*\(\s*['"`]md/)
    if setsLibrary && !code.contains("markdown-it") || code.contains(/addExtension\s*\(\s*\[?\s*['"`]md['"`]/)
    {
      return "\(file) has Markdown rendered by something else than markdown-it"
    }
    return nil
  }
}
