import AssetModel
import Foundation
import PageScanner
import PostRewriter
import SiteFiles
import SystemResources

/// The pictures whose URLs in scripts, and in the pages that these render again, get another ending in what a build publishes:
/// what is loaded is then a file in a format of today, with as many pixels, which lies beside the picture under the same name
/// with its ending behind it. That name stays as it is while the picture's own does, for browsers keep scripts for long.
///
/// A picture is one of them where each mention of it in scripts shows it, has candidates beside it or is a link, where each
/// mention in pages is the same URL in their markup, and where no other file has a name that could have been made of its URL.
/// Whether the pages are the same then is proven by a browser, see ``ScriptProof``.
struct ScriptPictures {
  /// The pictures by the URL that scripts have.
  private(set) var paths: [String: String] = [:]
  /// The scripts that have them.
  private(set) var scripts: Set<String> = []
  /// What is added to a URL, once the files are there.
  private(set) var suffixes: [String: String] = [:]
  /// Files of earlier builds, which scripts may name that browsers keep.
  private(set) var kept: Set<String> = []
  /// The digests of pictures of which nothing else wants such a file.
  var alone: Set<String> = []
  /// What the site's texts say, for who asks next; nil where nobody has looked.
  private(set) var texts: BuiltTexts?

  init() {}

  /// - Parameter files: the site's files.
  /// - Throws: `Cancelled`
  init(_ files: [String], _ site: PlannedSite, _ context: StageContext) throws(Cancelled) {
    guard context.pipeline.changesScripts,
      [.avif, .webp].contains(site.configuration.plan.srcsetFormat)
    else { return }
    let texts = try BuiltTexts(files, of: context.pipeline, context.cancellation)
    self.texts = texts
    let sources = texts.elementSources
    guard sources.contains(where: { !$0.sources.urls.isEmpty }) else { return }
    let others = try sources.reduce(into: Self.unlisted(sources, context)) { $0.formUnion($1.sources.others) }
    let endings = sources.reduce(into: Set<String>()) { $0.formUnion($1.sources.endings) }
    let listed = sources.reduce(into: Set<String>()) { $0.formUnion($1.sources.listed) }
    var pictures = Self.pictures(site, Set(sources.flatMap(\.sources.urls)), listed).filter { _, path in
      !others.contains(FilenameMentions.word(of: path)) && !endings.contains(ElementSources.ending(of: path))
        && !texts.nameContent(of: path)
    }
    for (text, sources) in sources where texts.nameContent(ofScript: text) {
      for url in sources.urls { pictures[url] = nil }
    }
    let related = RelatedFiles(files)
    pictures = pictures.filter { !related.hasRelative(of: $0.value) }
    let words = Dictionary(grouping: pictures.keys) { FilenameMentions.word(of: $0) }
    for urls in words.values where urls.count > 1 { for url in urls { pictures[url] = nil } }
    guard !pictures.isEmpty else { return }
    let mentions = try Self.otherMentions(files, words.compactMapValues(\.first), context)
    paths = pictures.filter { !mentions.contains(FilenameMentions.word(of: $0.key)) }
    scripts = Set(sources.filter { !$0.sources.urls.isDisjoint(with: paths.keys) }.map(\.text))
  }

  /// The names of pictures whose URLs modules export for anything else than images with candidates.
  private static func unlisted(
    _ sources: [(text: String, sources: ElementSources)], _ context: StageContext
  ) throws(Cancelled) -> Set<String> {
    let shown = Set(sources.flatMap(\.sources.urls))
    var unlisted: Set<String> = []
    for (text, module) in sources {
      let exported = module.exported.filter { shown.contains($0.value) }
      guard !exported.isEmpty else { continue }
      let file = (text as NSString).lastPathComponent
      let uses = try Parallel.map(
        sources.map(\.text), jobs: context.pipeline.jobs, cancellation: context.cancellation
      ) { script -> [String: Set<ScriptConstants.Use>] in
        guard let script = try? FileAccess.read(context.pipeline.root.absolute(script)),
          script.firstRange(of: Data(file.utf8)) != nil
        else { return [:] }
        return ScriptConstants.uses(ofImportsFrom: file, in: [UInt8](script))
      }
      for (name, url) in exported {
        let known = uses.reduce(into: Set<ScriptConstants.Use>()) {
          $0.formUnion(($1[name] ?? []).union($1["*"] ?? []))
        }
        if known != [.listed] { unlisted.insert(FilenameMentions.word(of: url)) }
      }
    }
    return unlisted
  }

  /// The pictures that pages show by one of some URLs.
  ///
  /// - Parameter listed: those that scripts show with candidates too, as pages may then.
  private static func pictures(
    _ site: PlannedSite, _ urls: Set<String>, _ listed: Set<String>
  ) -> [String: String] {
    let references = site.manifest.references
    let shownOnPages = Set(
      references.lazy.filter { $0.kind == .htmlImage }.map { [$0.post, $0.source ?? ""] })
    let others = Set(
      references.filter { reference in
        if reference.imageOverride != nil { return true }
        if reference.kind == .preload {
          return reference.attributes["imagesrcset"] != nil || reference.attributes["type"] != nil
            || !shownOnPages.contains([reference.post, reference.source ?? ""])
        }
        return reference.hasCandidates
          && reference.source.map { !listed.contains(FilenameMentions.word(of: $0)) } ?? false
      }.compactMap(\.source))
    let configuration = site.configuration
    let lightened = Set(
      site.manifest.sources.filter { configuration.originals.wish(published: $0, configuration) != nil }
        .map(\.path))
    let shown = references.compactMap { reference -> (String, String)? in
      guard reference.kind == .htmlImage, reference.status == .local, urls.contains(reference.url),
        let path = reference.source, lightened.contains(path), !others.contains(path)
      else { return nil }
      return (reference.url, path)
    }
    return Dictionary(shown, uniquingKeysWith: { first, _ in first })
  }

