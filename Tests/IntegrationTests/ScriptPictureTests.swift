import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What `build` makes of the strings of scripts that are the URL of an image, and of the pages that say the same.
  @Suite(.needsBrowser) struct ScriptPictureTests {
    /// A change of the site after which a URL stays as it is.
    struct Obstacle: CustomTestStringConvertible, Sendable {
      var testDescription: String
      var path: String
      var text: String
      /// Whether it is put behind what is there.
      var isAdded = false
    }

    private static let page = """
      <!doctype html><html><head><meta charset="utf-8"><style>img { max-width: 100%; height: auto }</style></head>
      <body><div id="__next"><main><img src="/img/red.jpg" alt=""><img src="/img/blue.jpg" alt=""></main></div>
      <script src="/app.js"></script></body></html>
      """
    /// As a bundler leaves it.
    private static let script = """
      const h=(name,props)=>Object.assign(document.createElement(name),props);
      const Red=()=>h("img",{src:"/img/red.jpg",alt:""}),Blue=()=>h("img",{src:"/img/blue.jpg",alt:""});
      window.render=()=>document.querySelector("main").replaceChildren(Red(),Blue());
      """

    private static let obstacles = [
      Obstacle(
        testDescription: "a comparison", path: "more.js",
        text: #"show(list.indexOf("/img/red.jpg"))"#),
      Obstacle(
        testDescription: "a payload with places", path: "data.json", text: #"[{"image":1},"/img/red.jpg"]"#),
      Obstacle(
        testDescription: "a payload that counts bytes", path: "data.json",
        text: #"1:T1b,{"image":"/img/red.jpg"}"#),
      Obstacle(
        testDescription: "rows of a payload", path: "other.txt",
        text: #"0:["$","img",null,{"src":"/img/red.jpg"}]"#),
      Obstacle(testDescription: "a test of the ending", path: "more.js", text: #"/\.jpe?g$/.test(x)"#),
      Obstacle(
        testDescription: "a URL made of it", path: "other.html",
        text: #"<img src="/_next/image?url=%2Fimg%2Fred.jpg&amp;w=640" alt="">"#),
      Obstacle(
        testDescription: "a script in a page", path: "other.html",
        text: #"<script>const first = "/img/red.jpg"</script>"#),
      Obstacle(
        testDescription: "candidates", path: "other.html",
        text: #"<img src="/img/red.jpg" srcset="/img/red.jpg 900w" alt="">"#),
      Obstacle(
        testDescription: "a preload of a JPEG", path: "other.html",
        text: #"<link rel="preload" as="image" type="image/jpeg" href="/img/red.jpg">"#),
      Obstacle(testDescription: "a file of a related name", path: "img/red@2x.jpg", text: "x"),
      Obstacle(
        testDescription: "a hash of the script", path: "other.html",
        text: #"<script src="/app.js" integrity="sha384-abc="></script>"#),
      Obstacle(
        testDescription: "a list of a service worker", path: "sw.js",
        text: #"precache([{url:"/app.js",revision:"d41d8cd98f00b204e9800998ecf8427e"}])"#),
    ]

    private func site(_ configuration: String = "") throws -> TemporaryFolder {
      let folder = try TemporaryFolder([
        "site/generate.sh": "mkdir -p \"$1\" && cp -r pages/. \"$1\"\n",
        "site/optimize-assets.yml": "build: [sh, generate.sh, \"{destination}\"]\nwidths: [320]\n"
          + (configuration.contains("srcsetFormat") ? "" : "srcsetFormat: avif\n") + configuration,
        "site/pages/index.html": Self.page, "site/pages/app.js": Self.script,
      ])
      for (name, grain) in ["red": 5, "blue": 90] {
        let picture = try DrawnSite.picture(900, 600, grain: grain)
        try folder.write(picture.jpeg(quality: 96, chroma: .full), to: "site/pages/img/\(name).jpg")
      }
      return folder
    }

    /// - Returns: what a person is told.
    @discardableResult
    private func build(_ folder: TemporaryFolder, environment: [String: String] = [:]) async throws -> String
    {
      let command = try await Product.run(
        ["build", folder("site"), "--cache", folder("cache")], environment: environment)
      try #require(command.status == 0, "\(command.errors)")
      return command.errors
    }

    @Test(arguments: ["avif"]) func leadToALighterFileOfTheSameSize(_ format: String) async throws {
      let folder = try site("srcsetFormat: \(format)\n")
      try await build(folder)
      let script = try folder.text("site/_site/app.js")
      #expect(
        script
          == Self.script.replacingOccurrences(of: "red.jpg", with: "red.jpg.\(format)")
          .replacingOccurrences(of: "blue.jpg", with: "blue.jpg.\(format)"))
      // The page says what its script says.
      #expect(
        try folder.text("site/_site/index.html")
          == Self.page.replacingOccurrences(of: "red.jpg", with: "red.jpg.\(format)")
          .replacingOccurrences(of: "blue.jpg", with: "blue.jpg.\(format)"))
      for name in ["red", "blue"] {
        let single = try FileAccess.read(folder("site/_site/img/\(name).jpg.\(format)"))
        let original = try FileAccess.read(folder("site/_site/img/\(name).jpg"))
        #expect(single.count < original.count)
        let image = try Image.open(
          single, with: format == "webp" ? .webp : .heif, file: name, failOn: .warning)
        #expect(image.width == 900 && image.height == 600)
      }
      #expect(!FileManager.default.fileExists(atPath: folder("site/_site/assets/optimized/img")))
      // The next build finds everything as it should be, and another picture has another file under the same name.
      let state = try TreeState.stamps(of: folder("site/_site"))
      try await build(folder)
      #expect(try TreeState.stamps(of: folder("site/_site")) == state)
      let before = try FileAccess.read(folder("site/_site/img/red.jpg.\(format)"))
      let other = try DrawnSite.picture(900, 600, grain: 700).jpeg(quality: 96, chroma: .full)
      try folder.write(other, to: "site/pages/img/red.jpg")
      try await build(folder)
      #expect(try FileAccess.read(folder("site/_site/img/red.jpg.\(format)")) != before)
      #expect(try folder.text("site/_site/app.js") == script)
    }

    @Test(arguments: obstacles) func stayWhereItIsNotCertain(_ obstacle: Obstacle) async throws {
      let folder = try site()
      // One picture, so that no other one has the pages looked at.
      let page = Self.page.replacingOccurrences(of: #"<img src="/img/blue.jpg" alt="">"#, with: "")
      try folder.write(page, to: "site/pages/index.html")
      let one = Self.script.replacingOccurrences(
        of: #",Blue=()=>h("img",{src:"/img/blue.jpg",alt:""})"#, with: ""
      ).replacingOccurrences(of: ",Blue()", with: "")
      try folder.write(one, to: "site/pages/app.js")
      try folder.write(obstacle.text, to: "site/pages/" + obstacle.path)
      try await build(folder)
      let script = try folder.text("site/_site/app.js")
      #expect(script.contains(#""/img/red.jpg""#), "\(script)")
      #expect(!FileManager.default.fileExists(atPath: folder("site/_site/img/red.jpg.avif")))
    }

    /// Data that a script reads has the URL too, and the page a preload and a link.
    @Test func dataAndPreloadsFollow() async throws {
      let folder = try site()
      let head = #"<link rel="preload" as="image" href="/img/red.jpg"></head>"#
      let link = #"<main><a href="/img/red.jpg">"#
      let page = Self.page.replacingOccurrences(of: "</head>", with: head).replacingOccurrences(
        of: "<main>", with: link)
      try folder.write(page, to: "site/pages/index.html")
      let data =
        #"{"title":"Red","image":"/img/red.jpg","html":"<p><img src=\"/img/red.jpg\" alt=\"\"></p>"}"#
      try folder.write(data, to: "site/pages/data.json")
      let words = try await build(folder)
      #expect(words.contains("scripts show 2 pictures by lighter files beside them"), "\(words)")
      #expect(
        try folder.text("site/_site/data.json")
          == data.replacingOccurrences(of: "red.jpg", with: "red.jpg.avif"))
      let built = try folder.text("site/_site/index.html")
      #expect(built.contains(#"<link rel="preload" as="image" href="/img/red.jpg.avif">"#), "\(built)")
      #expect(built.contains(#"<a href="/img/red.jpg"><img src="/img/red.jpg.avif" alt="">"#), "\(built)")
    }

    /// What no rule can tell a browser sees: here a script that measures a URL.
    @Test func stayWhereABrowserSeesAnotherPage() async throws {
      let folder = try site()
      let script =
        Self.script + "\nif (Red().getAttribute('src').length > 12) throw new Error('what is this?')\n"
      try folder.write(script, to: "site/pages/app.js")
      for _ in 0..<2 {
        let words = try await build(folder)
        #expect(words.contains("URLs of images in scripts stay: a script complains"), "\(words)")
        #expect(words.contains("what is this?"), "\(words)")
        #expect(try folder.text("site/_site/app.js") == script)
        #expect(try folder.text("site/_site/index.html") == Self.page)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder("site/_site/img"))
        #expect(files.sorted() == ["blue.jpg", "red.jpg"])
      }
    }

    @Test func stayWithoutABrowser() async throws {
      let folder = try site()
      let words = try await build(folder, environment: ["CHROME_PATH": "/nowhere/chromium"])
      #expect(words.contains("URLs of images in scripts stay, for no browser is here"), "\(words)")
      #expect(try folder.text("site/_site/app.js") == Self.script)
      #expect(try folder.text("site/_site/index.html") == Self.page)
    }

    /// A browser may keep the script of an earlier build, whose name says that it never changes.
    @Test func filesOfEarlierBuildsShowWhatTheirPicturesAreNow() async throws {
      let folder = try site()
      try await build(folder)
      let picture = try DrawnSite.picture(900, 600, grain: 700).jpeg(quality: 5, chroma: .halved)
      try folder.write(picture, to: "site/pages/img/red.jpg")
      try folder.write("x.indexOf('/img/red.jpg')", to: "site/pages/more.js")
      for _ in 0..<2 {
        try await build(folder)
        #expect(try folder.text("site/_site/app.js").contains(#""/img/red.jpg""#))
        #expect(
          try FileAccess.read(folder("site/_site/img/red.jpg.avif"))
            == FileAccess.read(folder("site/_site/img/red.jpg")))
      }
    }

    @Test(arguments: ["originals: keep\n", "srcsetFormat: fallback\n"])
    func stayWhereThatIsChosen(_ configuration: String) async throws {
      let folder = try site(configuration)
      try await build(folder)
      #expect(try folder.text("site/_site/app.js") == Self.script)
    }

    /// What a browser shows after a script has rendered the page again.
    private struct View: Decodable, Sendable {
      var files: [String]
      var widths: [Int]
      var colors: [[Int]]
    }

    @Test func showTheSamePicture() async throws {
      let folder = try site()
      try await build(folder)
      let before = try await view(folder("site/pages")), after = try await view(folder("site/_site"))
      #expect(after.files == ["/img/red.jpg.avif", "/img/blue.jpg.avif"])
      #expect(after.widths == before.widths)
      for (a, b) in zip(before.colors.joined(), after.colors.joined()) { #expect(abs(a - b) < 12) }
    }

    private func view(_ folder: String) async throws -> View {
      try await PageViews.evaluate(
        """
        (async () => {
          render()
          const images = [...document.images], context = document.createElement('canvas').getContext('2d')
          await Promise.all(images.map(image => image.decode()))
          return {
            files: images.map(image => new URL(image.currentSrc).pathname),
            widths: images.map(image => image.naturalWidth),
            colors: images.map(image => {
              context.drawImage(image, 0, 0, 1, 1); return [...context.getImageData(0, 0, 1, 1).data]
            })
          }
        })()
        """, folder, page: "index.html", at: .phone, as: View.self)
    }
  }
}
