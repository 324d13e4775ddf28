import AssetModel
import SizeBudget
import ThemeAnalysis
import Web

/// Finds out what the images of a post make each device download, by the candidates that the post offers.
struct PostPlacement {
  let devices: [Screen]
  let sources: [String: Source]
  /// What was measured of the site's pages, and what its stylesheets say, about how wide images are shown.
  let layouts: MeasuredLayouts
  let theme: ThemeFit
  /// What a generated render hook offers; nil where there is none.
  var hook: HookCandidates?

  /// The images of a post.
  ///
  /// - Parameters:
  ///   - references: the post's, in its order.
  ///   - text: its text.
  func images(_ references: [Reference], in post: Post, text: [UInt8]) -> [PlacedImage] {
    let candidates = Dictionary(grouping: references.filter { $0.kind == .htmlSource }, by: \.range)
    let imageRanges = Set(references.filter { $0.kind == .htmlImage }.map(\.range))
    var images: [PlacedImage] = []
    // The `<source>` elements that came last.
    var before: [Reference] = []
    for reference in references where reference.kind != .preload {
      if reference.kind == .htmlSource {
        // The candidates of an `<img>` are its own.
        if before.last?.range != reference.range, !imageRanges.contains(reference.range) {
          before.append(reference)
        }
        continue
      }
      let isInPicture = reference.kind == .htmlImage && reference.context.contains(.picture)
      let elements = (isInPicture ? before : []) + [reference]
      let files = elements.flatMap { candidates[$0.range] ?? [] }.compactMap { candidate in
        candidate.source.map { (candidate.url, $0) }
      }
      images.append(
        image(
          reference, in: post, SlotContainer(of: reference, in: text),
          sources: elements.dropLast().map { SourceSet.Source(attributes: $0.attributes) },
          Dictionary(files, uniquingKeysWith: { first, _ in first })))
      before = []
    }
    return images
  }

  private func image(
    _ reference: Reference, in post: Post, _ container: SlotContainer, sources before: [SourceSet.Source],
    _ files: [String: String]
  ) -> PlacedImage {
    var (attributes, before) = (reference.attributes, before)
    if let picture = hook?.picture(of: reference, in: post) {
      attributes.merge(picture.img.attributes) { _, printed in printed }
      before = picture.sources.map { SourceSet.Source(attributes: $0.attributes) }
    }
    let isHTML = reference.kind == .htmlImage
    let isLazy = attributes["loading"]?.lowercased() == "lazy"
    var image = PlacedImage(
      line: reference.line, column: reference.column, url: reference.url, file: reference.source,
      isMissing: reference.status == .missing,
      // A Markdown image always gets the attribute, be it empty; a tag's template decides by itself.
      alt: isHTML || reference.kind == .templateTag ? reference.alt : reference.alt ?? "",
      hasDimensions: isHTML ? attributes["width"] != nil && attributes["height"] != nil : nil,
      isLazy: isLazy, role: PlacedImage.Role(reference.kind))
    image.writtenIn = reference.file
    image.hasCandidates = attributes["srcset"] != nil || !before.isEmpty
    var mask = TemplateMask()
    let set = SourceSet(
      sources: before.map { source in
        var source = source
        source.srcset = source.srcset.map { mask.mask($0) }
        return source
      }, src: mask.mask(reference.url), srcset: attributes["srcset"].map { mask.mask($0) },
      sizes: attributes["sizes"])
    if let bytes = reference.embeddedBytes {
      // It comes with the page, once for each place.
      let download = Download(
        file: "\(reference.writtenIn):\(reference.line):\(reference.column)", bytes: bytes,
        isInFirstView: true)
      for device in devices { image.downloads[device.name] = download }
    }
    for device in devices {
      let slot = slot(of: reference, in: post, container, on: device)
      let choice = set.choice(on: device, autoSlot: isLazy ? slot : nil)
      let url = choice.map { mask.written($0.url) }
      let chosen = url.flatMap { $0 == reference.url ? nil : file($0, reference, files) }
      guard let source = sources[chosen ?? reference.source ?? ""] else { continue }
      let says = choice?.narrowSlot(on: device)
      image.downloads[device.name] = Download(
        source, slot: says ?? slot, on: device, isInFirstView: !isLazy)
    }
    return image
  }

  /// The file of a candidate: as the scanner resolved it, or written in the same form as the image's own URL.
  private func file(_ url: String, _ reference: Reference, _ files: [String: String]) -> String? {
    let forms = [reference.link, reference.htmlLink, LinkForm(prefix: "/")].compactMap(\.self)
    return files[url] ?? forms.lazy.flatMap { $0.paths(of: url) }.first { sources[$0] != nil }
  }

  /// How wide an image is shown by its layout, in CSS pixels; nil where that is not known.
  private func slot(
    of reference: Reference, in post: Post, _ container: SlotContainer, on device: Screen
  ) -> Double? {
    guard let source = reference.source.flatMap({ sources[$0] }), source.width > 0 else { return nil }
    let fullWidth = reference.attributes["width"].flatMap(Double.init) ?? Double(source.width)
    if let measured = layouts.slot(of: reference, in: post) {
      return measured.width(own: fullWidth, viewport: Double(device.width))
    }
    let key = ThemeFit.slotKey(
      layout: post.layout ?? "", container: container.rawValue, attributes: reference.attributes)
    if let narrow = theme.slots[key]?[device.width] { return min(fullWidth, narrow) }
    if let column = theme.columns[post.layout ?? ""] {
      return min(fullWidth, column.width(at: Double(device.width)))
    }
    // What a note or a component asks for is what it gets, as far as the window goes.
    guard reference.kind == .templateTag, reference.attributes["width"] != nil else { return nil }
    return min(fullWidth, Double(device.width))
  }
}

extension PlacedImage.Role {
  fileprivate init(_ kind: Reference.Kind) {
    self =
      switch kind {
      case .frontMatter, .metaImage: .metadata
      case .videoPoster: .poster
      case .css: .background
      case .preload: .preload
      case .markdownInline, .markdownReference, .htmlImage, .htmlSource, .markup, .templateTag: .content
      }
  }
}
