import AssetModel
import Foundation
import PageScanner
import PostScanner
import SiteFiles
import SizeBudget
import SystemResources
import ThemeAnalysis
import VariantWorkers
import Web

extension Pipeline {
  /// Weighs a site: what each device downloads for each of its posts, or for each page where the site is built HTML.
  ///
  /// Of sources it is what the posts themselves place, by the candidates that they offer (a staged copy's, say); a layout's
  /// own images are known of built pages alone.
  ///
  /// - Parameters:
  ///   - recorded: files by path, in place of what is in the folder: of an earlier state only the sizes are known.
  ///   - finishesCache: whether what was found out is written when this ends; a run that goes on does that itself.
  ///   - cancellation: stops the work when it is raised.
  ///   - progress: called as the work goes on.
  /// - Throws: ``PipelineError``
  package func weigh(
    recorded: [String: Source] = [:], finishesCache: Bool = true, cancellation: Cancellation = Cancellation(),
    progress: @escaping @Sendable (PipelineProgress) -> Void = { _ in }
  ) throws -> SiteWeight {
    defer { if finishesCache { cache.finish() } }
    var manifest = try forWeight.inspected(cancellation, progress: progress).manifest
    manifest.problems += altProblems(of: manifest)
    manifest = manifest.sorted()
    // A missing file is a lint's to tell, so that it can be silenced.
    // A run can do without what it cannot read. What is weighed without it is not the site's weight.
    var problems = manifest.problems.filter {
      ($0.severity == .error || [.unreadable, .unreadFormat, .nothingFound].contains($0.rule))
        && $0.rule != .missingFile
    }.map(\.ofCheck)
    let listing = try listing()
    let sources = try publishedSources(manifest, listing, recorded: recorded, &problems, cancellation)

    var pagesOfFile: [String: Set<String>] = [:]
    for reference in manifest.references where reference.kind != .preload {
      if let file = reference.source { pagesOfFile[file, default: []].insert(reference.post) }
    }
    // What an earlier state's images should measure nobody asks, and reading its stylesheets takes time.
    let pages = try pages(of: manifest, sources, readsTheme: recorded.isEmpty, readsTags: true, cancellation)
    for page in pages {
      for image in page.images {
        for file in Set(image.downloads.values.map(\.file)) {
          pagesOfFile[file, default: []].insert(page.path)
        }
      }
    }
    let strangers = recorded.isEmpty ? sources.keys.filter { pagesOfFile[$0] == nil } : []
    let mentioned = try mentioned(strangers, listing, cancellation)
    let files = sources.values.map { source in
      PublishedImage(
        path: source.path, bytes: source.bytes, format: source.format,
        width: source.width > 0 ? source.width : nil, height: source.height > 0 ? source.height : nil,
        frames: source.frames, hasLocation: source.gps, digest: source.sha256,
        pages: (pagesOfFile[source.path] ?? []).sorted(),
        isMentioned: mentioned.contains(source.path) || !recorded.isEmpty)
    }
    return SiteWeight(
      devices: configuration.devices, pages: pages.sorted { $0.path < $1.path },
      files: files.sorted { $0.path < $1.path }, problems: problems)
  }

  /// The paths of the site's files, but for those in folders that no generator publishes from or reads.
  private func listing() throws -> [String] {
    let output = absoluteOutput(nil)
    return try PipelineError.whenStopped {
      try FileTree.files(below: root.path) { folder in
        let name = folder.split(separator: "/").last ?? ""
        return name.hasPrefix(".") || name == "node_modules" || root.path + "/" + folder == output
      }
    }.filter { $0.kind == .file }.map(\.path)
  }

