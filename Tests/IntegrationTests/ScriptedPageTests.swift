import Foundation
import Testing
import TestSupport
import Vips
import Web

extension IntegrationTests {
  /// Built pages whose scripts set images: whatever a reader does, each shows the picture that its author meant.
  @Suite(.needsBrowser) struct ScriptedPageTests {
    /// A page, what a reader does on it, and the picture that is then shown, as the page before says it.
    struct Case: Sendable, CustomTestStringConvertible {
      var name: String
      var body: String
      var script: String
      /// Each is done in turn; the picture is looked at before the first and after each.
      var steps: [String]
      var testDescription: String { name }
    }

    private static let cases = [
      Case(
        name: "a router that keeps the image",
        body: #"<img id="shown" src="/red.jpg" alt=""><a id="next" href="/two.html">next</a>"#,
        script: """
          const shown = document.querySelector("#shown")
          const show = () => { shown.src = location.pathname.includes("two") ? "/blue.jpg" : "/red.jpg" }
          document.querySelector("#next").addEventListener("click", event => {
            event.preventDefault()
            history.pushState({}, "", location.pathname.includes("two") ? "/one.html" : "/two.html")
            show()
          })
          addEventListener("popstate", show)
          """,
        steps: [
          "document.querySelector('#next').click()", "document.querySelector('#next').click()",
          "await new Promise(done => { addEventListener('popstate', done, { once: true }); history.back() })",
        ]),
      Case(
        name: "a gallery that finds its image by its place",
        body: #"<figure class="large"><img id="shown" src="/red.jpg" alt=""></figure><button>blue</button>"#,
        script: """
          addEventListener("click", event => {
            const button = event.target.closest("button")
            if (button) document.querySelector(".large").firstElementChild.setAttribute("src", `/${button.textContent}.jpg`)
          })
          """,
        steps: ["document.querySelector('button').click()"]),
      Case(
        name: "a handler in the page",
        body: """
          <img id="shown" src="/red.jpg" alt="">
          <a href="/blue.jpg" onclick="document.getElementById('shown').src = this.href; return false">blue</a>
          """,
        script: "", steps: ["document.querySelector('a').click()"]),
      Case(
        name: "a component that another module gives its image",
        body: #"<img id="shown" src="/red.jpg" alt=""><button>blue</button>"#,
        script: """
          import { show } from "/show.js"
          document.querySelector("button").onclick = () => show(document.querySelector("#shown"), "/blue.jpg")
          """,
        steps: ["document.querySelector('button').click()"]),
      Case(
        name: "a lazy loader with a placeholder",
        body: """
          <img id="shown" class="lazy" src="/red.jpg" data-src="/blue.jpg" alt=""><button>load</button>
          <noscript><img src="/blue.jpg" alt=""></noscript>
          """,
        script: """
          document.querySelector("button").onclick = () => {
            for (const image of document.querySelectorAll("img.lazy")) image.src = image.dataset.src
          }
          """,
        steps: ["document.querySelector('button').click()"]),
      Case(
        name: "a lazy picture whose frame a script steps through",
        body: """
          <div class="box"><picture><source data-srcset="/blue.jpg 640w,
          /blue.jpg 1200w" sizes="100vw"><img id="shown" src="/red.jpg" data-src="/blue.jpg" alt=""></picture></div>
          <button>load</button>
          """,
        script: """
          document.querySelector("button").onclick = () => {
            const image = document.querySelector("img[data-src]")
            if (!image.parentElement.parentElement.classList.contains("box")) throw new Error("another frame")
            for (const source of image.parentElement.children) {
              if (source.dataset.srcset) source.srcset = source.dataset.srcset
            }
            image.src = image.dataset.src
          }
          """,
        steps: ["document.querySelector('button').click()"]),
    ]

    @Test(arguments: cases) func showsWhatThePageBeforeShows(_ site: Case) async throws {
      let folder = try TemporaryFolder()
      try Self.write(site, to: folder)
      try await Product.optimize(folder("site"), "--output", folder("after"))
      let before = try await Self.pictures(folder("site"), site)
      let after = try await Self.pictures(folder("after"), site)
      #expect(Set(before).count == 2, "the steps show nothing new: \(before)")
      #expect(after == before)
    }

