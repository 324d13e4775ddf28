import AssetModel
import SiteFiles

/// Whether a configuration of ours may stand in front of the author's in a staged copy and give Markdown images their
/// candidates: only where nothing that can be read of the site has a say in what becomes of images. Else posts are rewritten.
struct DoorJudgment {
  /// The configuration with the files of the site that it takes in.
  let script: SiteScript
  let folder: SiteFolder

  init(_ script: SiteScript, _ folder: SiteFolder) { (self.script, self.folder) = (script, folder) }

  /// A package of Markdown, or of the generator, that the configuration names and whose name tells of images; nil for none.
  var imagePackage: String? {
    let names = ConfigurationText.matches("['\"`](@?[\\w-]+(?:/[\\w.-]+)?)['\"`]", in: script.code).map {
      $0[1]
    }
    return names.first { name in
      Self.tools.contains(where: name.contains) && ImagePipeline.isOfImages(name.replacing("sharp", with: ""))
    }
  }

  private static let tools = ["astro", "eleventy", "markdown-it", "rehype", "remark"]

  /// Whether code of the configuration itself deals with image elements; a folder may have their name.
  var namesImages: Bool {
    let code = script.code.replacing(/addPassthroughCopy\s*\([^)]*\)/, with: "")
    return ["<img", "\"img\"", "'img'", "`img`", "<picture", "srcset", "srcSet"].contains(
      where: code.contains)
  }

  /// The packages that the site asks npm for, with the versions that it takes.
  var packages: [String: String] {
    guard folder.has(file: "package.json"),
      let tree = try? ConfigurationText.tree("package.json", in: folder)
    else { return [:] }
    var packages: [String: String] = [:]
    for list in ["dependencies", "devDependencies"] {
      for name in tree[list]?.keys ?? [] { packages[name] = tree[list]?[name]?.text ?? "" }
    }
    return packages
  }

  /// The first number of a package's version; nil where none is told.
  func version(of package: String) -> Int? {
    packages[package].flatMap { text in
      Int(text.drop { !$0.isNumber }.prefix { $0.isNumber })
    }
  }

  /// Whether the site is a staged copy with a door, or has files of its own by such names.
  var hasFilesOfDoor: Bool { folder.first(DoorFiles.all) != nil }

  /// Whether the site's commands name another configuration.
  var namesOtherConfiguration: Bool {
    folder.has(file: "package.json") && folder.textIfAny("package.json").contains("--config")
  }
}
