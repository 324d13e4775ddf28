import Foundation
import Machine
import Manifest
import PostScanner
import SiteFiles
import SizeBudget
import VariantWorkers

extension Pipeline {
  /// Weighs a site's sources: each image's own file is what every device downloads.
  ///
  /// - Parameter known: files by path, in place of what is in the folder: of an earlier state only the sizes are known.
  /// - Throws: ``PipelineError``
  package func weigh(
    known: [String: Source] = [:], cancellation: Cancellation = Cancellation(),
    progress: @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> SiteWeight {
    defer { cache.finish() }
    let manifest = try scan(cancellation: cancellation, progress: progress)
    let devices = Device.standard
    var sources = Dictionary(
      manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    // A missing file is a lint's to tell, so that it can be silenced.
    var problems = manifest.problems.filter { $0.severity == .error && $0.code != .missingFile }

    let output = absoluteOutput(nil)
    let further = try PipelineError.whenStopped {
      try FileTree.files(below: root.path) { folder in
        !Self.isPublished(folder + "/file")
          || root.path + "/" + folder == output
      }.filter {
        $0.kind == .file && ImageFormat(fileName: $0.path) != nil && sources[$0.path] == nil
          && known[$0.path] == nil
      }
    }
    let inspector = InspectionCache(
      root: root, limits: SourceLimits(maxPixels: configuration.maxPixels), cache: cache)
    let inspections = try PipelineError.whenStopped {
      try inspector.inspect(further.map(\.path), jobs: jobs, cancellation: cancellation)
    }
    for inspection in inspections {
      if let source = inspection.source { sources[source.path] = source }
      problems += inspection.problems.filter { $0.severity == .error }
    }

    let referenced = Set(manifest.references.compactMap(\.source))
    for (path, source) in known where referenced.contains(path) || Self.isPublished(path) {
      sources[path] = source
    }

    var pagesOfFile: [String: Set<String>] = [:]
    var images: [String: [PlacedImage]] = [:]
    for reference in manifest.references where reference.kind != .preload {
      if let file = reference.source { pagesOfFile[file, default: []].insert(reference.post) }
      images[reference.post, default: []].append(
        Self.placed(reference, sources: sources, devices: devices))
    }
    let pages = manifest.posts.map { post in
      let text = try? FileAccess.read(root.absolute(post.path))
      return PageWeight(
        path: post.path, tags: text.map { PostTags.of([UInt8]($0)) } ?? [], images: images[post.path] ?? [])
    }
    let files = sources.values.map { source in
      PublishedImage(
        path: source.path, bytes: source.bytes, format: source.format,
        width: source.width > 0 ? source.width : nil, height: source.height > 0 ? source.height : nil,
        frames: source.frames, hasLocation: source.gps, digest: source.sha256,
        pages: (pagesOfFile[source.path] ?? []).sorted())
    }
    return SiteWeight(
      devices: devices, pages: pages.sorted { $0.path < $1.path }, files: files.sorted { $0.path < $1.path },
      problems: problems)
  }

  /// Whether generators publish a file although nothing names it: none of the folders it is in begins with a dot or an
  /// underscore, or is npm's.
  private static func isPublished(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().allSatisfy {
      !$0.hasPrefix(".") && !$0.hasPrefix("_") && $0 != "node_modules"
    }
  }

  private static func placed(
    _ reference: Reference, sources: [String: Source], devices: [Device]
  ) -> PlacedImage {
    let isMetadata = [.frontMatter, .metaImage].contains(reference.kind)
    let isLazy = reference.attributes["loading"]?.lowercased() == "lazy"
    let isHTML = reference.kind == .htmlImage
    var placed = PlacedImage(
      line: reference.line, column: reference.column, url: reference.url, file: reference.source,
      isMissing: reference.status == .missing,
      // A Markdown image always gets the attribute, be it empty; a tag's template decides by itself.
      alt: isHTML || reference.kind == .templateTag ? reference.alt : reference.alt ?? "",
      hasDimensions: isHTML
        ? reference.attributes["width"] != nil && reference.attributes["height"] != nil : nil,
      isLazy: isLazy, isMetadata: isMetadata)
    if let source = reference.source.flatMap({ sources[$0] }) {
      let download = Download(
        file: source.path, bytes: source.bytes,
        pixels: source.format == .svg || source.width == 0 ? nil : source.width, isInFirstView: !isLazy)
      placed.downloads = Dictionary(
        devices.map { ($0.name, download) }, uniquingKeysWith: { first, _ in first })
    }
    return placed
  }
}
