import AssetModel
import Foundation
import PageScanner
import PostScanner
import SiteFiles
import SystemResources

/// A site with its image references.
struct ScannedSite {
  var manifest: AssetManifest
  /// Paths that were looked for beside the listing of the site.
  var dependencies: [String] = []
  /// Whether the same site gives the same at another time.
  var isCacheable = true
}

/// The scan stage: finds every image reference of the site. Scanner and oracle meet nowhere else.
enum ScanStage {
  static var stage: Stage<Void, ScannedSite> {
    Stage("scan") { _, context in
      context.progress(.scanning)
      return try scan(context)
    } outcome: {
      let manifest = $0.manifest
      return
        "\(manifest.site.kind.name), \(manifest.posts.count { !$0.isStylesheet }) \(manifest.site.kind.things), \(manifest.references.count.counted("image reference"))"
    }
  }

  private static func scan(_ context: StageContext) throws -> ScannedSite {
    let pipeline = context.pipeline
    let (root, site, configuration) = (pipeline.root, pipeline.site, pipeline.configuration)
    var options = pipeline.scanOptions(output: context.output)
    if configuration.kind == .html {
      if let built = try pages(context, excluded: options.excludedFolders, reason: "as --kind says") {
        return built
      }
      throw PipelineError.noSite(
        "there is no HTML file in it", file: site, advice: "name a built site's folder")
    }
    do {
      var result = try PostScanner(root: root, name: site, options: options, cache: pipeline.cache)
        .scan(cancellation: context.cancellation)
      if configuration.oracle == .generator {
        context.progress(.building(command: configuration.build?.joined(separator: " ")))
        let judged = OracleScan(
          root: root, configuration: configuration, jobs: pipeline.jobs, excluded: options.excludedFolders,
          cancellation: context.cancellation, text: pipeline.text)
        result = try judged.judge(result) { confirmed in
          options.confirmed = confirmed
          return try PostScanner(root: root, name: site, options: options, cache: pipeline.cache)
            .scan(cancellation: context.cancellation)
        }
      }
      var manifest = AssetManifest(
        site: result.site, posts: result.posts, references: result.references, problems: result.problems)
      manifest.leaveRepeatedPictures()
      return ScannedSite(
        manifest: manifest, dependencies: result.dependencies, isCacheable: result.isCacheable)
    } catch let error as ScanError {
      if case .unknownSite = error, let refusal = SourcesToBuild.refusal(of: root, named: site) {
        throw refusal
      }
      // Templates of sites below are no pages.
      if case .unknownSite(_, _, _?) = error { throw PipelineError.noSite(error.diagnostic) }
      // A site whose configuration cannot be read is that site still, and no tree of pages.
      if case .unknownSite = error,
        let built = try pages(context, excluded: options.excludedFolders, reason: "a tree of HTML files")
      {
        return built
      }
      throw PipelineError.noSite(error.diagnostic)
    } catch let error as FileError {
      throw PipelineError.fileSystem("\(error)")
    }
  }

  /// The site as a tree of HTML files; nil where there is none.
  private static func pages(
    _ context: StageContext, excluded: [String], reason: String
  ) throws -> ScannedSite? {
    let pipeline = context.pipeline
    var described = Site(kind: .html, reason: reason, root: pipeline.site)
    let skipped = Set(excluded).union([RecordFiles.workFolder])
    let listing = try PageScanner.listing(of: pipeline.root, excluding: skipped)
    if let address = PublishedAddress.find(in: pipeline.root, listing) {
      (described.url, described.baseurl) = (address.origin, address.path)
    }
    let scanner = pipeline.pageScanner(of: described, excluding: excluded)
    var result = try scanner.scan(listing, cancellation: context.cancellation)
    if pipeline.releasesFrameworks {
      for index in result.references.indices where result.references[index].isLeftToFramework {
        result.references[index].keptBecause = nil
      }
    }
    guard !result.posts.isEmpty else { return nil }
    var problems = result.problems
    if pipeline.configuration.oracle == .generator {
      problems.append(
        Diagnostic(
          .note, .notJudged, file: ".",
          message: "built pages are read as browsers read them, without the generator as oracle"))
    }
    return ScannedSite(
      manifest: AssetManifest(
        site: described, posts: result.posts, references: result.references, problems: problems),
      dependencies: result.dependencies.sorted())
  }
}

extension Pipeline {
  /// What reads the site as a tree of pages.
  func pageScanner(of site: Site, excluding excluded: [String]) -> PageScanner {
    var scanner = PageScanner(
      root: root, site: site, excluded: excluded + [RecordFiles.workFolder], jobs: jobs,
      isForWeight: isForWeight, cache: text == nil ? cache : nil, text: pageText)
    scanner.givenFiles = Set(sourcesOfFiles.keys)
    return scanner
  }

  /// Gives a page as its generator has it.
  var pageText: @Sendable (_ page: String, _ file: Data) -> Data {
    guard let text else { return { _, file in file } }
    return text.body
  }

  /// What a scan is to look for.
  ///
  /// - Parameter output: the folder of a staged copy, absolute, which is no part of the site.
  func scanOptions(output: String) -> ScanOptions {
    var options = ScanOptions()
    options.jobs = jobs
    options.kind = configuration.kind
    options.frontMatterFields = configuration.frontMatterFields
    options.furtherFields = configuration.imageOverrides.rules.compactMap(\.field)
    options.tags = configuration.tags
    options.variantFolder = configuration.folder
    options.text = text
    options.markdown = configuration.markdown
    if output.hasPrefix(root.path + "/") {
      options.excludedFolders = [String(output.dropFirst(root.path.count + 1))]
    }
    if let cacheInSite { options.excludedFolders.append(cacheInSite) }
    return options
  }
}