  private static func otherMentions(
    _ files: [String], _ urls: [String: String], _ context: StageContext
  ) throws(Cancelled) -> Set<String> {
    let root = context.pipeline.root
    let found = try Parallel.map(
      files.filter(BuiltTexts.isPage), jobs: context.pipeline.jobs, cancellation: context.cancellation
    ) { page in
      (try? FileAccess.read(root.absolute(page))).map {
        PageMentions.otherMentions(in: [UInt8]($0), of: urls)
      } ?? Set(urls.keys)
    }
    return found.reduce(into: []) { $0.formUnion($1) }
  }

  // MARK: What becomes of them

  /// The stage that has their files planned.
  static func choice(_ survey: CopySurvey) -> Stage<PlannedSite, PlannedSite> {
    Stage("scripts") { site, context in
      var (site, plan) = (site, site.plan)
      var pictures = try ScriptPictures(survey.files, site, context)
      pictures.alone = site.planner.addSingles(of: Set(pictures.paths.values), site.manifest, to: &plan)
      (site.plan, site.scripts) = (plan, pictures)
      return site
    } outcome: {
      "\($0.scripts.paths.count) pictures that scripts show by their URLs"
    }
  }

  /// The stage that puts the files beside the pictures, where they are lighter than what is published there.
  static func publication(_ copy: StagedSite, _ survey: CopySurvey) -> Stage<RenderedSite, RenderedSite> {
    Stage("single files") { site, context in
      var (site, pictures) = (site, site.planned.scripts)
      try pictures.publish(&site, copy, Set(survey.files), context)
      try pictures.keepEarlier(site, copy, survey, context)
      site.planned.scripts = pictures
      return site
    } outcome: {
      "\($0.planned.scripts.suffixes.count) URLs of scripts"
    }
  }

  private mutating func publish(
    _ site: inout RenderedSite, _ copy: StagedSite, _ files: Set<String>, _ context: StageContext
  ) throws {
    let sources = Dictionary(
      site.manifest.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var singles = Dictionary(
      site.manifest.variants.filter { variant in
        guard let source = sources[variant.source] else { return false }
        return variant.purpose == .sameSize && variant.crop == nil && variant.width == source.width
          && variant.height == source.height
      }.map { (sources[$0.source]?.sha256 ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    singles = singles.filter { [.avif, .webp].contains($0.value.format) }
    for (url, path) in paths.sorted(by: { $0.key < $1.key }) {
      guard let source = sources[path], var variant = singles[source.sha256] else { continue }
      let published = site.originals?.files[path]?.bytes ?? source.bytes
      let suffix = "." + variant.format.fileExtension
      guard variant.bytes * 20 <= published * 19, !files.contains(path + suffix),
        let data = try? FileAccess.read(context.variants + "/" + variant.path)
      else { continue }
      try copy.add(data, at: path + suffix)
      (variant.path, variant.source) = (path + suffix, path)
      site.manifest.variants.append(variant)
      suffixes[url] = suffix
    }
    // Nothing else leads to these.
    let unneeded = Set(singles.filter { alone.contains($0.key) }.map(\.value.path))
    site.manifest.variants.removeAll { unneeded.contains($0.path) }
  }

  /// Has the files of earlier builds show what their pictures are now.
  private mutating func keepEarlier(
    _ site: RenderedSite, _ copy: StagedSite, _ survey: CopySurvey, _ context: StageContext
  ) throws {
    let files = Set(survey.files)
    let published = Set(site.manifest.variants.map(\.path))
    for path in survey.files {
      for suffix in [".webp", ".avif"] where survey.isManaged(path + suffix) {
        guard ImageFormat(fileName: path) != nil, !files.contains(path + suffix),
          !published.contains(path + suffix), FileStamp(of: context.variants + "/" + path + suffix) != nil
        else { continue }
        let lighter = site.originals?.files[path].flatMap { site.originals?.data($0.sha256) }
        let data = try lighter ?? FileAccess.read(context.pipeline.root.absolute(path))
        try copy.add(data, at: path + suffix)
        kept.insert(path + suffix)
      }
    }
  }

  /// A script with the URLs of lighter files; nil for one that stays as it is.
  func content(of path: String, in root: SiteRoot) throws(FileError) -> Data? {
    guard scripts.contains(path), !suffixes.isEmpty else { return nil }
    let (text, count) = ElementSources.adding(
      suffixes, to: [UInt8](try FileAccess.read(root.absolute(path))))
    return count > 0 ? Data(text) : nil
  }
}

extension Reference {
  /// Whether an image of a page has candidates of its generator's, or is one.
  fileprivate var hasCandidates: Bool {
    kind == .htmlSource || kind == .htmlImage && (attributes["srcset"] != nil || context.contains(.picture))
  }
}
