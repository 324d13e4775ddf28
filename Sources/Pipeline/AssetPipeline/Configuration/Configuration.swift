import AssetModel
import DataFormats
import Foundation
import PostScanner
import SiteFiles
import SizeBudget
import VariantPlanner
import Web

/// What the user chose: the content of `optimize-assets.yml`, or the defaults. `Config/optimize-assets.yml` lists
/// every key with its default.
public struct Configuration: Hashable, Sendable {
  /// The name of the file that is looked for in a site.
  public static let fileName = "optimize-assets.yml"

  /// Where the staged copy goes, relative to the site.
  public var output = "_optimized"
  /// How many images are worked on at once; nil for one a core.
  public var jobs: Int?
  /// The most memory that the process may use while images are made; nil for half of what it may have, at most 2 GiB.
  public var memoryLimit: ByteSize?
  /// The form of the new markup; nil chooses the one that keeps every rule of the site's stylesheets working.
  public var markup: MarkupForm?
  /// The `sizes` attributes of images; where none fits, one is derived that keeps each image's own width.
  public var sizes = SizesRules()
  /// What was measured of the site's pages.
  public var layouts = MeasuredLayouts()
  /// How much it matters that an HTML image has no `alt`; nil keeps quiet.
  public var missingAlt: Diagnostic.Severity? = .note
  /// How much it matters that an image's `alt` is empty, as that of a decoration should be; nil keeps quiet.
  public var emptyAlt: Diagnostic.Severity?
  /// How much each lint of `check` matters; one that is left out keeps quiet.
  package var lints = Diagnostic.Rule.usualLevels
  /// The limits that `check` holds the site against.
  package var budgets: [Budget] = []
  /// The screens that a check computes downloads for.
  package var devices = Screen.standard
  /// Front-matter keys that name images, dotted; nil for the scanner's own list.
  public var frontMatterFields: [String]?
  /// The kind of site; nil to recognize it.
  public var kind: Site.Kind?
  /// What is said of a folder of Markdown posts.
  package var markdown = MarkdownOptions()
  /// Tags that carry images, beside those that are known.
  package var tags: [TagPattern] = []
  /// The folder, relative to the site, that variants are written to; nil for the place from which the site's
  /// generator publishes files.
  public var folder: String?
  /// Images with more pixels than this are refused before they are decoded.
  public var maxPixels = 100_000_000
  /// Formats that are read although libvips calls its reader unfit for files of strangers: JPEG 2000, and JPEG XL where an
  /// older libvips is in use.
  public var reads: Set<ImageFormat> = []
  /// Who says which places of the posts are images. A site's own file cannot choose the generator: that runs the site's
  /// programs, which only the person at the command line may decide.
  public var oracle = Site.Oracle.builtIn
  /// The command that builds the site for the oracle, as words; nil for the generator's known one. `{source}` and
  /// `{destination}` stand for the folders.
  public var build: [String]?
  /// How long one build may take, in seconds.
  public var buildSeconds = 300
  /// Where what earlier runs made is kept.
  public var cache = CacheLocation.standard
  /// How long a variant that nothing needs any more stays in the output; nil removes it at once.
  public var keepStale: TimeSpan?
  /// How much time encoders take for fewer bytes, where a format has no effort of its own.
  public var effort = Effort.balanced {
    didSet { plan.apply(effort) }
  }
  /// What becomes of the position in an original that is published.
  public var privacy = Privacy.remove
  /// What is asked of pictures that are made lighter where they lie.
  package var originals = OriginalsSettings()
  /// What the planner goes by.
  package var plan = PlanOptions()
  /// Whether the width of front-matter images was chosen by the user.
  package var choosesFrontMatterWidth = false
  /// What is asked for by the image.
  package var imageOverrides = ImageOverrideRules()

  /// The defaults.
  public init() {}

