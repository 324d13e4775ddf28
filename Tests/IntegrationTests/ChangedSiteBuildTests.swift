import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// A build that goes on from the last one publishes what a first build of the same site does, byte for byte, and says the
  /// same of it.
  @Suite struct ChangedSiteBuildTests {
    /// What somebody changes between two builds.
    struct Change: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var make: @Sendable (TemporaryFolder) throws -> Void

      init(_ name: String, _ make: @escaping @Sendable (TemporaryFolder) throws -> Void) {
        (testDescription, self.make) = (name, make)
      }

      /// Another text in the place of one that a file holds.
      static func edit(_ name: String, _ file: String, _ old: String, _ new: String) -> Change {
        Change(name) { folder in
          let text = try folder.text("site/" + file)
          try #require(text.contains(old))
          try folder.write(text.replacingOccurrences(of: old, with: new), to: "site/" + file)
        }
      }

      static func picture(_ name: String, _ file: String, grain: Int) -> Change {
        Change(name) { try $0.write(ChangedSiteBuildTests.photo(grain), to: "site/pages/" + file) }
      }

      static func page(_ name: String, _ file: String, _ picture: String) -> Change {
        Change(name) { folder in
          try folder.write(
            ChangedSiteBuildTests.page("<p><img src=\"/\(picture)\" alt=\"\"></p>"), to: "site/pages/" + file)
        }
      }
    }

    /// They are made one after the other, each on what the ones before have left.
    static let changes: [Change] = [
      .edit("the text of a page", "pages/a.html", "<h1>A", "<h1>Another"),
      .edit("a picture in a page", "pages/b.html", "</main>", "<p><img src=/c.jpg alt=C></p></main>"),
      .picture("a new picture", "new.jpg", grain: 4),
      .edit("the new picture in a page", "pages/a.html", "</main>", "<p><img src=/new.jpg alt=N></p></main>"),
      .picture("other bytes of a picture", "b.jpg", grain: 5),
      .edit("another picture in a page", "pages/b.html", "/b.jpg", "/a.jpg"),
      .edit("an image without words", "pages/a.html", "alt=\"a\"", ""),
      Change("a page that takes another in as a stylesheet") { folder in
        try folder.write("img{width:300px}", to: "site/pages/rules.html")
        try folder.write(
          "<link rel=stylesheet href=/rules.html><p><img src=/b.jpg alt=B></p>", to: "site/pages/e.html")
      },
      .edit("the page that another takes in", "pages/rules.html", "300px", "90px"),
      .edit("a stylesheet: narrower", "pages/style.css", "700px", "300px"),
      .edit(
        "a stylesheet: a rule that a <picture> breaks", "pages/style.css", "}",
        "}p>img:first-child{width:90%}"),
      .page("a page more", "d.html", "a.jpg"),
      Change("a page less") { unlink($0("site/pages/b.html")) },
      Change("a picture less") { unlink($0("site/pages/c.jpg")) },
      Change("a script that reads every image of every page") { folder in
        try folder.write(
          "for (const i of document.querySelectorAll('img')) i.parentNode.removeChild(i)",
          to: "site/pages/all.js")
      },
      Change("a script that names the content of a picture") { folder in
        try folder.write(
          "fetch('/a.jpg', {integrity: 'sha256-\(String(repeating: "A", count: 43))='})",
          to: "site/pages/more.js")
      },
      .edit("a setting", "optimize-assets.yml", "widths: [160, 320]", "widths: [240, 320]"),
      Change("nothing") { _ in },
    ]

    private static func page(_ body: String) -> String {
      """
      <!doctype html><html><head><link rel="stylesheet" href="/style.css"><script src="/all.js"></script></head>
      <body><main><h1>A</h1>\(body)</main></body></html>
      """
    }

    fileprivate static func photo(_ grain: Int) throws -> Data {
      Data(try DrawnSite.picture(480, 360, grain: grain).jpeg(quality: 95, chroma: .full))
    }

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder([
        "site/generate.sh": "mkdir -p \"$1\" && cp -r pages/. \"$1\"\n",
        "site/optimize-assets.yml":
          "build: [sh, generate.sh, \"{destination}\"]\nwidths: [160, 320]\nquality: fixed\neffort: fast\n",
        "site/pages/style.css": "main{max-width:700px}img{max-width:100%;height:auto}",
        "site/pages/all.js": "console.log('nothing')",
      ])
      for (number, name) in ["a", "b", "c"].enumerated() {
        try folder.write(Self.photo(number), to: "site/pages/\(name).jpg")
        let image = "<p><img src=\"/\(name).jpg\" alt=\"\(name)\"></p>"
        try folder.write(Self.page(image), to: "site/pages/\(name).html")
      }
      return folder
    }

    /// Builds, and gives what is said of the result as text.
    private func build(_ folder: TemporaryFolder, to output: String, cache: String) async throws -> String {
      let command = try await Product.run([
        "build", folder("site"), "--format", "json", "--cache", folder(cache), "--output", folder(output),
      ])
      try #require(command.status == 0, "\(command.errors)")
      var said = try #require(JSONSerialization.jsonObject(with: command.output) as? [String: Any])
      // How long it took, how much was new and where it lies is another thing each time.
      for key in ["seconds", "generatorSeconds", "filesPublished", "destination"] { said[key] = nil }
      if var summary = said["summary"] as? [String: Any] {
        for key in ["seconds", "encoded", "pagesProven", "output"] { summary[key] = nil }
        said["summary"] = summary
      }
      let data = try JSONSerialization.data(withJSONObject: said, options: [.sortedKeys, .prettyPrinted])
      return String(decoding: data, as: UTF8.self)
    }

    @Test func goesOnAsIfItWereTheFirst() async throws {
      let folder = try site()
      _ = try await build(folder, to: "web", cache: "cache")
      for (number, change) in Self.changes.enumerated() {
        try change.make(folder)
        let next = try await build(folder, to: "web", cache: "cache")
        let first = try await build(folder, to: "first-\(number)", cache: "cache-\(number)")
        #expect(next == first, "\(change)")
        #expect(
          try TreeState.contents(of: folder("web")) == TreeState.contents(of: folder("first-\(number)")),
          "\(change)")
      }
    }

    /// A memory that something has happened to costs time and nothing else.
    @Test(arguments: ["index", "manifest", "figures.json", "published"])
    func damagedMemoryMakesNoOtherPages(_ what: String) async throws {
      let folder = try site()
      _ = try await build(folder, to: "web", cache: "cache")
      let all = try FileTree.files(below: folder("cache")).map(\.path)
      let damaged = all.filter { path in
        !path.contains("/pages/") && (path as NSString).lastPathComponent.hasPrefix(what)
          && !path.hasSuffix(".html")
      }
      try #require(!damaged.isEmpty, "\(all)")
      for path in damaged { try folder.write("no more what it was", to: "cache/" + path) }
      let page = try folder.text("site/pages/a.html")
      try folder.write(page.replacingOccurrences(of: "<h1>A", with: "<h1>B"), to: "site/pages/a.html")
      let next = try await Product.run([
        "build", folder("site"), "--cache", folder("cache"), "--output", folder("web"),
      ])
      #expect(next.status == 0, "\(next.errors)")
      _ = try await build(folder, to: "first", cache: "other")
      #expect(try TreeState.contents(of: folder("web")) == TreeState.contents(of: folder("first")))
    }
  }
}
