import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SystemResources

/// What a run in place is going to do to the posts, or to the pages of a built site. Nothing is written here.
struct InPlacePosts: Sendable {
  /// A post that is to be replaced.
  struct Replacement: Sendable {
    var post: Post
    /// What the file holds now.
    var current: EditJournal.Text
    /// What it is to hold.
    var text: EditJournal.Text
    /// How many references are edited in it.
    var references: Int
    /// Whether the file is to hold its author's text again, whatever the rewriter would make of it.
    var givesBack = false
  }

  private let root: SiteRoot
  private let rewriter: PostRewriter
  private let references: [String: [Reference]]
  /// Images that cannot be used now, although they may have been once.
  private let failed: Set<String>
  private let isForced: Bool
  private let journal: [String: EditJournal.Post]
  /// Proves each page of a built site before it is written; nil for posts.
  private let proof: PageProof?

  /// The posts that are to be replaced, by path.
  private(set) var replacements: [Replacement] = []
  /// What the journal is to hold of posts that stay as they are.
  private(set) var unchanged: [EditJournal.Post] = []
  private(set) var problems: [Diagnostic] = []

  /// Plans each post in turn.
  ///
  /// - Parameters:
  ///   - manifest: the site, read as its author has it, with the variants that are made.
  ///   - isForced: whether files are replaced that are marked as read-only.
  ///   - journal: what earlier runs did.
  ///   - proof: proves each page of a built site; nil for posts.
  ///   - jobs: how many are planned at once.
  init(
    root: SiteRoot, manifest: AssetManifest, rewriter: PostRewriter, isForced: Bool, journal: EditJournal,
    proof: PageProof? = nil, jobs: Int = 1
  ) {
    self.proof = proof
    self.root = root
    self.rewriter = rewriter
    self.isForced = isForced
    references = Dictionary(grouping: manifest.references, by: \.post)
    failed = Set(manifest.problems.lazy.filter { $0.severity == .error }.map(\.file))
    self.journal = Dictionary(journal.posts.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let read = Set(manifest.posts.map(\.path))
    // A post that its generator leaves out now, as it does with drafts, is no page that could be wrong.
    unchanged = journal.posts.filter { !read.contains($0.path) }
    let touched = manifest.posts.filter { self.journal[$0.path] != nil || rewriter.touches($0) }
    let planner = self
    for plan in Parallel.map(touched, jobs: jobs, planner.plan) {
      problems += plan.problems
      if let post = plan.unchanged { unchanged.append(post) }
      if let replacement = plan.replacement { replacements.append(replacement) }
    }
  }

  /// What becomes of one post.
  private struct Plan {
    var replacement: Replacement?
    var unchanged: EditJournal.Post?
    var problems: [Diagnostic] = []
  }

  /// A post's new text, from what its file holds.
  struct Draft {
    var author: AuthorText
    var changes: [Change]
    var bytes: Data
    var references: Int
    var problems: [Diagnostic]
    /// Whether the file is not the one that was scanned.
    var isOutdated: Bool
  }

  /// Writes a post anew in memory.
  func draft(_ post: Post, file: Data) -> Draft {
    let author = journal[post.path].map { AuthorText(file, $0) } ?? AuthorText(file)
    let result = rewriter.rewrite(post, bytes: author.bytes)
    var changes = result.changes
    // Without its image a span that we wrote still shows the variants; the author's text would show nothing.
    changes += author.matches.filter { isGone($0, in: post.path, unless: changes) }
      .map { Change(range: $0.range, text: $0.span.new) }
    changes.sort { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    return Draft(
      author: author, changes: changes, bytes: Change.apply(changes, to: author.bytes) ?? author.bytes,
      references: result.edited, problems: result.problems,
      isOutdated: ContentDigest.sha256(author.bytes) != post.sha256)
  }

  /// Whether what a span was written for is not there any more.
  private func isGone(_ match: AuthorText.Match, in post: String, unless changes: [Change]) -> Bool {
    let range = match.range
    func touches(_ other: ByteRange) -> Bool {
      range.count == 0 ? other.start < range.start && range.start <= other.end : other.overlaps(range)
    }
    if changes.contains(where: { $0.range == range || $0.range.overlaps(range) }) { return false }
    return (references[post] ?? []).contains { reference in
      (touches(reference.range) || touches(reference.urlRange))
        && (reference.status == .missing || reference.source.map(failed.contains) == true)
    }
  }

  private func plan(_ post: Post) -> Plan {
    let path = root.absolute(post.path)
    let entry = journal[post.path]
    var plan = Plan(unchanged: entry)
    let file: Data
    do throws(FileError) { file = try FileAccess.read(path) } catch {
      plan.problems.append(.postLeft(post.path, error))
      return plan
    }
    let draft = draft(post, file: file)
    plan.problems += draft.problems
    guard !draft.isOutdated, isSound(draft, post, &plan.problems) else { return plan }
    plan.problems += problems(of: draft.author.lost, in: post.path)
    let text = EditJournal.Text(
      draft.changes.map { ($0.range, $0.text) }, author: draft.author.bytes, new: draft.bytes)
    guard draft.bytes != file else {
      if let entry, entry.previous == nil, Self.isSame(entry.spans, text.spans) { return plan }
      plan.unchanged = text.spans.isEmpty ? nil : EditJournal.Post(path: post.path, text: text)
      return plan
    }
    // ``ReadOnlyPosts`` has told of it.
    guard isForced || FileAccess.mode(of: path) & 0o200 != 0 else { return plan }
    plan.unchanged = nil
    let current = EditJournal.Text(
      draft.author.matches.map { ($0.range, $0.span.new) }, author: draft.author.bytes, new: file)
    if let fault = proof?.fault(
      PageProof.Pair(page: post.path, author: draft.author.bytes, written: draft.bytes))
    {
      plan.problems.append(.givenBack(post.path, fault))
      guard draft.author.bytes != file else { return plan }
      let author = EditJournal.Text([], author: draft.author.bytes, new: draft.author.bytes)
      plan.replacement = Replacement(
        post: post, current: current, text: author, references: 0, givesBack: true)
      return plan
    }
    plan.replacement = Replacement(
      post: post, current: current, text: text, references: draft.references)
    return plan
  }

  /// Every post must be a file of the site itself, and no edit may change how its lines end.
  private func isSound(_ draft: Draft, _ post: Post, _ problems: inout [Diagnostic]) -> Bool {
    var info = stat()
    guard case .file = root.resolve(post.path), lstat(root.absolute(post.path), &info) == 0,
      info.st_mode & S_IFMT == S_IFREG
    else {
      problems.append(
        Diagnostic(
          .error, .outsideSite, file: post.path, message: "left as it is: it is no file of the site any more",
          advice: "run again"))
      return false
    }
    // A page is proven by what it is read as.
    guard proof == nil, hasForeignBreak(draft) else { return true }
    problems.append(
      Diagnostic(
        .error, .postSkipped, file: post.path, message: "left as it is: an edit would break a line",
        advice: "write the URLs of its images on one line"))
    return false
  }

  /// Whether an edit has a line end of a kind that the post has not. One of its own kind is in tags that stand alone on
  /// their line, which go on in the next one to stay a paragraph.
  private func hasForeignBreak(_ draft: Draft) -> Bool {
    let author = LineEnds(draft.author.bytes)
    return draft.changes.contains { change in
      let new = LineEnds(Data(change.text.utf8))
      return new.hasReturns && !author.hasReturns || new.hasPlain && !author.hasPlain && author.hasReturns
    }
  }

  /// What is to be said of spans that are not there any more. A page of which nothing is left was built anew.
  private func problems(of lost: [AuthorText.Lost], in post: String) -> [Diagnostic] {
    lost.filter { proof == nil || $0.line != nil }.map { Self.problem(of: $0, in: post) }
  }

  /// Whether two lists of spans say the same, however their lines end. Strings that are only canonically equivalent are
  /// other bytes.
  private static func isSame(_ a: [EditJournal.Span], _ b: [EditJournal.Span]) -> Bool {
    func isSame(_ a: String, _ b: String) -> Bool {
      a.utf8.lazy.filter { $0 != 0x0D }.elementsEqual(b.utf8.lazy.filter { $0 != 0x0D })
    }
    return a.count == b.count && zip(a, b).allSatisfy { isSame($0.old, $1.old) && isSame($0.new, $1.new) }
  }

  static func problem(of lost: AuthorText.Lost, in post: String) -> Diagnostic {
    guard let line = lost.line else {
      return Diagnostic(
        .note, .authorEdit, file: post,
        message: "an image that was rewritten is not there any more: \(excerpt(lost.span.old))")
    }
    return Diagnostic(
      .warning, .authorEdit, file: post, line: line,
      message: "what was written here for an image has been changed since, and is kept as it is now",
      advice: lost.span.old.isEmpty
        ? "take the added attributes away to have the image rewritten again"
        : "write \(excerpt(lost.span.old)) again to have the image rewritten")
  }

  private static func excerpt(_ text: String) -> String {
    text.count > 80 ? text.prefix(80) + "…" : text.isEmpty ? "its added attributes" : text
  }
}

extension Diagnostic {
  /// A post or page that could be read at first, and cannot be any more.
  static func postLeft(_ path: String, _ error: FileError) -> Diagnostic {
    Diagnostic(
      .error, .unreadable, file: path, message: "left as it is: it cannot be read: \(error.reason)",
      advice: "check its permissions, then run again")
  }
}
