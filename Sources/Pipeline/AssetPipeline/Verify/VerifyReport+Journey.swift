import Browser
import Web

extension VerifyReport {
  /// A reader's way through both builds.
  public struct Journey: Codable, Hashable, Sendable {
    /// The page that it began on.
    public var page: String
    /// `412x915@2.625`
    public var viewport: String
    /// Steps that were taken, the first load included.
    public var steps = 0
    /// Pictures that were compared after them.
    public var pictures = 0
    /// How many are not as before, by kind: wrong, broken, missing, moved.
    public var counts: [String: Int] = [:]
    /// The first of them.
    public var changes: [Change] = []
    /// What scripts complain of in the build after alone.
    public var errors: [String] = []
    /// Paths that the build after alone asks for in vain.
    public var notFound: [String] = []
    /// Bytes of all images that were downloaded on the way, each file once.
    public var bytesBefore = 0
    /// The same of the build after.
    public var bytesAfter = 0
    /// Why it could not be made.
    public var failure: String?

    /// Whether a reader sees the same.
    public var isSame: Bool {
      failure == nil && counts.isEmpty && errors.isEmpty && notFound.isEmpty
    }
  }
}

extension VerifyReport.Journey {
  /// How many changes are listed.
  private static let listed = 10

  init(_ outcome: ReaderJourney.Outcome, from page: String, at viewport: Screen) {
    self.init(page: page, viewport: viewport.description)
    (steps, pictures) = (outcome.steps, outcome.pictures)
    for kind in PictureChange.Kind.allCases where outcome.count(kind) > 0 {
      counts[kind.rawValue] = outcome.count(kind)
    }
    let all = outcome.changed.flatMap { step in step.changes.map { (step.action, $0) } }
    changes = all.prefix(Self.listed).map { action, change in
      VerifyReport.Change(
        kind: change.kind.rawValue, path: "\(action): \(change.path)", before: change.before,
        after: change.after)
    }
    (errors, notFound) = (outcome.errors, outcome.notFound)
    (bytesBefore, bytesAfter) = (outcome.bytesBefore, outcome.bytesAfter)
  }

  init(failure: String, from page: String, at viewport: Screen) {
    self.init(page: page, viewport: viewport.description)
    self.failure = failure
  }
}