  /// The image files that references lead to, and those that the generator publishes without one, by their paths.
  private func publishedSources(
    _ manifest: AssetManifest, _ listing: [String], recorded: [String: Source],
    _ problems: inout [Diagnostic],
    _ cancellation: Cancellation
  ) throws -> [String: Source] {
    var sources = Dictionary(
      manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let referenced = Set(manifest.references.compactMap(\.source))
    let further = listing.filter { path in
      ImageFormat(fileName: path) != nil && Self.isPublished(path) && !referenced.contains(path)
        && recorded[path] == nil
    }
    let inspector = InspectionCache(
      root: root, limits: configuration.sourceLimits, cache: cache, program: workerProgram)
    let inspections = try PipelineError.whenStopped {
      try inspector.inspect(further, written: writtenImages, jobs: jobs, cancellation: cancellation)
    }
    for inspection in inspections {
      if let source = inspection.source { sources[source.path] = source }
    }
    // No page shows these, so that one that cannot be opened spoils no answer; a pointer tells its file's size.
    for inspection in inspections where inspection.source == nil {
      for var problem in inspection.problems where problem.severity == .error {
        if let source = pointer(problem.file) {
          sources[source.path] = source
        } else {
          problem.severity = .warning
          problems.append(problem)
        }
      }
    }
    for (path, source) in recorded where referenced.contains(path) || Self.isPublished(path) {
      sources[path] = source
    }
    return sources
  }

  /// What a pointer of Git LFS stands for; nil for any other file.
  private func pointer(_ path: String) -> Source? {
    guard let data = try? FileAccess.read(root.absolute(path), atMost: 1_024) else { return nil }
    return GitBaseline.bytes(ofPointer: data).map {
      Source(
        path: path, sha256: ContentDigest.sha256(data), bytes: $0,
        format: ImageFormat(fileName: path) ?? .jpeg)
    }
  }

  /// Whether generators publish a file although nothing names it: none of the folders it is in begins with a dot or an
  /// underscore, or is npm's.
  private static func isPublished(_ path: String) -> Bool {
    path.split(separator: "/").dropLast().allSatisfy {
      !$0.hasPrefix(".") && !$0.hasPrefix("_") && $0 != "node_modules"
    }
  }

  /// Those of some images whose names stand in a text of the site: a layout's, a stylesheet's, a script's.
  private func mentioned(
    _ images: [String], _ listing: [String], _ cancellation: Cancellation
  ) throws -> Set<String> {
    guard !images.isEmpty, configuration.lints[.unreferenced] != nil else { return [] }
    let texts = listing.filter {
      FilenameMentions.textExtensions.contains(($0 as NSString).pathExtension.lowercased())
    }
    let words = try PipelineError.whenStopped {
      try Parallel.map(texts, jobs: jobs, cancellation: cancellation) { path in
        // What cannot be read mentions nothing.
        (try? FileAccess.read(root.absolute(path))).map { FilenameMentions.words(in: [UInt8]($0)) } ?? []
      }
    }.reduce(into: Set<String>()) { $0.formUnion($1) }
    return Set(images.filter { words.contains(FilenameMentions.word(of: $0)) })
  }

  /// The posts of sources, or the pages of a built site, with what each screen downloads for them.
  func pages(
    of manifest: AssetManifest, _ sources: [String: Source], readsTheme: Bool, readsTags: Bool,
    _ cancellation: Cancellation
  ) throws -> [PageWeight] {
    manifest.site.kind == .html
      ? try pageWeights(manifest, sources, cancellation)
      : postWeights(manifest, sources, readsTheme: readsTheme, readsTags: readsTags)
  }

  private func postWeights(
    _ manifest: AssetManifest, _ sources: [String: Source], readsTheme: Bool, readsTags: Bool
  ) -> [PageWeight] {
    let theme =
      readsTheme
      ? ThemeCache.fit(
        ThemeStyles(root: root, site: manifest.site), manifest, screens: configuration.devices, cache: cache)
      : ThemeFit()
    let placement = PostPlacement(
      devices: configuration.devices, sources: sources, layouts: configuration.layouts, theme: theme,
      hook: HookCandidates(root, of: manifest.site.kind))
    let references = Dictionary(grouping: manifest.references, by: \.post)
    return manifest.posts.map { post in
      let references = references[post.path] ?? []
      // What an image stands in decides among its candidates alone.
      let isRead = readsTags || references.contains { $0.attributes["srcset"] != nil }
      // What cannot be read has no tags, and its images stand in paragraphs.
      let data = isRead ? try? FileAccess.read(root.absolute(post.path)) : nil
      let text = data.map { [UInt8]($0) } ?? []
      return PageWeight(
        path: post.path, tags: readsTags ? PostTags.of(text) : [],
        images: placement.images(references, in: post, text: text))
    }
  }

  /// The pages of a built site; what is remembered of them is not weighed again.
  private func pageWeights(
    _ manifest: AssetManifest, _ sources: [String: Source], _ cancellation: Cancellation
  ) throws -> [PageWeight] {
    let pages = manifest.posts.filter { !$0.isStylesheet }
    let memory = WeightMemory(self, manifest.site, sources)
    let known = memory?.weights(of: pages) ?? [:]
    let others = pages.filter { known[$0.path] == nil }
    let weighed = try PipelineError.whenStopped {
      try pageWeights(of: others.map(\.path), manifest, sources, cancellation)
    }
    memory?.remember(known.keys, Array(zip(others, weighed)))
    let new = Dictionary(weighed.map { ($0.weight.path, $0.weight) }, uniquingKeysWith: { first, _ in first })
    return pages.compactMap { known[$0.path] ?? new[$0.path] }
  }

  private func pageWeights(
    of pages: [String], _ manifest: AssetManifest, _ sources: [String: Source], _ cancellation: Cancellation
  ) throws -> [(weight: PageWeight, paths: [String])] {
    guard !pages.isEmpty else { return [] }
    let devices = configuration.devices
    let downloads = PageDownloads(
      root: root, site: manifest.site, screens: devices, cache: text == nil ? cache : nil, text: pageText)
    let names = Set(pages)
    let metadata = Dictionary(
      grouping: manifest.references.filter {
        $0.kind == .metaImage && $0.field != Reference.linkedData && names.contains($0.post)
      }, by: \.post)
    let requests = try downloads.requests(of: pages, jobs: jobs, cancellation)
    return zip(pages, requests).map { page, answer in
      let weight = PageWeight(
        path: page,
        images: answer.requests.map { PlacedImage($0, devices, sources, root) }
          + (metadata[page] ?? []).map(PlacedImage.init(metadata:)))
      return (weight, answer.paths)
    }
  }
}

extension Download {
  /// A download of a file that was inspected.
  ///
  /// - Parameter slot: how wide it is shown, in CSS pixels; nil where nothing tells, which the window then bounds.
  init(_ source: Source, slot: Double?, on device: Screen, isInFirstView: Bool) {
    let pixels = source.format == .svg || source.width == 0 ? nil : source.width
    self.init(
      file: source.path, bytes: source.bytes, pixels: pixels,
      slot: slot ?? pixels.map { Double(min($0, device.width)) }, isInFirstView: isInFirstView)
  }
}

extension PlacedImage {
  /// An image that a built page asks for.
  fileprivate init(
    _ request: PageRequest, _ devices: [Screen], _ sources: [String: Source], _ root: SiteRoot
  ) {
    let isContent = request.role == .content
    self.init(
      line: request.line, column: request.column, url: request.url, file: request.file,
      isMissing: request.isMissing, alt: request.attributes["alt"],
      hasDimensions: isContent
        ? request.attributes["width"] != nil && request.attributes["height"] != nil : nil,
      isLazy: request.isLazy, role: Role(request.role))
    hasCandidates = request.hasCandidates
    for device in devices {
      guard let choice = request.choices[device.name] else { continue }
      if let source = sources[choice.file] {
        var download = Download(source, slot: choice.slot, on: device, isInFirstView: !request.isLazy)
        if !isContent { download.slot = nil }
        downloads[device.name] = download
      } else if let bytes = FileStamp(of: root.absolute(choice.file))?.bytes {
        downloads[device.name] = Download(file: choice.file, bytes: bytes, isInFirstView: !request.isLazy)
      }
    }
  }

  /// An image that the head of a page names for others.
  fileprivate init(metadata reference: Reference) {
    self.init(
      line: reference.line, column: reference.column, url: reference.url, file: reference.source,
      isMissing: reference.status == .missing, role: .metadata)
  }
}

extension PlacedImage.Role {
  fileprivate init(_ role: PageRequest.Role) {
    self =
      switch role {
      case .content: .content
      case .poster: .poster
      case .background: .background
      case .preload: .preload
      }
  }
}