  /// Reads a site's own configuration file, or the one named; without either, the defaults.
  ///
  /// - Throws: ``ConfigurationError``, or `FileError` when a file that was named cannot be read.
  public init(site: String, file: String?) throws {
    let path = file ?? site + "/" + Self.fileName
    if file == nil, access(path, F_OK) != 0 {
      self.init()
    } else if file == nil, let root = try? SiteRoot(site), root.resolve(Self.fileName) == .outside {
      throw ConfigurationError(
        file: path, message: "it is a symbolic link that leads out of the site, so it is not read",
        advice: "put the file into the site, or name it with --config")
    } else {
      try self.init(yaml: String(decoding: FileAccess.read(path), as: UTF8.self), file: path)
    }
  }

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - yaml: the file's text.
  ///   - file: the file's name, for errors.
  /// - Throws: ``ConfigurationError``
  public init(yaml: String, file: String) throws(ConfigurationError) {
    self.init()
    guard let node = try ConfigurationSection.compose(yaml, file: file), !node.isNull else { return }
    var top = try ConfigurationSection(node, file: file, .mapping(Settings.all))
    output = try top.folderInside("output") ?? output
    jobs = try top.integer("jobs") ?? jobs
    memoryLimit = try top.byteSize("memoryLimit") ?? memoryLimit
    try readSizes(&top)
    try layouts.read(&top)
    try readLints(&top)
    devices = try DevicesSection.read(&top) ?? devices
    budgets = try BudgetFile.budgets(&top, devices: devices) ?? budgets
    folder = try top.string("folder").map { $0.split(separator: "/").joined(separator: "/") }
    kind = try top.choice("kind") ?? kind
    try markdown.read(&top)
    for var tag in try top.sections("tags") ?? [] {
      let name = try tag.requiredString("name")
      tags.append(TagPattern(name: name, argument: try tag.string("argument")))
      try tag.finish()
    }
    maxPixels = try top.integer("maxPixels") ?? maxPixels
    frontMatterFields = try top.strings("frontMatterFields") ?? frontMatterFields
    build = try top.words("build", with: "{destination}") ?? build
    buildSeconds = try top.integer("buildSeconds") ?? buildSeconds
    cache = try top.cacheLocation("cache") ?? cache
    keepStale = try top.timeSpan("keepStale") ?? keepStale
    privacy = try top.choice("privacy") ?? privacy
    try originals.read(&top)
    try readPlan(&top)
    try imageOverrides.read(&top)
    if plan.frontMatter == .card { imageOverrides.standalone = .card }
    try top.finish()
    guard folder.map({ SiteRoot.normalize($0)?.isEmpty == false }) ?? true else {
      throw ConfigurationError(
        file: file, message: "folder must name a folder inside the site",
        advice: "for example assets/optimized")
    }
  }

  private mutating func readPlan(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    markup = try top.choice("markup", of: MarkupChoice.self)?.form ?? markup
    if let ladder = try top.choice("ladder", of: LadderKind.self) { plan.picksRungs = ladder == .auto }
    plan.placeholder = try top.choice("placeholder") ?? plan.placeholder
    plan.scores = try top.bool("scores") ?? plan.scores
    plan.sharpen = try top.bool("sharpen") ?? plan.sharpen
    plan.widths = try top.integers("widths").map { Set($0).sorted() } ?? plan.widths
    plan.srcsetFormat = try top.choice("srcsetFormat", of: SrcsetFormat.self)?.format ?? plan.srcsetFormat
    plan.frontMatter = try top.choice("frontMatter") ?? plan.frontMatter
    if let width = try top.integer("frontMatterWidth") {
      (plan.frontMatterWidth, choosesFrontMatterWidth) = (width, true)
    }
    try readQuality(&top)
    plan.color = try top.choice("color") ?? plan.color
    plan.metadata = try top.choice("metadata") ?? plan.metadata
    plan.keepsSourceWidth = try top.bool("ownWidth") ?? plan.keepsSourceWidth
    if let chosen: Effort = try top.choice("effort") {
      effort = chosen
      // An observer is not called before an initializer has ended.
      plan.apply(chosen)
    }
    guard var formats = try top.section("formats") else { return }
    reads = try formats.choices("read", among: Settings.readable).map { Set($0) } ?? reads
    if !formats.isMapping("avif"), let word = try formats.string("avif") {
      guard word == "none" else {
        throw formats.refusal(
          "avif", "cannot be '\(word)'", advice: "write none, or a mapping such as {effort: 3}")
      }
      plan.offersAVIF = false
    } else {
      try readEncoder(&formats, "avif", \.avif)
    }
    try readEncoder(&formats, "avifGraphic", \.avifGraphic)
    try readEncoder(&formats, "webp", \.webp)
    try readEncoder(&formats, "webpGraphic", \.webpGraphic)
    try readEncoder(&formats, "webpAnimation", \.webpAnimation)
    try readEncoder(&formats, "jpeg", \.jpeg)
    try readEncoder(&formats, "png", \.png)
    if formats.isMapping("jxl") {
      plan.jxl = EncodingSettings(format: .jxl, loss: .lossy, quality: 75, effort: 5)
    }
    try readEncoder(&formats, "jxl", \.jxl.orUnused)
    try formats.finish()
  }

