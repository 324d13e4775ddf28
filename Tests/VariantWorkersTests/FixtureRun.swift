import AssetModel
import Foundation
import SiteFiles
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// What became of a fixture.
struct FixtureOutcome: Sendable {
  /// Nil where the file is not on this disk.
  var treatment: FixtureTreatment?
  /// What should not be.
  var findings: [String] = []
}

/// One fixture on its way through the pipeline.
struct FixtureRun {
  var fixture: PictureFixture
  var root: SiteRoot
  var output: String

  func outcome() -> FixtureOutcome {
    guard case .file(let path) = root.resolve(fixture.file) else { return FixtureOutcome() }
    let limits = SourceLimits(reads: [.jp2, .jxl])
    let inspection = SourceInspector(root: root, limits: limits).inspect(path)
    var outcome = FixtureOutcome(treatment: .rejected)
    guard let source = inspection.source else {
      outcome.findings = errorFindings(inspection.problems, path)
      return outcome
    }
    if fixture.category == "bomb-dimensions" { outcome.findings.append("not refused from its header") }
    let plan = VariantPlanner(options: options).plan(manifest(source))
    guard let job = plan.jobs.first else {
      outcome.treatment = .passedThrough
      if plan.problems.map(\.rule) != [.passedThrough] { outcome.findings.append("left without a note") }
      outcome.findings += svgFindings(source, inspection.problems)
      return outcome
    }
    let pool = RenderPool(root: root, output: output, jobs: 1)
    let rendered = pool.render([withJPEG(job)])
    guard let result = rendered.outcomes.first else {
      outcome.findings.append("no outcome")
      return outcome
    }
    let problems = inspection.problems + result.problems
    if problems.contains(where: { $0.severity == .error }) {
      outcome.findings += errorFindings(problems, path)
      return outcome
    }
    outcome.treatment = problems.contains { $0.rule == .damaged } ? .salvaged : .processed
    outcome.findings += warningFindings(source, problems)
    do {
      let check = FixtureCheck(fixture: fixture, source: source, root: root, output: output)
      outcome.findings += try check.findings(result, isWhole: outcome.treatment == .processed)
    } catch {
      outcome.findings.append("\(error)")
    }
    return outcome
  }

  private var options: PlanOptions {
    var options = PlanOptions()
    options.widths = [64, 320]
    return options
  }

  /// Each rung as JPEG too, which every browser reads.
  private func withJPEG(_ job: RenderJob) -> RenderJob {
    var job = job
    guard job.source.content != .animation else { return job }
    for index in job.renditions.indices where job.renditions[index].purpose == .responsive {
      job.renditions[index].photograph.append(options.jpeg)
      job.renditions[index].graphic.append(options.jpeg)
    }
    return job
  }

  private func manifest(_ source: Source) -> AssetManifest {
    let reference = Reference(
      post: "p.md", kind: .markdownInline, range: ByteRange(0, 1), urlRange: ByteRange(0, 1), line: 1,
      column: 1,
      url: source.path, status: .local, source: source.path)
    return AssetManifest(
      site: Site(kind: .jekyll, reason: "", root: "."),
      posts: [Post(path: "p.md", dialect: .kramdown, allowsHTML: true, url: "/p.html", bytes: 1, sha256: "")],
      references: [reference], sources: [source])
  }

  /// An error names the file and says something.
  private func errorFindings(_ problems: [Diagnostic], _ path: String) -> [String] {
    let isNamed = problems.contains { $0.severity == .error && $0.file == path && $0.message.count > 10 }
    return isNamed ? [] : ["no error that names the file"]
  }

  private func warningFindings(_ source: Source, _ problems: [Diagnostic]) -> [String] {
    let codes = Set(problems.filter { $0.severity == .warning }.map(\.rule))
    var findings: [String] = []
    if fixture.category == "wrong-extension", !codes.contains(.extensionMismatch) {
      findings.append("no warning about its extension")
    }
    if codes.contains(.notShown) == source.format.isShownByBrowsers {
      findings.append("a wrong word about whether browsers show \(source.format)")
    }
    return findings
  }

  /// Fixtures whose size librsvg draws otherwise than the text says, or cannot read.
  private static let sizes: [String: [Int]] = [
    // It takes the drawing's own bounds for what has no size that it knows.
    "imagesize__viewbox-lowercase.svg": [123, 456],
    "imagesize__viewbox-width-height-brackets.svg": [123, 456],
    // Its inch has 90 pixels and not CSS's 96.
    "imagesize__units-inches.svg": [123, 456], "synth__svg-bom-crlf.svg": [38, 76],
    "synth__svg-billion-laughs.svg": [100, 50], "synth__svg-huge-dims.svg": [999_999_999, 999_999_999],
    // Gzipped: not unpacked. Malformed, or with one side alone: unknown.
    "libvips__logo.svgz": [0, 0], "synth__svgz-named.svg": [0, 0], "imagesize__malformed.svg": [0, 0],
    "imagesize__width.svg": [0, 0],
  ]

  private func svgFindings(_ source: Source, _ problems: [Diagnostic]) -> [String] {
    guard source.format == .svg else { return [] }
    let name = String(fixture.file.split(separator: "/").last ?? "")
    let drawn = fixture.content.prefix { $0 != " " }.split(separator: "x").compactMap { Int($0) }
    let expected = Self.sizes[name] ?? drawn
    var findings: [String] = []
    if [source.width, source.height] != expected {
      findings.append("its size is read as \(source.width)x\(source.height), not \(expected)")
    }
    let said = problems.filter { $0.rule == .svgContent && $0.line != nil }.map(\.message).joined()
    let hints = [
      "synth__svg-script.svg": "<script>", "resvg__recursive-1.svg": "image-033.svg",
      "resvg__external-CSS.svg": "green.css", "imagesize__viewbox-width-height-brackets.svg": "onclick",
    ]
    if let hint = hints[name] {
      if !said.contains(hint) { findings.append("no warning about \(hint)") }
    } else if !said.isEmpty {
      findings.append("warned for nothing: \(said)")
    }
    return findings
  }
}
