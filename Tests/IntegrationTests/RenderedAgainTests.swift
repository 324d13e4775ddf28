import AssetPipeline
import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Sites whose scripts render their pages again from a payload: what `build` publishes shows the same pictures after every
  /// step, and loads fewer bytes.
  @Suite(.needsBrowser) struct RenderedAgainTests {
    /// How a site puts a page together.
    struct Router: Sendable, CustomTestStringConvertible {
      var testDescription: String
      /// `show(page)`: what a page's payload becomes.
      var show: String
      /// A page's payload, with the URL of its picture.
      var payload: @Sendable (_ url: String) -> String
      /// Whether the first page is rendered again as well.
      var isOnLoad = false
      /// Whether the payload is JSON in which URLs may lead to other files.
      var isData = false
    }

    private static let json: @Sendable (String) -> String = { #"{"image": "\#($0)"}"# }

    private static let routers = [
      Router(
        testDescription: "on load",
        show: "main.innerHTML = `<img src='${JSON.parse(payload).image}' alt=''>`", payload: json,
        isOnLoad: true),
      Router(
        testDescription: "after a link",
        show: """
          const next = document.createElement('img'); next.src = JSON.parse(payload).image
          main.replaceChildren(next)
          """, payload: json),
      Router(
        testDescription: "an image that gets a src alone",
        show: "main.querySelector('img').src = JSON.parse(payload).image", payload: json),
      Router(
        testDescription: "a payload that carries lengths",
        show: """
          const row = payload.match(/^T([0-9a-f]+),/), text = payload.slice(row[0].length)
          if (new TextEncoder().encode(text).length !== parseInt(row[1], 16)) { main.innerHTML = ''; return }
          main.querySelector('img').src = text
          """, payload: { "T" + String($0.utf8.count, radix: 16) + "," + $0 }),
    ].flatMap { router in
      var data = router
      (data.isData, data.testDescription) = (true, router.testDescription + ", as JSON")
      return [router, data]
    }

    private static let colors = ["red": [200, 40, 40], "green": [40, 160, 60], "blue": [40, 40, 200]]

    /// What a reader has after each step, and what it took.
    private struct Way: Decodable, Sendable {
      var pictures: [String]
      var widths: [Int]
      var files: [String]
      var bytes: Int
    }

    @Test(arguments: routers) func showsTheSamePicturesAfterEveryStep(_ router: Router) async throws {
      let folder = try TemporaryFolder()
      try Self.write(router, to: folder)
      let command = try await Product.run(["build", folder("site"), "--cache", folder("cache")])
      try #require(command.status == 0, "\(command.errors)")
      let before = try await Self.walk(folder("site/pages"))
      let after = try await Self.walk(folder("site/_site"))
      #expect(before.pictures == ["red", "green", "blue", "green", "red", "blue"])
      #expect(after.pictures == before.pictures)
      #expect(after.widths == before.widths)
      // Lengths are counted whatever the file is called.
      let leadsOn = router.isData && !router.testDescription.hasPrefix("a payload")
      #expect(
        after.files.allSatisfy { $0.hasSuffix(leadsOn ? ".avif" : ".jpg") },
        "\(after.files) \(command.errors)")
      #expect(Double(after.bytes) < 0.6 * Double(before.bytes), "\(before.bytes) \(after.bytes)")
    }

    private static func write(_ router: Router, to folder: TemporaryFolder) throws {
      try folder.write("mkdir -p \"$1\" && cp -r pages/. \"$1\"\n", to: "site/generate.sh")
      try folder.write(
        "build: [sh, generate.sh, \"{destination}\"]\nwidths: [320]\nsrcsetFormat: avif\n",
        to: "site/optimize-assets.yml")
      for (name, color) in colors {
        try folder.write(picture(color).jpeg(quality: 96, chroma: .full), to: "site/pages/img/\(name).jpg")
        try folder.write(
          router.payload("/img/\(name).jpg"), to: "site/pages/data/\(name).\(router.isData ? "json" : "txt")")
        let links = colors.keys.sorted().map { "<a id=\($0) href='/\($0).html'>\($0)</a>" }.joined()
        try folder.write(
          """
          <!doctype html><meta charset="utf-8"><title>\(name)</title>
          <div id="__next"><main><img src="/img/\(name).jpg" alt=""></main>\(links)</div>
          <script>self.__next_f = []</script><script src="/app.js"></script>
          """, to: "site/pages/\(name).html")
      }
      try folder.write(
        """
        const main = document.querySelector('main'), name = () => location.pathname.slice(1).replace('.html', '')
        const show = payload => { \(router.show) }
        window.render = async () => show(await (await fetch(`/data/${name()}.\(router.isData ? "json" : "txt")`)).text())
        addEventListener('click', event => {
          if (!event.target.id) return
          event.preventDefault(); history.pushState(0, '', event.target.href); window.done = render()
        })
        addEventListener('popstate', () => { window.done = render() })
        window.done = \(router.isOnLoad ? "render()" : "Promise.resolve()")
        """, to: "site/pages/app.js")
    }

    /// A color with grain, so that its file has some weight.
    private static func picture(_ color: [Int]) throws -> Image {
      let (width, height) = (300, 200)
      var pixels: [UInt8] = []
      for place in 0..<width * height {
        let grain = (place &* 7919 ^ (place / width) &* 104_729) % 40
        pixels += color.map { UInt8($0 + grain) }
      }
      return try Image.fromPixels(pixels, width: width, height: height, bands: 3, file: "drawing")
        .resized(width: width * 3, height: height * 3)
    }

    private static func walk(_ folder: String) async throws -> Way {
      try await PageViews.evaluate(
        """
        (async () => {
          const pictures = [], widths = [], files = [], place = document.createElement('canvas').getContext('2d')
          const look = async () => {
            await window.done
            const image = document.querySelector('main img')
            await image.decode()
            place.drawImage(image, 0, 0, 1, 1)
            const [red, green, blue] = place.getImageData(0, 0, 1, 1).data
            pictures.push(red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue')
            widths.push(image.naturalWidth)
            files.push(image.currentSrc)
          }
          await look()
          for (const name of ['green', 'blue']) { document.getElementById(name).click(); await look() }
          for (let step = 0; step < 2; step++) {
            await new Promise(done => { addEventListener('popstate', done, { once: true }); history.back() })
            await look()
          }
          document.getElementById('blue').click(); await look()
          const loaded = performance.getEntriesByType('resource').filter(entry => entry.name.includes('/img/'))
          return { pictures, widths, files, bytes: loaded.reduce((sum, file) => sum + file.encodedBodySize, 0) }
        })()
        """, folder, page: "red.html", at: .phone, as: Way.self)
    }
  }
}
