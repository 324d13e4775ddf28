/// The door of VitePress: a configuration in a private copy of the site that its loader finds before the author's, with rules
/// of markdown-it behind the author's.
enum VitePressDoor {
  /// How the author has written the configuration.
  struct Form: Hashable {
    /// The file that is generated.
    var wrapper = ""
    /// What it imports, relative to it; nil where there is no configuration.
    var author: String?
    /// The author's file where the wrapper takes its name.
    var moved: GeneratorDoor.Move?

    private static let movedName = "optimize-assets-author"

    /// VitePress looks for these in this order, for a folder `config` before a file.
    private static let extensions = ["js", "ts", "mjs", "mts"]

    init(_ files: DeployFiles, folder: String) throws(GeneratorDoor.Closed) {
      for name in Self.extensions {
        wrapper = "\(folder)/config/index.\(name)"
        if files.has(wrapper) {
          let other = "\(Self.movedName).\(name)"
          author = "./" + other
          moved = GeneratorDoor.Move(from: wrapper, to: "\(folder)/config/\(other)")
          return
        }
        if files.has("\(folder)/config.\(name)") {
          author = "../config.\(name)"
          return
        }
      }
      if let other = ["cjs", "cts", "json"].first(where: { files.has("\(folder)/config.\($0)") }) {
        throw GeneratorDoor.Closed(reason: "\(folder)/config.\(other) is none that VitePress reads")
      }
      wrapper = "\(folder)/config/index.mjs"
    }
  }

  /// - Parameter folder: the folder of the pages, with a slash; empty for the site itself.
  static func text(_ form: Form, folder: String, pictures: String) -> String {
    let author = form.author.map { "import author from \(JavaScriptText.literal($0))" } ?? "const author = {}"
    // TypeScript reads a wrapper of its own kind, and is asked for nothing.
    return """
      // @ts-nocheck
      // Made by optimize-assets for one build: gives images candidates by the file that they show.
      import fs from 'node:fs'
      import path from 'node:path'
      \(author)

      const pages = \(JavaScriptText.literal(folder.isEmpty ? "." : folder))
      const pictures = JSON.parse(\(JavaScriptText.literal(pictures)))

      """ + code
  }

  private static let code = JavaScriptText.file(PackageResources.vitepress_configuration_js)
}
