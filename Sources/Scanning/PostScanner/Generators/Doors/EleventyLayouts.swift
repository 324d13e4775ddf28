import Foundation
import SiteFiles

/// Which posts of an Eleventy site become whole pages by a layout. Of a text that is none the plugin of a staged copy does not
/// know whether it is a page without one or a part that a feed is given, and leaves it.
struct EleventyLayouts {
  /// Whether the configuration gives all posts one.
  private let isGlobal: Bool
  /// The folders whose data files speak of a layout.
  private var folders: [String] = []
  /// Whether a template begins a document.
  private let makesPages: Bool

  private static let data = [".json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".yml", ".yaml"]
  private static let templates = [
    ".njk", ".liquid", ".html", ".hbs", ".ejs", ".webc", ".vto", ".pug", ".mustache", ".haml", ".11ty.js",
    ".11ty.cjs", ".11ty.mjs", ".11ty.ts", ".11ty.tsx",
  ]

  /// - Parameter code: the configuration's.
  init(_ configuration: EleventyConfiguration, _ code: String, _ folder: SiteFolder) {
    let skipped: Set<String> = [configuration.output]
    let input = configuration.input.isEmpty ? "" : configuration.input + "/"
    let computed = folder.first(input + "_data/eleventyComputed", ["js", "cjs", "mjs", "json"])
    isGlobal =
      code.contains(/addGlobalData\s*\(\s*['"`](?:layout|eleventyComputed)/)
      || computed.map { folder.textIfAny($0).contains("layout") } ?? false
    for path in folder.paths(below: configuration.input, ending: Self.data, skipping: skipped)
    where folder.textIfAny(path).contains("layout") {
      folders.append(FileAccess.folder(of: path))
    }
    makesPages = folder.paths(below: configuration.input, ending: Self.templates, skipping: skipped).contains
    {
      let text = folder.textIfAny($0)
      return ["<html", "doctype"].contains { text.range(of: $0, options: .caseInsensitive) != nil }
    }
  }

  /// Whether a post has a layout.
  func has(_ path: String, _ matter: FrontMatter) -> Bool {
    guard makesPages else { return false }
    if let own = matter.text("layout") { return !["", "false", "null"].contains(own) }
    return isGlobal || folders.contains { $0.isEmpty || path.hasPrefix($0 + "/") }
  }
}
