import AssetModel

/// Which kinds of images scripts give another `src`: those of a layout for its posts, and those of a post for its own.
struct ScriptedKinds {
  /// The attributes that rules and scripts can tell images by.
  let kinds: [[String: String]]
  let words: AuthorsWords
  let files: ThemeFiles

  /// Why images keep their markup, as ``ThemeFit/scripted`` has it.
  func reasons(
    _ layouts: [(name: String, layout: ThemeLayout)], _ posts: [String: [ThemeStyles.Document]]
  ) -> [String: String] {
    var reasons: [String: String] = [:]
    for (name, layout) in layouts {
      add(layout, scope: name, isOfPost: false, to: &reasons)
      for post in posts[name] ?? [] {
        guard let scripts = words.scripts[post.path] else { continue }
        var own = layout
        own.scripts = PostScripts.read(scripts, of: post.path, in: files)
        add(own, scope: post.path, isOfPost: true, to: &reasons)
      }
    }
    return reasons
  }

  /// - Parameter isOfPost: whether the scripts are one post's, for which the markup of a whole site does not change.
  private func add(
    _ layout: ThemeLayout, scope: String, isOfPost: Bool, to reasons: inout [String: String]
  ) {
    guard !layout.scripts.isEmpty else { return }
    for kind in kinds {
      let findings = ScriptFindings(
        layout: layout, contexts: ImageContexts(chain: layout.chain, attributes: kind),
        canOccur: words.contains)
      let misled = isOfPost ? findings.pictureBreak() : nil
      for place in ThemeFit.scriptPlaces {
        guard let finding = findings.sourceSetter(in: place) ?? misled else { continue }
        reasons[ThemeFit.scriptKey(scope: scope, attributes: kind, place: place)] =
          "\(finding.file):\(finding.line) \(finding.message)"
      }
    }
  }
}
