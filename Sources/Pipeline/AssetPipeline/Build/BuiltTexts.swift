import AssetCache
import AssetModel
import Foundation
import PageScanner
import SiteFiles
import SystemResources

/// What the pages, scripts and data of a built site say of its image files. A text that is as it was is not read again.
struct BuiltTexts {
  /// What one text says.
  private struct Findings: CompactRecord, Sendable {
    /// See ``DigestedNames``.
    var digested: Set<String> = []
    /// See ``ScriptURLs``.
    var urls: [String] = []
    /// Scripts whose content is named by a hash.
    var digestedScripts: Set<String> = []
    /// Of a script.
    var sources: ElementSources?

    static var blank: Findings { Findings() }

    mutating func exchange(with fields: CompactFields) throws {
      var names = (digested.sorted(), digestedScripts.sorted())
      try fields.exchange(&names.0, blank: "") { try fields.exchange(&$0) }
      try fields.exchange(&urls, blank: "") { try fields.exchange(&$0) }
      try fields.exchange(&names.1, blank: "") { try fields.exchange(&$0) }
      (digested, digestedScripts) = (Set(names.0), Set(names.1))
      try fields.exchange(derived: &sources)
    }
  }

  private var digested: Set<String> = []
  /// The first text that names an image file by a hash of its content.
  private(set) var digesting: String?
  private var urls: [(text: String, url: String)] = []
  private var digestedScripts: Set<String> = []
  /// What each script does with the URLs of images.
  private(set) var elementSources: [(text: String, sources: ElementSources)] = []

  private static let pages: Set<String> = ["html", "htm", "xhtml"]
  private static let scripts: Set<String> = ["js", "mjs", "cjs", "json"]
  private static let data: Set<String> = ["webmanifest"]
  /// What routers load in the place of a page, beside JSON.
  private static let payloads: Set<String> = ["txt", "rsc"]

  /// - Parameter files: the site's files.
  /// - Throws: `Cancelled`
  init(_ files: [String], of pipeline: Pipeline, _ cancellation: Cancellation) throws(Cancelled) {
    let read = Self.pages.union(Self.scripts).union(Self.data).union(Self.payloads)
    let texts = files.filter { read.contains(Self.ending(of: $0)) }
    let (root, cache, now) = (pipeline.root, pipeline.cache, FileStamp.now)
    let stamps = texts.map { FileStamp(of: root.absolute($0)) }
    let keys = zip(texts, stamps).map { path, stamp in
      stamp.map { cache.key("built text", root.absolute(path), "\($0.bytes) \($0.modified) \($0.identity)") }
    }
    var findingsByKey = cache.values(.facts, keys.compactMap(\.self)).compactMapValues {
      CompactDecoder.value(Findings.self, of: $0)
    }
    let open = texts.indices.filter { index in keys[index].map { findingsByKey[$0] == nil } ?? false }
    let findings = try Parallel.map(open, jobs: pipeline.jobs, cancellation: cancellation) { index in
      (try? FileAccess.read(root.absolute(texts[index]))).map { Self.findings(in: [UInt8]($0), texts[index]) }
        ?? Findings()
    }
    var learned: [String: Data] = [:]
    for (index, finding) in zip(open, findings) {
      guard let key = keys[index] else { continue }
      findingsByKey[key] = finding
      if stamps[index]?.isStable(at: now) == true { learned[key] = CompactEncoder.data(of: finding) }
    }
    cache.set(learned, in: .facts)
    for (text, key) in zip(texts, keys) {
      guard let finding = key.flatMap({ findingsByKey[$0] }) else { continue }
      if digesting == nil, !finding.digested.isEmpty { digesting = text }
      digested.formUnion(finding.digested)
      digestedScripts.formUnion(finding.digestedScripts)
      if let sources = finding.sources { elementSources.append((text, sources)) }
      urls += finding.urls.map { (text, $0) }
    }
  }

  private static func ending(of path: String) -> String { (path as NSString).pathExtension.lowercased() }

  private static func findings(in text: [UInt8], _ path: String) -> Findings {
    let (isPage, isScript) = (isPage(path), scripts.contains(ending(of: path)))
    return Findings(
      digested: DigestedNames.words(in: text, isPage: isPage),
      urls: isScript ? ScriptURLs.literals(in: text) : [],
      digestedScripts: DigestedNames.scripts(in: text, isPage: isPage),
      sources: isPage ? nil : sources(in: text, path))
  }

  /// What a text that is no page does with the URLs of images; nil where readers of feeds alone read it.
  private static func sources(in text: [UInt8], _ path: String) -> ElementSources? {
    if payloads.contains(ending(of: path)) {
      return text.prefix(8).contains(UInt8(ascii: ":")) ? ElementSources(ofPayload: text) : nil
    }
    if data.contains(ending(of: path)) { return ElementSources(ofPayload: text) }
    return FeedProof.isFeed(path) ? nil : ElementSources(in: text)
  }

  /// Whether a file is a page, by its name.
  static func isPage(_ path: String) -> Bool { pages.contains(ending(of: path)) }

  /// Whether the content of a script is named by a hash.
  func nameContent(ofScript path: String) -> Bool {
    digestedScripts.contains(FilenameMentions.word(of: path))
  }

  /// Whether the content of a file is named by a hash.
  func nameContent(of path: String) -> Bool {
    !digested.isEmpty && digested.contains(FilenameMentions.word(of: path))
  }

  /// How many strings of scripts are the URL of one of some image files, and in how many scripts.
  ///
  /// - Parameter replaced: URLs in the place of which scripts get others.
  func scriptURLs(of files: Set<String>, but replaced: Set<String>) -> (urls: Int, scripts: [String]) {
    let named = urls.filter { !replaced.contains($0.url) && ScriptURLs.file($0.url, among: files) != nil }
    return (named.count, Set(named.map(\.text)).sorted())
  }
}
