import AssetModel

/// What is asked of a run that makes pictures lighter where they lie.
public struct ShrinkOptions: Hashable, Sendable {
  /// Files and folders, relative to the working folder or absolute; none for all of the repository or site.
  public var paths: [String] = []
  /// The most pixels of a picture's longer side; nil to keep sizes.
  public var longestSide: Int?
  /// What part of a file has to be won, 0 to 1, and how many bytes, or the file stays.
  public var leastShare = 0.05
  /// See ``leastShare``.
  public var leastBytes = 2_000
  /// Whether nothing is to be written.
  public var isDry = false
  /// A commit, branch or tag: only pictures that differ from those in it are looked at.
  public var changedSince: String?
  /// Whether a result that this machine remembers, and the ledger does not, is left out of the ledger: before a commit the
  /// ledger may be put aside with what is not staged.
  public var isHook = false

  /// The defaults.
  public init() {}
}

/// What a run that makes pictures lighter where they lie did, or would do.
public struct ShrinkAccount: Codable, Hashable, Sendable {
  /// A picture that became lighter, or could become so.
  public struct Picture: Codable, Hashable, Sendable {
    /// Its path below the root.
    public var path: String
    /// The format, which stays.
    public var format: ImageFormat
    /// Its bytes before, and those of the new file.
    public var before: Int
    /// See ``before``.
    public var after: Int
    /// The SSIMULACRA2 score of the new file; 100 where every pixel is kept.
    public var score: Double
    /// The encoder's quality; nil where every pixel is kept.
    public var quality: Int?
    /// Width and height in pixels where they changed.
    public var size: [Int]?
    /// Whether its original was given back, because that is what is asked for now.
    public var isOriginal = false
  }

  /// Files that were not looked at.
  public struct LeftOut: Codable, Hashable, Sendable {
    /// Why.
    public var reason: String
    /// How many files, or folders.
    public var count: Int
    /// The first of them.
    public var first: String
  }

  /// The folder that paths are relative to.
  public var root: String
  /// Pictures that were looked at.
  public var pictures = 0
  /// Those of them that an earlier run had made lighter.
  public var known = 0
  /// What became lighter, or could become so.
  public var lighter: [Picture] = []
  /// What was not looked at.
  public var leftOut: [LeftOut] = []
  /// What a person should know.
  public var problems: [Diagnostic] = []
  /// Whether nothing was written.
  public var isDry: Bool
  /// How long it took.
  public var seconds = 0.0

  /// Makes an empty account.
  public init(root: String, isDry: Bool) {
    self.root = root
    self.isDry = isDry
  }

  /// The bytes of what became lighter, before.
  public var before: Int { lighter.reduce(0) { $0 + $1.before } }
  /// The same after.
  public var after: Int { lighter.reduce(0) { $0 + $1.after } }
}

extension [Diagnostic] {
  /// Notes that say the same of several files as one each, which names the first.
  var gatheredByMessage: [Diagnostic] {
    var gathered: [Diagnostic] = []
    var positions: [String: Int] = [:]
    var counts: [Int] = []
    for problem in self {
      guard problem.severity == .note else {
        gathered.append(problem)
        counts.append(1)
        continue
      }
      if let position = positions[problem.message] {
        counts[position] += 1
      } else {
        positions[problem.message] = gathered.count
        gathered.append(problem)
        counts.append(1)
      }
    }
    for (position, count) in counts.enumerated() where count > 1 {
      gathered[position].message += "; and so \(count == 2 ? "is 1 more" : "are \(count - 1) more")"
    }
    return gathered
  }
}
