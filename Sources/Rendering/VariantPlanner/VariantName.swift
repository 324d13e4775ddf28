import AssetModel

/// The names of variants.
///
/// A name carries the width and eight digits of a digest over the source's bytes and all requested parameters, so that
/// a browser can cache a file forever: any other file with this name is the same picture.
package enum VariantName {
  /// `assets/optimized/<source path without extension>-<width>w-<8 hex>.<extension>`
  ///
  /// - Parameter key: ``key(source:rendition:settings:)``
  package static func path(
    folder: String, source: Source, width: Int, format: ImageFormat, key: String
  ) -> String {
    var stem = source.path
    if let dot = stem.lastIndex(of: "."), dot > (stem.lastIndex(of: "/") ?? stem.startIndex) {
      stem = String(stem[..<dot])
    }
    // No generator copies folders of these names to the pages.
    stem = stem.split(separator: "/").map { ["_posts", "_drafts"].contains($0) ? $0.dropFirst() : $0 }
      .joined(separator: "/")
    return "\(folder)/\(stem)-\(width)w-\(key.prefix(8)).\(format.fileExtension)"
  }

  /// The digest that names one encode: source bytes, geometry, settings, engine, and what the file is for, because
  /// that decides how much lighter than the source it has to be.
  package static func key(source: Source, rendition: Rendition, settings: EncodingSettings) -> String {
    var parts = [
      // What the names in published pages begin with. A step that does something else than it did has a part of its own.
      "engine 3", source.sha256, "\(rendition.width)x\(rendition.height)",
      "crop \(rendition.crop?.description ?? "none")", rendition.purpose.rawValue, settings.format.rawValue,
      settings.loss.rawValue,
      "q \(settings.quality ?? 0)", "effort \(settings.effort ?? 0)",
    ]
    // What is as it always was adds nothing, so that names stay as they were.
    if rendition.sharpen { parts.append("sharpen") }
    if let target = settings.target { parts.append("target \(target)") }
    if let color = settings.color { parts.append("color \(color.rawValue)") }
    if let metadata = settings.metadata { parts.append("metadata \(metadata.rawValue)") }
    if let correction = source.correction { parts.append("as shown: \(correction)") }
    if let smart = settings.smartSubsample { parts.append("smart subsample \(smart)") }
    return ContentDigest.sha256(parts.joined(separator: "\n"))
  }
}
