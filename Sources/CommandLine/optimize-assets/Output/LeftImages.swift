import AssetModel
import AssetPipeline

/// The images of a site's sources that keep their markup, a line for each reason, and what reaches them.
struct LeftImages {
  private let groups: [Summary.Left]
  private let kind: Site.Kind
  /// Images that only the generator can name.
  private let templated: Int
  /// Pictures that no post names.
  private let unnamed: Summary.Unnamed?

  /// More reasons than these are summed up in one line.
  private static let mostReasons = 4

  init(_ summary: Summary, of site: Site) {
    groups = summary.left
    kind = site.kind
    unnamed = summary.unnamed
    templated = summary.references[Reference.Status.templated.rawValue] ?? 0
  }

  /// Whether no image of the posts stays because it could not be told what to do with it.
  var isEmpty: Bool { groups.isEmpty && templated == 0 && unnamed == nil }

  /// The lines at the end of a summary.
  var lines: [String] {
    guard !isEmpty else { return [] }
    var lines = groups.prefix(Self.mostReasons).map { group in
      line(group.reason, allowsURLs: group.allowsURLs, group.references, group.bytes)
    }
    let others = groups.dropFirst(Self.mostReasons)
    if !others.isEmpty {
      lines.append(
        line(
          "\(others.count.counted("further reason")) (--verbose lists them)", allowsURLs: false,
          others.reduce(0) { $0 + $1.references }, others.reduce(0) { $0 + $1.bytes }))
    }
    if templated > 0 {
      lines.append(
        "Not known before the site is built: \(templated.counted("image")) named by template code.")
    }
    if let unnamed {
      let which =
        unnamed.files == 1 ? "1 picture that no post names" : "\(unnamed.files) pictures that no post names"
      lines.append(
        "Not looked at: \(which), \(ByteSize(bytes: unnamed.bytes)): templates, data or stylesheets may show"
          + " \(unnamed.files == 1 ? "it" : "them").")
    }
    let folder = kind.builtFolder.map { ", such as \($0)" } ?? ""
    return lines + [
      "The built pages reach them: run optimize-assets build, or name the folder that \(kind.name) builds\(folder)."
    ]
  }

  /// Of built pages, whose reasons stand above: how much stays, and what makes its files lighter all the same.
  var wayOut: [String] {
    guard kind == .html, !groups.isEmpty else { return [] }
    let (images, bytes) = groups.reduce((0, 0)) { ($0.0 + $1.references, $0.1 + $1.bytes) }
    return [
      "Left as \(images == 1 ? "it is" : "they are"): \(images.counted("image")), \(ByteSize(bytes: bytes))."
        + " 'optimize-assets build' where the site's sources are publishes lighter files at the same URLs;"
        + " 'optimize-assets shrink' makes pictures lighter where they lie."
    ]
  }

  private func line(_ reason: String, allowsURLs: Bool, _ references: Int, _ bytes: Int) -> String {
    let what =
      allowsURLs
      ? "Lighter files at most, and no candidates"
      : "Left as the author has \(references == 1 ? "it" : "them")"
    return "\(what): \(references.counted("image")), \(ByteSize(bytes: bytes)): \(reason).".printable
  }
}
