import AssetModel
import Foundation
import Testing
import TestSupport

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.jpg", "a.jpg", true), ("*.jpg", "deep/er/a.jpg", true), ("/*.jpg", "deep/a.jpg", false),
    ("assets/*.jpg", "assets/a.jpg", true), ("assets/*.jpg", "assets/x/a.jpg", false),
    ("assets/**", "assets/x/a.jpg", true), ("assets/**", "assets", false),
    ("assets/**/a.jpg", "assets/a.jpg", true),
    ("assets/**/a.jpg", "assets/x/y/a.jpg", true), ("**/x/*.jpg", "x/a.jpg", true),
    ("assets", "assets/a.jpg", true),
    ("banners", "assets/banners/a.jpg", true), ("assets/banners/", "assets/banners/a.jpg", true),
    ("a.jpg/", "a.jpg", false), ("_posts/2019*", "_posts/2019-01-02-a.md", true),
    ("_posts/*", "_posts/2019/a.md", true), ("a/[!b].png", "a/c.png", true), ("a/[!b].png", "a/b.png", false),
    ("a/사?.png", "a/사진.png", true), ("", "a", false), ("\\*.md", "*.md", true), ("\\*.md", "a.md", false),
  ])
  func meansWhatGitMeans(pattern: String, path: String, expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  /// Names and patterns of few letters, which meet often.
  @Test(.needsGit) func agreesWithGit() async throws {
    let git = try #require(Programs.git)
    let folder = try TemporaryFolder()
    try await Command.succeed(git, ["init", "-q", folder.path])
    var random = SplitMix(seed: 7)
    func pick(_ all: [String]) -> String { all[Int(random.next() % UInt64(all.count))] }
    let paths = (0..<60).map { _ in
      (0...Int(random.next() % 3)).map { _ in pick(["a", "b", "ab", "ba", "a.md", "b.jpg"]) }.joined(
        separator: "/")
    }
    try folder.write(Set(paths).sorted().joined(separator: "\n") + "\n", to: ".git/paths")
    for _ in 0..<120 {
      let names = (0...Int(random.next() % 3)).map { _ in
        pick(["a", "b", "*", "?", "**", "a*", "*b", "[ab]", "[!a]", "*.md", "a?", "**b"])
      }
      let pattern = pick(["", "", "/"]) + names.joined(separator: "/") + pick(["", "", "/"])
      try folder.write(pattern + "\n", to: ".git/info/exclude")
      let command = "\(git) check-ignore --no-index --stdin < .git/paths"
      let ignored = try await Command.run("/bin/sh", ["-c", command], in: folder.path)
      let expected = Set(ignored.text.split(separator: "\n").map(String.init))
      let ours = Set(paths.filter { PathPattern(pattern).matches($0) })
      #expect(ours == expected, "\(pattern)")
    }
  }
}
