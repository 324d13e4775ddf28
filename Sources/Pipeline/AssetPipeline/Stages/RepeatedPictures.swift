import AssetModel

extension AssetManifest {
  /// Why an image stays whose page shows its file once more, where it cannot have candidates.
  static let repeatedPicture =
    "the page shows its file once more by what stays, and would load two files of it"

  /// Leaves those images of posts alone that would make their page heavier: their file is shown once more by a tag or by an
  /// image that stays as it is, so that a reader downloads it whatever becomes of the others.
  mutating func leaveRepeatedPictures() {
    // Built pages are weighed as they are, and what a component makes of its file is a file of its own.
    guard ![.html, .astro, .docusaurus, .markdown].contains(site.kind) else { return }
    let loaded = Set(references.lazy.filter(\.loadsItsFile).map { [$0.post, $0.source ?? ""] })
    guard !loaded.isEmpty else { return }
    for index in references.indices {
      let reference = references[index]
      guard reference.isBodyImage, reference.obstacle == nil, let source = reference.source,
        loaded.contains([reference.post, source])
      else { continue }
      references[index].keptBecause = Self.repeatedPicture
    }
  }
}

extension Reference {
  /// Parts of the names of tags that make files of their own of the picture that they name.
  private static let processing = ["resize", "picture", "responsive", "thumb", "process", "optimi"]

  /// Whether the page shows the file itself, and goes on to do so.
  fileprivate var loadsItsFile: Bool {
    guard status == .local, isBodyImage, obstacle != nil, replacement == nil, embeddedBytes == nil,
      attributes["srcset"] == nil, !context.contains(.picture)
    else { return false }
    guard kind == .templateTag else { return true }
    let name = field?.lowercased() ?? ""
    return !Self.processing.contains(where: name.contains)
  }
}
