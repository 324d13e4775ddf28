import AssetModel

/// What `Pipeline.restore` did, or would do.
public struct Restoration: Codable, Hashable, Sendable {
  /// The site's root folder, as the user named it.
  public var site: String
  /// Whether the site is built, so that it is pages that are given back.
  public var arePages = false
  /// Posts that have their author's text again.
  public var restored: [String] = []
  /// Pictures that have the bytes of their originals again.
  public var originals: [String] = []
  /// Variants that were removed.
  public var removed: [String] = []
  /// Posts that still hold what runs wrote: those that were not asked for, and those whose author changed it.
  public var remaining: [String] = []
  /// Whether the journal is gone because there is nothing left to undo.
  public var isComplete = false
  /// Whether nothing was written.
  public var isDry: Bool
  /// What could not be given back, and why; what is left and deserves a look.
  public var problems: [Diagnostic] = []

  /// Makes an empty account.
  public init(site: String, isDry: Bool) {
    self.site = site
    self.isDry = isDry
  }
}
