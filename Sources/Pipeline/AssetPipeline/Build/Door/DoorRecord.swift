import AssetModel
import Foundation
import GeneratorOracle
import SiteFiles
import SystemResources

/// What a site's last build with its generator's door came to, so that the next one need not build twice: the map of
/// pictures holds as long as no picture, and nothing else of the site but the texts of posts, has changed.
struct DoorRecord: Codable {
  /// What it depends on.
  var key: String
  /// The map of pictures; nil where the door stays closed.
  var pictures: String?
  /// Why it does, for people.
  var closed: String?
  /// The files that the pages gain, in the folder of the store that keeps them.
  var files: [String] = []
  /// The pictures of which these were made, by their names.
  var sources: [String: Source] = [:]
  /// The pages with the pictures that they show, each by its path among them.
  var shown: Set<String> = []
  /// How many images gained candidates.
  var images = 0

  /// What a record depends on: every file of a site but the texts of posts, the packages, this program and its settings.
  ///
  /// - Returns: nil where the site cannot be listed.
  static func key(
    _ root: SiteRoot, _ configuration: Configuration, isSkipped: (String) -> Bool
  ) -> String? {
    guard let tools = toolsKey(root, configuration),
      let files = try? FileTree.files(below: root.path, skip: isSkipped)
    else { return nil }
    var hash = SHA256()
    hash.update("\(tools)\n")
    for entry in files where !isPost(entry.path) { hash.update("\(entry.path)\n\(entry.stamp)\n") }
    return ContentDigest.hexadecimal(hash.finalize())
  }

  /// This program, its settings, and the packages of a site.
  static func toolsKey(_ root: SiteRoot, _ configuration: Configuration) -> String? {
    guard let settings = StableText.of(configuration) else { return nil }
    var hash = SHA256()
    hash.update("\(BuildIdentity.text)\n\(settings)\n")
    for name in [".package-lock.json", ".yarn-state.yml", ".modules.yaml"] {
      hash.update(FileStamp(of: root.path + "/node_modules/" + name).map { "\($0)\n" } ?? "none\n")
    }
    return ContentDigest.hexadecimal(hash.finalize())
  }

  private static func isPost(_ path: String) -> Bool {
    ["md", "mdx", "markdown"].contains((path as NSString).pathExtension.lowercased())
  }

  static func read(_ file: String, key: String) -> DoorRecord? {
    guard let data = try? FileAccess.read(file),
      let record = try? JSONDecoder().decode(Self.self, from: data), record.key == key
    else { return nil }
    return record
  }

  /// Without the record the next build looks anew.
  func write(to file: String) {
    guard let data = try? JSONEncoder().encode(self) else { return }
    try? FileAccess.write(data, to: file)
  }
}

extension SiteBuild.Tools {
  /// What is known of a build by the site: every file but the texts of posts, the packages, this program and its settings; nil
  /// where the site cannot be listed.
  func siteKey(_ configuration: Configuration) -> String? {
    DoorRecord.key(pipeline.root, configuration, isSkipped: isGenerated)
  }

  /// Whether a folder is none of the site's sources.
  func isGenerated(_ folder: String) -> Bool {
    let root = pipeline.root.path + "/"
    if skipped.contains(folder) || root + folder == destination { return true }
    let names: Set<String> = [
      ".git", "node_modules", ".docusaurus", ".vite-temp", ".next", ".nuxt", ".svelte-kit", ".astro",
    ]
    return names.contains((folder as NSString).lastPathComponent) || folder.hasSuffix(".vitepress/cache")
      || folder.hasSuffix(".vitepress/dist")
  }
}
