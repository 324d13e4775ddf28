import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SizeBudget

extension SiteBuild {
  /// What a page makes each screen download.
  public struct Page: Codable, Hashable, Sendable {
    /// The page, relative to the folder of the pages.
    public var path: String
    /// The bytes of its images, by the screen's name.
    public var downloads: Downloads
  }

  /// What the pages of a build weigh: the figures that `check` gives of them.
  public struct Figures: Codable, Hashable, Sendable {
    /// The heaviest pages, at most five, the heaviest first.
    public var heaviest: [Page] = []
    /// What budgets and lints say of the pages, worst first, as `check` has it.
    public var findings: [Diagnostic] = []
    /// Whether some file could not be read, so that the figures are not the whole.
    public var isIncomplete = false

    /// What budgets say, worst first.
    public var passedBudgets: [Diagnostic] { findings.filter { $0.rule.rawValue.hasPrefix("budget-") } }
    /// Whether a budget is passed, or a lint that counts as an error speaks.
    public var isOver: Bool { findings.contains { $0.severity == .error } }

    /// Figures of nothing.
    public init() {}

    init(_ weight: SiteWeight, _ configuration: Configuration) {
      let result = CheckResult(weight, budgets: configuration.budgets, levels: configuration.lints)
      (findings, isIncomplete) = (result.findings, result.isIncomplete)
      heaviest = weight.pages.map { page in
        let totals = weight.devices.map { ($0.name, page.total(on: $0.name)) }
        return Page(path: page.path, downloads: Dictionary(totals, uniquingKeysWith: { first, _ in first }))
      }
      .sorted { ($1.most, $0.path) < ($0.most, $1.path) }
      .prefix { $0.most > 0 }.prefix(Self.listed).map(\.self)
    }

    private static let listed = 5
  }
}

extension SiteBuild.Page {
  /// The bytes that the screen downloads that downloads most.
  fileprivate var most: Int { downloads.values.max() ?? 0 }
}

/// The figures of a site's last build, for the next one in which nothing has changed.
struct FiguresRecord: Codable {
  private var key: String
  private var figures: SiteBuild.Figures

  /// The figures of a build that has just been made; of one in which nothing changed those of the build before.
  ///
  /// - Parameters:
  ///   - pages: what was made of the pages, in the store's folder for them.
  ///   - pipeline: the one that made it.
  ///   - weigh: weighs the folder with the finished pages.
  /// - Throws: ``PipelineError``
  static func figures(
    of pages: Pipeline.Result, _ store: BuildStore, _ configuration: Configuration,
    weigh: () throws -> SiteWeight
  ) throws -> SiteBuild.Figures {
    let key = FileStamp(of: store.manifest).flatMap { stamp in
      StableText.of(configuration).map { "\(stamp.identity) \(stamp.modified)\n\($0)" }
    }
    if pages.isUnchanged, let key, let data = try? FileAccess.read(store.figures),
      let record = try? JSONDecoder().decode(Self.self, from: data), record.key == key
    {
      return record.figures
    }
    // A run leaves out what takes a look at every text of the site, which nobody asks where it is a note.
    let isWhole = configuration.lints[.unreferenced].map { $0 == .note } ?? true
    let weight = try isWhole ? pages.weight ?? weigh() : weigh()
    let figures = SiteBuild.Figures(weight, configuration)
    if let key, let data = try? JSONEncoder().encode(Self(key: key, figures: figures)) {
      // Without the record the next build weighs again.
      try? FileAccess.write(data, to: store.figures)
    }
    return figures
  }
}
