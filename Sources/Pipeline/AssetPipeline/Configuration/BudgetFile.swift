import AssetModel
import DataFormats
import Foundation
import SiteFiles
import SizeBudget
import Web

/// Reads budgets: the key `budgets:` of the configuration, a file of its own, or Lighthouse's `budget.json`.
package enum BudgetFile {
  /// Reads a file with budgets. JSON whose top is a list is Lighthouse's.
  ///
  /// - Parameter devices: those that a budget may name.
  /// - Throws: ``ConfigurationError``, or `FileError` when it cannot be read.
  private static func read(_ path: String, devices: [Screen]) throws -> [Budget] {
    try parse(String(decoding: FileAccess.read(path), as: UTF8.self), file: path, devices: devices)
  }

  /// The budgets of a file where one is named, and else the configuration's.
  ///
  /// - Throws: ``ConfigurationError``, or `FileError` when the file cannot be read.
  package static func read(_ path: String?, else configuration: Configuration) throws -> [Budget] {
    try path.map { try read($0, devices: configuration.devices) } ?? configuration.budgets
  }

  /// Reads the text of a file with budgets.
  ///
  /// - Parameter file: the name, for errors.
  /// - Throws: ``ConfigurationError``
  package static func parse(
    _ text: String, file: String, devices: [Screen] = Screen.standard
  ) throws(ConfigurationError) -> [Budget] {
    // JSON is YAML, so that errors of both name their line.
    guard let node = try ConfigurationSection.compose(text, file: file), !node.isNull else { return [] }
    if case .sequence(let items) = node {
      var budgets: [Budget] = []
      for item in items { budgets.append(try LighthouseBudget.budget(item, file: file)) }
      return budgets
    }
    var top = try ConfigurationSection(
      node, file: file, .mapping(Settings.all.filter { $0.key == "budgets" }))
    let budgets = try budgets(&top, devices: devices) ?? []
    try top.finish()
    return budgets
  }

  /// The budgets under the key `budgets`; nil where there is no such key.
  static func budgets(
    _ top: inout ConfigurationSection, devices: [Screen]
  ) throws(ConfigurationError) -> [Budget]? {
    guard let sections = try top.sections("budgets") else { return nil }
    var budgets: [Budget] = []
    for var section in sections {
      budgets.append(try budget(&section, devices))
      try section.finish()
    }
    return budgets
  }

  enum Level: String, CaseIterable {
    case error, warning

    var severity: Diagnostic.Severity { self == .error ? .error : .warning }
  }

  private static func budget(
    _ section: inout ConfigurationSection, _ devices: [Screen]
  ) throws(ConfigurationError) -> Budget {
    var budget = Budget(
      glob: try section.string("glob"), tag: try section.string("tag"),
      severity: try section.choice("severity", of: Level.self)?.severity ?? .error)
    if var image = try section.section("image") {
      budget.limits[.imageBytes] = try image.byteSize("bytes").map(BudgetLimit.init)
      budget.limits[.imagePixels] = try image.integer("pixels").map { BudgetLimit(Double($0)) }
      budget.limits[.imageDensity] = try image.number("bytesPerPixel").map { BudgetLimit($0) }
      try image.finish()
    }
    if var page = try section.section("page") {
      budget.pageTotals = try byDevice("total", &page, devices)
      budget.firstViews = try byDevice("firstView", &page, devices)
      budget.limits[.pageOriginals] = try page.byteSize("originals").map(BudgetLimit.init)
      budget.limits[.pageImages] = try page.integer("images").map { BudgetLimit(Double($0)) }
      try page.finish()
    }
    if var site = try section.section("site") {
      budget.limits[.siteTotal] = try site.byteSize("total").map(BudgetLimit.init)
      budget.limits[.siteGrowth] = try site.byteSize("growth").map(BudgetLimit.init)
      try site.finish()
    }
    if var formats = try section.section("formats") {
      for format in ImageFormat.allCases {
        budget.formats[format] = try formats.byteSize(format.rawValue).map(BudgetLimit.init)
      }
      try formats.finish()
    }
    return budget
  }

  /// One amount for every device, or one for each that is named.
  private static func byDevice(
    _ key: String, _ section: inout ConfigurationSection, _ screens: [Screen]
  ) throws(ConfigurationError) -> [String: BudgetLimit] {
    guard section.isMapping(key), var devices = try section.section(key) else {
      return try section.byteSize(key).map { ["*": BudgetLimit($0)] } ?? [:]
    }
    var limits: [String: BudgetLimit] = [:]
    // What there is besides is refused with the names that there are.
    for device in screens {
      limits[device.name] = try devices.byteSize(device.name).map(BudgetLimit.init)
    }
    try devices.finish()
    return limits
  }
}

/// Lighthouse's `budget.json`, of which the limits of images are read: `resourceSizes` in KiB and `resourceCounts`.
/// Source: https://github.com/GoogleChrome/lighthouse/blob/v11.0.0/docs/performance-budgets.md
enum LighthouseBudget {
  /// The kinds of resource in a budget file.
  private enum Resource: String, CaseIterable {
    case total, document, script, stylesheet, image, media, font, other
    case thirdParty = "third-party"
  }

  private static let settings: [Setting] = {
    let budget = Setting("budget", .number(0...1_000_000_000), "The limit.")
    let resource = Setting("resourceType", .choice(Resource.allCases), "What it counts.")
    return [
      Setting("path", .text, "The pages."),
      Setting("resourceSizes", .list(.mapping([resource, budget])), "KiB."),
      Setting("resourceCounts", .list(.mapping([resource, budget])), "Numbers."),
      Setting("timings", .list(.mapping([Setting("metric", .text, "A time."), budget])), "Milliseconds."),
      Setting("options", .named(.text), "Hosts."),
    ]
  }()

  static func budget(_ node: Node, file: String) throws(ConfigurationError) -> Budget {
    var section = try ConfigurationSection(node, file: file, .mapping(settings))
    var budget = Budget()
    budget.shellPattern = try section.string("path").flatMap(shellPattern)
    for var size in try section.sections("resourceSizes") ?? [] {
      let resource = try size.choice("resourceType", of: Resource.self)
      let kibibytes = try size.number("budget") ?? 0
      // A total of all resources is no limit of images alone, but a page whose images pass it is over in any case.
      if resource == .image || resource == .total {
        budget.pageTotals["*"] = BudgetLimit(
          min(budget.pageTotals["*"]?.value ?? .infinity, kibibytes * 1_024))
      }
      try size.finish()
    }
    for var count in try section.sections("resourceCounts") ?? [] {
      let resource = try count.choice("resourceType", of: Resource.self)
      let number = try count.number("budget") ?? 0
      if resource == .image || resource == .total {
        budget.limits[.pageImages] = BudgetLimit(min(budget.limits[.pageImages]?.value ?? .infinity, number))
      }
      try count.finish()
    }
    // What speaks of times and of hosts has nothing to do with images.
    for var timing in try section.sections("timings") ?? [] {
      _ = try (timing.string("metric"), timing.number("budget"))
    }
    _ = try section.section("options")
    try section.finish()
    return budget
  }

  /// A path in the syntax of robots.txt: a beginning, with `*` for anything and `$` for the end; nil for every page.
  private static func shellPattern(_ path: String) -> String? {
    var pattern = path.hasPrefix("/") ? String(path.dropFirst()) : path
    if pattern.isEmpty { return nil }
    if pattern.hasSuffix("$") { pattern.removeLast() } else { pattern += "*" }
    // The brackets that `Glob` knows are ordinary characters here.
    return pattern.reduce(into: "") { text, character in
      if "[]?\\".contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
