import Foundation
import SiteFiles
import TestSupport
import Testing

extension IntegrationTests {
  /// What a run says: the same the second time, each thing once, and one of a thing in the singular.
  @Suite struct SaidOnceTests {
    private static let post = "---\ntitle: A\n---\n\n![a](/img/a.png)\n"

    private static func site(_ files: [String: String], picture: String) throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      for (path, text) in files { try folder.write(text, to: "site/" + path) }
      try folder.write(DrawnSite.picture(900, 600, grain: 3).png(), to: "site/" + picture)
      return folder
    }

    /// One image gains variants, and two stay.
    @Test func aSecondRunNamesWhatStays() async throws {
      let folder = try Self.site(
        [
          "_config.yml": "",
          "_posts/2024-01-01-a.md":
            "---\n---\n![a](/img/a.png)\n\n<picture><img src=\"/img/a.png\"></picture>\n",
          "_posts/2024-01-02-b.md": "---\n---\n![a]({{ page.some }})\n",
        ], picture: "img/a.png")
      let runs = try await [
        Product.run([folder("site"), "--output", folder("out")]),
        Product.run([folder("site"), "--output", folder("out")]),
      ]
      func last(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter {
          $0.hasPrefix("Left ") || $0.hasPrefix("Not known") || $0.hasPrefix("The built pages")
        }
      }
      #expect(last(runs[0].text).count > 1, "\(runs[0].text)")
      #expect(last(runs[1].text) == last(runs[0].text), "\(runs[1].text)")
    }

    @Test func aPipelineOfTheSitesOwnIsToldOnce() async throws {
      let folder = try Self.site(
        [
          "package.json": #"{"dependencies": {"@11ty/eleventy-img": "6"}}"#, "posts/a.md": Self.post,
          ".eleventy.js":
            "const i = require(\"@11ty/eleventy-img\");\nmodule.exports = (c) => { c.addPassthroughCopy(\"img\"); };\n",
        ], picture: "img/a.png")
      let run = try await Product.run([folder("site"), "--output", folder("out")])
      let all = run.text + run.errors
      #expect(all.ranges(of: "makes the markup of its images itself").count == 1, "\(all)")
      #expect(run.text.contains("optimize-assets build"), "\(all)")
      #expect(!run.text.contains("Nothing to do"), "\(all)")
    }

    @Test func oneOfAThingIsSingular() async throws {
      let folder = try Self.site(
        ["_config.yml": "", "_posts/2024-01-01-a.md": "---\n---\n![a](/img/a.png) ![b](/img/gone.png)\n"],
        picture: "img/a.png")
      for arguments in [
        ["scan", folder("site")], [folder("site"), "--dry-run"], ["check", folder("site")],
        [folder("site"), "--output", folder("out")], ["cache", "info", folder("site")],
        ["cache", "verify", folder("site")],
      ] {
        let run = try await Product.run(arguments)
        let plurals = (run.text + run.errors).matches(of: /\b1 [a-z]+s\b/).map(\.output)
        #expect(plurals.isEmpty, "\(arguments[0]): \(plurals)")
      }
    }

    @Test(.needsGit) func picturesThatCannotBeWrittenAreCountedWithoutAsking() async throws {
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let path = folder("repository")
      for name in ["a.jpg", "b.jpg"] {
        try FileAccess.write(
          DrawnSite.picture(400, 300, grain: 7).jpeg(quality: 98, chroma: .full), to: path + "/" + name)
        chmod(path + "/" + name, 0o444)
      }
      _ = try await Repository(path)
      let run = try await Product.run(["shrink"], in: path)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.contains("2 read-only: a.jpg, …"), "\(run.text)")
    }

    /// Two files whose pixels are the same become one file, and each has an original of its own.
    @Test(.needsGit) func picturesThatBecomeTheSameFileAreGivenBack() async throws {
      let folder = try TemporaryFolder(["repository/README.md": "text"])
      let path = folder("repository")
      let picture = try DrawnSite.picture(400, 300, grain: 7).jpeg(quality: 98, chroma: .full)
      for name in ["a.jpg", "b.jpg"] {
        try FileAccess.write(picture + Data(name.utf8), to: path + "/" + name)
      }
      _ = try await Repository(path)
      let run = try await Product.run(["shrink", "-v"], in: path)
      #expect(run.errors.contains("another picture became the same file"), "\(run.text) \(run.errors)")
      #expect(try await Product.run(["restore", path]).status == 0)
      for name in ["a.jpg", "b.jpg"] {
        #expect(try FileAccess.read(path + "/" + name) == picture + Data(name.utf8), "\(name)")
      }
    }

    /// Git may give a clone other line ends than a run has written.
    @Test func aPostIsGivenBackWhateverItsLinesEndWith() async throws {
      let author = "+++\ntitle = \"A\"\n+++\nOne\n\n<img src=\"/img/a.png\"\n alt=\"a\">\n\nTwo\n"
      let folder = try Self.site(
        ["hugo.toml": "[markup.goldmark.renderer]\nunsafe = true\n", "content/a.md": author],
        picture: "static/img/a.png")
      let run = try await Product.run([folder("site"), "--in-place"])
      let path = folder("site/content/a.md")
      let written = try String(contentsOfFile: path, encoding: .utf8)
      #expect(written.contains("srcset"), "\(run.text) \(run.errors)")
      try FileAccess.write(Data(written.replacing("\n", with: "\r\n").utf8), to: path)
      let again = try await Product.run([folder("site"), "--in-place", "--force"])
      #expect(again.status == 0, "\(again.errors)")
      #expect(!again.errors.contains("has been changed since"), "\(again.errors)")
      let restored = try await Product.run(["restore", folder("site")])
      #expect(restored.status == 0, "\(restored.text) \(restored.errors)")
      #expect(try FileAccess.read(path) == Data(author.replacing("\n", with: "\r\n").utf8))
    }
  }
}
