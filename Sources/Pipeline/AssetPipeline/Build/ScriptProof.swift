import AssetModel
import Browser
import Foundation
import GeneratorOracle
import PostRewriter
import SiteFiles
import SystemResources
import Web

/// Proves that pages whose scripts show other files of their pictures are the same: a reader goes through them in a browser
/// beside the pages as they are, loads, follows links, goes back and presses buttons, and sees the same pictures in the same
/// places, without a new complaint of a script. Without a browser, or where something differs, scripts stay as they are.
struct ScriptProof {
  /// What came of it, for the next build.
  private struct Record: Codable {
    /// The site but for the texts of its posts, the packages, the program and its settings.
    var site: String?
    /// The program, its settings and the packages.
    var tools: String
    /// The manifest of the pages that were looked at.
    var manifest: String?
    /// Why scripts stay, for people.
    var closed: String?
    var steps = 0
    var pictures = 0
  }

  private let tools: SiteBuild.Tools
  private let build: SiteBuild
  private let program: String?
  private let toolsKey: String
  private var record: Record?

  /// Where reading begins, and how far it goes from each.
  private static let screens = [Screen.phone, .laptop]
  private static let steps = 8

  init(_ build: SiteBuild, _ tools: SiteBuild.Tools) {
    (self.build, self.tools) = (build, tools)
    program = build.options.isDryRun ? nil : try? ChromiumFinder.find()
    toolsKey = DoorRecord.toolsKey(tools.pipeline.root, build.configuration) ?? UUID().uuidString
    if let data = try? FileAccess.read(tools.store.scriptRecord),
      let record = try? JSONDecoder().decode(Record.self, from: data), record.tools == toolsKey
    {
      self.record = record
    }
  }

  /// Whether scripts may be changed.
  var isOpen: Bool { program != nil && record?.closed == nil }

  /// What a person is told.
  func note(of pages: Pipeline.Result) -> String? {
    if let record, let closed = record.closed {
      return "URLs of images in scripts stay: \(closed)"
    }
    if let record, isOpen, record.pictures > 0 {
      let pictures = record.pictures.counted("picture")
      return
        "scripts show \(pictures) by lighter files beside them, in scripts and pages: a browser saw the same on"
        + " \(record.steps.counted("step")) through the site"
    }
    let stay = pages.problems.contains { $0.rule == .referenceKept && $0.figures?["urls"] != nil }
    return program == nil && stay && !build.options.isDryRun
      ? "URLs of images in scripts stay, for no browser is here to prove that pages stay the same: install Chromium, or set"
        + " CHROME_PATH"
      : nil
  }

  // MARK: The proof

  /// Whether pages may be published as they are.
  ///
  /// - Throws: `Cancelled`, `FileError`
  mutating func holds(_ pages: Pipeline.Result) throws -> Bool {
    guard isOpen, let program else { return true }
    let stamp = FileStamp(of: tools.store.manifest).map { "\($0)" }
    if let record, stamp != nil, record.manifest == stamp { return true }
    let manifest = try pages.manifest
    let shown = Self.pictures(manifest)
    guard !shown.isEmpty else {
      keep(Record(tools: toolsKey, manifest: stamp))
      return true
    }
    let site = tools.siteKey(build.configuration)
    if let site, record?.site == site, record?.pictures == shown.count {
      record?.manifest = stamp
      write()
      return true
    }
    var next = Record(site: site, tools: toolsKey, manifest: stamp, pictures: shown.count)
    var isTransient = false
    do {
      let starts = Self.starts(manifest, shown)
      (next.steps, next.closed) = try walk(starts, manifest.site, program)
    } catch let error as ChromiumError {
      next.closed = "the browser that is to see that pages stay the same does not work (\(error))"
      isTransient = true
    }
    // A machine that was busy may do better next time.
    if isTransient { record = next } else { keep(next) }
    if next.closed != nil { withdraw(manifest) }
    return next.closed == nil
  }

  /// Removes the files that scripts are not to show after all, unless an earlier build has published them.
  private func withdraw(_ manifest: AssetManifest) {
    for variant in manifest.variants where variant.singleSuffix != nil {
      guard FileStamp(of: tools.destination + "/" + variant.path) == nil else { continue }
      unlink(tools.store.optimized + "/" + variant.path)
    }
  }

  /// The pictures beside which files lie that scripts show.
  private static func pictures(_ manifest: AssetManifest) -> Set<String> {
    Set(manifest.variants.filter { $0.singleSuffix != nil }.map(\.source))
  }

  /// The pages on which reading begins: one of many pictures, and one in the middle of the others.
  private static func starts(_ manifest: AssetManifest, _ pictures: Set<String>) -> [String] {
    let shown = manifest.references.filter {
      $0.kind == .htmlImage && $0.source.map(pictures.contains) ?? false
    }
    let counts = Dictionary(shown.map { ($0.post, 1) }, uniquingKeysWith: +)
    let pages = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    guard let first = pages.first else { return [] }
    return pages.count > 1 ? [first, pages[pages.count / 2]] : [first]
  }

  /// - Returns: how many steps were taken, and the first thing that differs.
  private func walk(
    _ starts: [String], _ site: Site, _ program: String
  ) throws -> (steps: Int, difference: String?) {
    let browser = try Browser(program: program, in: tools.store.folder)
    defer { browser.close() }
    if let reason = browser.unsandboxed { tools.progress(.unsandboxed(reason: reason)) }
    let servers = try Verifier.servers(of: [tools.store.pages, tools.store.optimized], site)
    defer { for server in servers { server.stop() } }
    let journey = ReaderJourney(browser: browser, before: servers[0], after: servers[1])
    var steps = 0
    for (start, screen) in zip(starts.count > 1 ? starts : starts + starts, Self.screens) {
      try tools.cancellation.check()
      let outcome = try journey.walk(from: start, steps: Self.steps, at: screen)
      steps += outcome.steps
      if let difference = outcome.firstDifference { return (steps, "\(difference) (from \(start))") }
    }
    return (steps, nil)
  }

  // MARK: What is kept

  private mutating func keep(_ next: Record) {
    record = next
    write()
  }

  /// Without the record the next build looks anew.
  private func write() {
    guard let record, let data = try? JSONEncoder().encode(record) else { return }
    try? FileAccess.write(data, to: tools.store.scriptRecord)
  }
}

extension ReaderJourney.Outcome {
  /// What a person is told of a journey on which something was not as before.
  fileprivate var firstDifference: String? {
    if let error = errors.first { return "a script complains, \(error.prefix(200).debugDescription)" }
    if let path = notFound.first { return "\(path) is asked for and not there" }
    guard let step = changed.first, let change = step.changes.first else { return nil }
    return "after \(step.action.debugDescription) \(change.path) is \(change.kind.rawValue)"
  }
}
