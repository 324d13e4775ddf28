import AssetModel

/// A module of Antora's, by the path of a page in it: `docs/modules/ROOT/pages/a.adoc`. Its pages name files by resource IDs,
/// such as `x.png`, `module:x.png` and `partial$x.adoc`, wherever these lie.
/// Source: https://docs.antora.org/antora/latest/page/resource-id/
struct AntoraModule {
  /// The folder of the component, with a slash at its end, or nothing.
  let component: String
  private let name: String

  /// The folders of a module by the names of their families.
  private static let folders = [
    "attachment": "attachments", "example": "examples", "image": "images", "page": "pages",
    "partial": "partials",
  ]

  /// nil where a path is in no module.
  init?(of path: String) {
    let parts = path.split(separator: "/")
    guard let index = parts.firstIndex(of: "modules"), index + 3 < parts.count,
      Self.folders.values.contains(String(parts[index + 2]))
    else { return nil }
    component = parts[..<index].map { $0 + "/" }.joined()
    name = String(parts[index + 1])
  }

  /// The path of a resource; nil where the text is no ID of one, or leads into another component.
  ///
  /// - Parameter family: what is meant where the ID does not say.
  func path(of id: String, family: String) -> String? {
    let isAddress = id.contains("://") || id.hasPrefix("data:")
    guard !isAddress, !id.hasPrefix("/"), !id.hasPrefix("."), !id.contains("@") else { return nil }
    var parts = id.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count < 3, let last = parts.popLast() else { return nil }
    let module = parts.first.map(String.init) ?? name
    let halves = last.split(separator: "$", maxSplits: 1)
    let family = halves.count == 2 ? String(halves[0]) : family
    guard let folder = Self.folders[family], let inner = halves.last, !module.isEmpty else { return nil }
    return "\(component)modules/\(module)/\(folder)/\(inner)"
  }
}

extension URLResolver {
  /// What a resource ID leads to in a page of Antora's; nil in any other post, and for any other text.
  func resource(_ id: String, _ page: Page) -> Result? {
    guard page.path.contains("modules/"), let module = AntoraModule(of: page.path),
      index.allPaths.contains(module.component + "antora.yml"),
      let path = module.path(of: Self.percentDecoded(id) ?? id, family: "image")
    else { return nil }
    return finish(path, LinkForm(prefix: ""))
  }
}
