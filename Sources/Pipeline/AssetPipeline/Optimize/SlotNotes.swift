import AssetModel

/// Says of which images of built pages it is not known how wide they are shown: a line for each reason.
struct SlotNotes {
  private let configuration: Configuration

  init(_ configuration: Configuration) { self.configuration = configuration }

  private struct Kind: Hashable {
    var obstacle: ImageDisplay.Obstacle
    var unread: String?
    /// Whether `sizes` has to say the image's own width, for the sake of the boxes around it.
    var needsNaturalWidth: Bool
  }

  func problems(of manifest: AssetManifest) -> [Diagnostic] {
    let posts = Dictionary(manifest.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var kinds: [Kind: [Reference]] = [:]
    for reference in manifest.references {
      guard let display = reference.display, let obstacle = display.obstacle, reference.status == .local,
        reference.obstacle == nil, let post = posts[reference.post],
        configuration.sizes.sizes(for: post, reference: reference) == nil
      else { continue }
      if configuration.layouts.slot(of: reference, in: post) != nil { continue }
      let isFree = !display.showsNaturalWidth || display.space != .none && display.space != .reserved
      let kind = Kind(obstacle: obstacle, unread: display.unread, needsNaturalWidth: !isFree)
      kinds[kind, default: []].append(reference)
    }
    return kinds.compactMap { kind, references in
      references.min { ($0.post, $0.line) < ($1.post, $1.line) }.map { note(kind, references.count, $0) }
    }
  }

  private func note(_ kind: Kind, _ count: Int, _ first: Reference) -> Diagnostic {
    let images = count == 1 ? "an image" : "\(count) images, this the first,"
    let width =
      kind.needsNaturalWidth
      ? "sizes keeps \(count == 1 ? "its" : "their") own width, because boxes around depend on it"
      : "sizes says the window's width"
    return Diagnostic(
      .note, .slotUnknown, file: first.post, line: first.line, column: first.column,
      message:
        "how wide \(images) \(count == 1 ? "is" : "are") shown is not known: \(reason(kind)); \(width)",
      advice: "run calibrate, which measures it in a browser")
  }

  private func reason(_ kind: Kind) -> String {
    switch kind.obstacle {
    case .flex: "a flex container shares its width out"
    case .grid: "a grid's columns are not told by numbers"
    case .table: "a table's columns are as wide as what is in them"
    case .shrinking: "something around is as wide as its content"
    case .positioned: "its place is given by coordinates"
    case .columns: "the text around is set in columns"
    case .shape: "its height or shape is limited"
    case .length: "a length depends on letters, heights or containers"
    case .uncertain: "a rule may or may not count"
    case .unread: "the stylesheet \(kind.unread ?? "") was not read"
    }
  }
}
