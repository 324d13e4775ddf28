import AssetModel

/// The posts that show pictures at their own size, which a cap has changed.
enum NaturalSizePosts {
  /// More places are counted, and not listed.
  private static let mostListed = 3

  /// A warning for each picture that has fewer pixels now and is shown without a width. A folder that is no site has no
  /// posts to tell of.
  static func problems(_ pictures: [ShrinkAccount.Picture], _ context: StageContext) throws -> [Diagnostic] {
    let capped = pictures.filter { $0.size != nil }
    guard !capped.isEmpty, let site = try? ScanStage.stage.run((), context) else { return [] }
    var shown: [String: [Reference]] = [:]
    for reference in site.manifest.references where reference.showsNaturalSize {
      if let file = reference.source { shown[file, default: []].append(reference) }
    }
    return capped.compactMap { picture in
      guard let references = shown[picture.path], let first = references.first, let size = picture.size else {
        return nil
      }
      let further = references.dropFirst().prefix(mostListed - 1).map { "\($0.writtenIn):\($0.line)" }
      let rest = references.count - 1 - further.count
      let others = further + (rest > 0 ? ["\(rest) more"] : [])
      return Diagnostic(
        .warning, .shownDifferently, file: first.writtenIn, line: first.line, column: first.column,
        message: "shows \(picture.path) at its own size, which is \(size[0])x\(size[1]) pixels now"
          + (others.isEmpty ? "" : ", as do \(others.joined(separator: ", "))"),
        advice: "look at the page, or give the image a width")
    }
  }
}

extension Reference {
  /// Whether the place shows an image by itself, without a width of its own.
  fileprivate var showsNaturalSize: Bool {
    switch kind {
    case .markdownInline, .markdownReference, .htmlImage, .markup:
      attributes["width"] == nil && status == .local
    case .htmlSource, .videoPoster, .metaImage, .preload, .css, .frontMatter, .templateTag: false
    }
  }
}
