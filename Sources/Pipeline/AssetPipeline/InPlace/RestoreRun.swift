import AssetModel
import Foundation
import PostRewriter
import SiteFiles

/// Undoes what runs in place did: the posts first, then the variants that no post names any more, then the journal.
struct RestoreRun {
  private let files: InPlaceFiles
  /// The root as the user named it.
  private let name: String
  private let posts: Set<String>
  private let isWanted: (_ path: String) -> Bool
  private let isDry: Bool
  private var root: SiteRoot { files.root }

  /// - Parameters:
  ///   - name: the site's root as the user named it.
  ///   - posts: the files that a scan reads as posts, or as pages.
  ///   - isWanted: whether a post is asked for.
  init(
    _ files: InPlaceFiles, name: String, posts: Set<String>, isWanted: @escaping (_ path: String) -> Bool,
    isDry: Bool
  ) {
    self.files = files
    self.name = name
    self.posts = posts
    self.isWanted = isWanted
    self.isDry = isDry
  }

  func carryOut(_ journal: EditJournal) throws(FileError) -> Restoration {
    var journal = journal
    var account = Restoration(site: name, isDry: isDry)
    account.arePages = files.arePages
    account.problems += journal.settlement
    if !isDry {
      Leftovers.remove(from: root, folders: Set(journal.posts.map { FileAccess.folder(of: $0.path) }))
    }
    let gone = try journal.relocate(in: root, skip: files.skip, isPost: posts.contains)
    account.problems += gone.map {
      Diagnostic(.note, .authorEdit, file: $0, message: "is not there any more, so nothing is given back")
    }
    var rest: [EditJournal.Post] = []
    for post in journal.posts {
      guard isWanted(post.path) else {
        rest.append(post)
        continue
      }
      if let left = try restore(post, &account) { rest.append(left) }
    }
    journal.posts = rest
    account.remaining = rest.map(\.path)
    try removeVariants(&journal, &account)
    account.isComplete = journal.isEmpty
    account.problems.sort()
    guard !isDry else { return account }
    let path = root.absolute(RecordFiles.journal)
    if journal.isEmpty {
      var info = stat()
      if lstat(path, &info) == 0 { try DurableFile.remove(path) }
    } else if let json = try? journal.json(), (try? FileAccess.read(path)) != json {
      try DurableFile.write(json, to: path)
    }
    return account
  }

  /// Gives a post its author's text.
  ///
  /// - Returns: what of it could not be given back; nil where all was.
  private func restore(_ post: EditJournal.Post, _ account: inout Restoration) throws(FileError)
    -> EditJournal.Post?
  {
    let path = root.absolute(post.path)
    var info = stat()
    guard case .file = root.resolve(post.path), lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG
    else {
      account.problems.append(
        Diagnostic(
          .error, .outsideSite, file: post.path, message: "is no file of the site any more",
          advice: "put the \(files.things) back, then run again"))
      return post
    }
    let file: Data
    do throws(FileError) { file = try FileAccess.read(path) } catch {
      account.problems.append(
        Diagnostic(
          .error, .unreadable, file: post.path, message: "cannot be read: \(error.reason)",
          advice: "check its permissions, then run again"))
      return post
    }
    let author = AuthorText(file, post)
    if author.bytes != file {
      if !isDry { try DurableFile.write(author.bytes, to: path) }
      account.restored.append(post.path)
    }
    // Where nothing of a span is left there is nothing to give back: its author took the image away.
    let changed = author.lost.filter { $0.line != nil }
    account.problems += changed.map { lost in
      Diagnostic(
        .error, .authorEdit, file: post.path, line: lost.line,
        message: "cannot be given back: what was written here has been changed since",
        advice: "the original is: \(lost.span.old.isEmpty ? "no attributes of ours" : lost.span.old)")
    }
    guard !changed.isEmpty else { return nil }
    let text = EditJournal.Text(sha256: ContentDigest.sha256(author.bytes), spans: changed.map(\.span))
    return EditJournal.Post(path: post.path, text: text)
  }

  private func removeVariants(_ journal: inout EditJournal, _ account: inout Restoration) throws(FileError) {
    let removal = VariantRemoval(root: root, skip: files.skip)
    // Without the posts that would have been restored, a dry run can only go by those that remain.
    let named = Set(
      journal.posts.flatMap { post in
        (post.spans + (post.previous?.spans ?? [])).flatMap { VariantMark.all(in: Data($0.new.utf8)) }
      })
    let sorted = try removal.sort(journal.createdFiles, named: named, texts: isDry ? [] : nil)
    account.removed = sorted.removed
    account.problems += sorted.changed.map { path in
      Diagnostic(
        .warning, .variantChanged, file: path, message: "stays because it was changed since it was made",
        advice: "remove it by hand if nothing needs it")
    }
    if journal.posts.isEmpty {
      account.problems += sorted.needed.map { file in
        Diagnostic(
          .error, .authorEdit, file: file.path, message: "stays because a file of the site names it",
          advice: "take its name away there, then run again")
      }
    }
    let removed = Set(sorted.removed + sorted.changed)
    for index in journal.sources.indices {
      let before = journal.sources[index].variants.count
      journal.sources[index].variants.removeAll { record in
        removed.contains(record.variant.path) || !isThere(record.variant.path)
      }
      // Without all of its variants the job has to be done again.
      if journal.sources[index].variants.count < before { journal.sources[index].job = nil }
    }
    let isOver = journal.posts.isEmpty
    journal.sources.removeAll { source in
      source.variants.allSatisfy { $0.found == true } && (isOver || source.job == nil)
    }
    journal.others.removeAll { removed.contains($0.path) || !isThere($0.path) }
    if !isDry {
      journal.folders = try removal.remove(sorted.removed, folders: journal.folders)
    }
    if journal.posts.isEmpty, journal.createdFiles.isEmpty { journal.folders = [] }
  }

  private func isThere(_ path: String) -> Bool {
    var info = stat()
    return lstat(root.absolute(path), &info) == 0
  }
}