  private mutating func readSizes(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    guard top.isSequence("sizes") else {
      if let text = try top.string("sizes") { sizes = SizesRules(text) }
      return
    }
    for var section in try top.sections("sizes") ?? [] {
      let rule = SizesRules.Rule(
        layout: try section.string("layout"), glob: try section.string("glob"),
        selector: try section.string("selector"), sizes: try section.requiredString("sizes"))
      if let selector = rule.selector, SizesRules.Rule.parts(of: selector) == nil {
        throw section.refusal(
          "selector", "cannot be '\(selector)'", advice: "name the image's own classes, for example img.wide")
      }
      try section.finish()
      sizes.rules.append(rule)
    }
  }

  private mutating func readLints(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    guard var lints = try top.section("lints") else { return }
    for lint in Diagnostic.Rule.lints {
      guard let level = try lints.choice(lint.rawValue, of: LintLevel.self) else { continue }
      self.lints[lint] = level.severity
      // A scan fails for images that cannot be processed alone, so what makes the check fail is a warning there.
      let inScan = level.severity == .error ? .warning : level.severity
      switch lint {
      case .missingAlt: missingAlt = inScan
      case .emptyAlt: emptyAlt = inScan
      default: break
      }
    }
    try lints.finish()
  }

  private mutating func readQuality(_ top: inout ConfigurationSection) throws(ConfigurationError) {
    switch try top.quality("quality") {
    case nil: break
    case .target(let target): plan.quality = target
    case .fixed(let quality):
      plan.quality = nil
      guard let quality else { break }
      for path in [\PlanOptions.avif, \.avifGraphic, \.webp, \.webpGraphic, \.jpeg] {
        plan[keyPath: path].quality = quality
      }
    }
  }

  /// Reads how a format is encoded. A quality that stands there counts, whatever score is asked for.
  private mutating func readEncoder(
    _ formats: inout ConfigurationSection, _ key: String,
    _ path: WritableKeyPath<PlanOptions, EncodingSettings>
  ) throws(ConfigurationError) {
    if !formats.isMapping(key), let word = try? formats.string(key) {
      let isAVIF = plan[keyPath: path].format == .avif
      throw formats.refusal(
        key, "cannot be '\(word)'",
        advice: isAVIF
          ? "write formats: {avif: none} to offer no AVIF, of graphics neither, or a mapping such as {effort: 3}"
          : "write a mapping such as {\(key == "png" ? "effort: 7" : "quality: 80")}; only avif can be none")
    }
    guard var section = try formats.section(key) else { return }
    let quality = try section.integer("quality")
    if let quality { plan[keyPath: path].quality = quality }
    if let chosen = try section.integer("effort") {
      if let encoder = PlanOptions.Encoder(rawValue: key) {
        plan.choose(chosen, for: encoder)
      } else {
        plan[keyPath: path].effort = chosen
      }
    }
    let losses: [EncodingSettings.Compression]? =
      switch plan[keyPath: path].format {
      case .png: [.lossy, .lossless, .smallest]
      case .webp: EncodingSettings.Compression.allCases
      default: nil
      }
    if plan[keyPath: path].format == .webp, let smart = try section.bool("smartSubsample") {
      // What a file would get anyway leaves no trace in its name.
      plan[keyPath: path].smartSubsample = smart == (path != \.webp) ? nil : smart
    }
    if let losses, let loss = try section.choice("loss", among: losses) {
      plan[keyPath: path].loss = loss
    }
    try section.finish()
    if quality != nil { plan.fixed.append(plan[keyPath: path]) }
  }
}

extension EncodingSettings? {
  /// The settings, or some that are thrown away.
  fileprivate var orUnused: EncodingSettings {
    get { self ?? EncodingSettings(format: .jxl, loss: .lossy) }
    set { if self != nil { self = newValue } }
  }
}

/// What may be asked for as markup.
enum MarkupChoice: String, CaseIterable {
  case auto, srcset, picture

  /// nil where the site's stylesheets decide.
  var form: MarkupForm? { MarkupForm(rawValue: rawValue) }
}

/// How good the lossy files are, in words.
enum QualityName: String, CaseIterable {
  case fixed, perceptual, high
  case visuallyLossless = "visually-lossless"
}

/// How much a lint matters.
enum LintLevel: String, CaseIterable {
  case error, warning, note, off

  var severity: Diagnostic.Severity? { Diagnostic.Severity(rawValue: rawValue) }
}

/// Where an image's widths come from.
enum LadderKind: String, CaseIterable {
  case fixed, auto
}

/// The formats that a `srcset` without `<picture>` may carry.
enum SrcsetFormat: String, CaseIterable {
  case avif, webp, fallback

  var format: ImageFormat {
    switch self {
    case .avif: .avif
    case .webp: .webp
    case .fallback: .jpeg
    }
  }
}
