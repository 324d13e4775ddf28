import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What `build` makes of the pictures that are published at their own URLs.
  @Suite struct BuildOriginalsTests {
    private struct Output: Decodable {
      struct Problem: Decodable {
        var message: String
      }

      var problems: [Problem]
      var summary: Summary
    }

    /// A site of a framework, whose markup stays: what its images weigh is what lies at their URLs.
    private func site(_ configuration: String = "", further: [String: String] = [:]) throws -> TemporaryFolder
    {
      let folder = try TemporaryFolder([
        "site/generate.sh": "mkdir -p \"$1\" && cp -r pages/. \"$1\"\n",
        "site/optimize-assets.yml": "build: [sh, generate.sh, \"{destination}\"]\nwidths: [320]\n"
          + configuration,
        "site/pages/index.html": """
        <!doctype html><html><head><style>img { max-width: 100%; height: auto }</style></head>
        <body><div id="__docusaurus"><p><img src="/photo.jpg" alt="A harbour"><img src="/plan.png" alt=""></p></div>
        <script src="/app.js"></script></body></html>
        """,
        "site/pages/app.js": "document.querySelector('img').src = '/photo.jpg'",
      ])
      for (name, text) in further { try folder.write(text, to: "site/pages/" + name) }
      let picture = try DrawnSite.picture(800, 600, grain: 5)
      let photo = try picture.jpeg(quality: 95, chroma: .full)
      try folder.write(TIFFBuilder.noted(photo), to: "site/pages/photo.jpg")
      try folder.write(photo, to: "site/pages/again.jpg")
      try folder.write(
        picture.resized(width: 200, height: 150).png(filter: .none), to: "site/pages/plan.png")
      // Nothing can be won, and nothing can be made of it.
      try folder.write(picture.jpeg(quality: 5, chroma: .halved), to: "site/pages/small.jpg")
      try folder.write(photo.prefix(900), to: "site/pages/broken.jpg")
      return folder
    }

    private func build(_ folder: TemporaryFolder, _ arguments: String...) async throws -> Output {
      let command = try await Product.run(
        ["build", folder("site"), "--format", "json"]
          + (arguments.isEmpty ? ["--cache", folder("cache")] : arguments))
      try #require(command.status == 0, "\(command.errors)")
      return try JSONDecoder().decode(Output.self, from: command.output)
    }

    private func bytes(_ folder: TemporaryFolder, _ path: String) throws -> Data {
      try FileAccess.read(folder("site/" + path))
    }

    private static func open(_ data: Data) throws -> Image {
      try Image.open(data, with: data.starts(with: [0xFF]) ? .jpeg : .png, file: "picture", failOn: .warning)
    }

    @Test(arguments: [[], ["--no-cache"]])
    func arePublishedLighter(_ arguments: [String]) async throws {
      let folder = try site()
      let before = try TreeState.stamps(of: folder("site/pages"))
      let output =
        try await arguments.isEmpty ? build(folder) : build(folder, arguments[0])
      #expect(try TreeState.stamps(of: folder("site/pages")) == before)
      for name in ["photo.jpg", "again.jpg", "plan.png"] {
        let (old, new) = try (bytes(folder, "pages/" + name), bytes(folder, "_site/" + name))
        #expect(new.count < old.count * 9 / 10, "\(name): \(old.count) \(new.count)")
        let (a, b) = try (Self.open(old), Self.open(new))
        #expect(a.width == b.width && a.height == b.height && a.orientation == b.orientation)
      }
      for name in ["small.jpg", "broken.jpg", "index.html", "app.js"] {
        #expect(try bytes(folder, "pages/" + name) == bytes(folder, "_site/" + name), "\(name)")
      }
      // Where it was taken is not told, and everything else is.
      let photo = try bytes(folder, "_site/photo.jpg")
      #expect(photo.range(of: Data("MAKERNAME".utf8)) != nil)
      #expect(photo.range(of: Data([0, 0, 0, 50, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1])) == nil)
      let originals = try #require(output.summary.originals)
      #expect(originals.lighter == 3 && originals.after * 2 < originals.before)
      // The page downloads what lies there.
      let shown = try bytes(folder, "_site/photo.jpg").count + bytes(folder, "_site/plan.png").count
      #expect(output.summary.downloads?["phone"] == shown)
    }

    @Test func nothingIsMadeTwice() async throws {
      let folder = try site()
      let first = try await build(folder)
      let state = try TreeState.stamps(of: folder("site/_site"))
      #expect(try await build(folder).summary.originals == first.summary.originals)
      #expect(try TreeState.stamps(of: folder("site/_site")) == state)
      // Another page, and one picture that is another one.
      try folder.write("<!doctype html><p>New</p>", to: "site/pages/new.html")
      let photo = try DrawnSite.picture(640, 480, grain: 9).jpeg(quality: 95, chroma: .full)
      try folder.write(photo, to: "site/pages/again.jpg")
      let stamp = try #require(FileStamp(of: folder("site/_site/photo.jpg")))
      #expect(try await build(folder).summary.originals?.lighter == 3)
      #expect(try bytes(folder, "_site/again.jpg").count < photo.count)
      #expect(FileStamp(of: folder("site/_site/photo.jpg"))?.modified == stamp.modified)
      // And back to what the generator made.
      let text = try folder.text("site/optimize-assets.yml")
      try folder.write(text + "originals: keep\n", to: "site/optimize-assets.yml")
      #expect(try await build(folder).summary.originals == nil)
      #expect(try bytes(folder, "_site/again.jpg") == photo)
      #expect(try bytes(folder, "_site/plan.png") == bytes(folder, "pages/plan.png"))
    }

    @Test func thoseOfWhichAHashIsNamedStay() async throws {
      let hash = "d41d8cd98f00b204e9800998ecf8427e"
      let folder = try site(further: ["sw.js": "precache([{url:'/again.jpg',revision:'\(hash)'}])"])
      let output = try await build(folder)
      #expect(try bytes(folder, "_site/again.jpg") == bytes(folder, "pages/again.jpg"))
      #expect(try bytes(folder, "_site/photo.jpg").count < bytes(folder, "pages/photo.jpg").count)
      let notes = output.problems.map(\.message).filter { $0.contains("by a hash") }
      #expect(notes == ["published as it is: sw.js names what is in it by a hash"])
      let counts = output.problems.map(\.message).filter { $0.contains("in their own formats") }
      #expect(counts.count == 1 && counts[0].hasPrefix("2 URLs of images in 2 scripts stay: "), "\(counts)")
    }

    @Test func whatShrinkHasMadeIsNotMadeAgain() async throws {
      let folder = try site()
      let shrunk = try await Product.run(
        ["shrink", folder("site/pages/again.jpg"), "--cache", folder("cache")], in: folder("site"))
      #expect(shrunk.status == 0, "\(shrunk.errors)")
      let ledger = try FileManager.default.contentsOfDirectory(atPath: folder("site/pages"))
      if ledger.contains(".optimize-assets.originals.jsonl") {
        try FileManager.default.moveItem(
          atPath: folder("site/pages/.optimize-assets.originals.jsonl"),
          toPath: folder("site/.optimize-assets.originals.jsonl"))
      }
      let output = try await build(folder)
      #expect(try bytes(folder, "_site/again.jpg") == bytes(folder, "pages/again.jpg"))
      #expect(output.summary.originals?.lighter == 2)
      #expect(output.problems.contains { $0.message.contains("shrink made it lighter before") })
    }

    @Test func theWholePipelineSaysSo() async throws {
      let folder = try site()
      let command = try await Product.run(["build", folder("site"), "--cache", folder("cache")])
      let text = String(decoding: command.output, as: UTF8.self)
      #expect(
        text.contains("3 of 4 lighter at their own URLs")
          || text.contains("3 of 5 lighter at their own URLs"), "\(text)")
    }
  }
}