    /// A script that shows an image's own file larger gets as many pixels as before.
    @Test func aLightboxGetsAsManyPixels() async throws {
      let folder = try TemporaryFolder()
      let site = Case(
        name: "",
        body: #"<p style="max-width: 300px"><img id="shown" src="/red.jpg" alt="" style="width: 100%"></p>"#,
        script: """
          document.querySelector("p img").addEventListener("click", event => {
            const zoom = new Image()
            zoom.id = "zoom"
            zoom.src = event.target.currentSrc || event.target.src
            document.body.append(zoom)
          })
          """, steps: [])
      try Self.write(site, to: folder)
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      #expect(report.manifest.problems.contains { $0.message.contains("reads which file such images show") })
      let width = try await PageViews.evaluate(
        """
        (async () => {
          await document.querySelector("#shown").decode()
          document.querySelector("#shown").click()
          await document.querySelector("#zoom").decode()
          return document.querySelector("#zoom").naturalWidth
        })()
        """, folder("after"), page: "one.html", at: .laptop, as: Int.self)
      #expect(width == 1200)
      // And the page has one lighter file.
      #expect(try String(contentsOfFile: folder("after/one.html"), encoding: .utf8).contains(".webp"))
    }

    /// Images that no script touches on the same page are made lighter.
    @Test func theOtherImagesOfThePageAreLighter() async throws {
      let folder = try TemporaryFolder()
      var site = Self.cases[0]
      site.body += #"<p><img class="plain" src="/blue.jpg" alt=""></p>"#
      try Self.write(site, to: folder)
      let report = try await Product.optimize(folder("site"), "--output", folder("after"))
      let page = try String(contentsOfFile: folder("after/one.html"), encoding: .utf8)
      #expect(page.contains(#"<img id="shown" src="/red.jpg" alt="">"#))
      #expect(page.contains(#"<picture><source type="image/avif""#))
      let notes = report.manifest.problems.filter { $0.rule == .referenceKept }.map(\.message)
      #expect(notes.contains { $0.contains("a script in the page sets the src of such images") }, "\(notes)")
    }

    // MARK: Sites and steps

    private static func write(_ site: Case, to folder: TemporaryFolder) throws {
      for (name, color) in [("red", [200, 40, 40]), ("blue", [40, 40, 200])] {
        try folder.write(picture(color).jpeg(quality: 92, chroma: .full), to: "site/\(name).jpg")
      }
      try folder.write("export const show = (image, url) => { image.src = url }\n", to: "site/show.js")
      try folder.write(
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(site.name)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>main { max-width: 600px } img { max-width: 100% }</style></head>
        <body><main>\(site.body)</main><script type="module">\(site.script)</script></body></html>
        """, to: "site/one.html")
    }

    /// A color with grain, so that its file has some weight.
    private static func picture(_ color: [Int]) throws -> Image {
      let (width, height) = (150, 100)
      var pixels: [UInt8] = []
      for place in 0..<width * height {
        let grain = (place &* 7919 ^ (place / width) &* 104_729) % 40
        pixels += color.map { UInt8($0 + grain) }
      }
      return try Image.fromPixels(pixels, width: width, height: height, bands: 3, file: "drawing")
        .resized(width: width * 8, height: height * 8)
    }

    /// `red` or `blue`, first and after each step.
    private static func pictures(_ folder: String, _ site: Case) async throws -> [String] {
      let steps = site.steps.map { "\($0); await look();" }.joined(separator: "\n")
      return try await PageViews.evaluate(
        """
        (async () => {
          const seen = [], place = document.createElement("canvas").getContext("2d")
          const look = async () => {
            const image = document.querySelector("#shown")
            await image.decode()
            place.drawImage(image, 0, 0, 1, 1)
            const [red, , blue] = place.getImageData(0, 0, 1, 1).data
            seen.push(red > blue ? "red" : "blue")
          }
          await look()
          \(steps)
          return seen
        })()
        """, folder, page: "one.html", at: .laptop, as: [String].self)
    }
  }
}
