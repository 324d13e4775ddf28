import Browser
import Foundation
import SiteFiles
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// Sites of the real Docusaurus and VitePress, whose pages have candidates after a link as well.
  @Suite(
    .tags(.realCorpora), .needsRealCorpora("tools/generator", "generators"), .needsBrowser,
    .endsAtLast)
  struct GeneratorDoorRealCorpora {
    struct Site: CustomTestStringConvertible, Sendable {
      var testDescription: String
      /// Where the generator puts pages.
      var output: String
      /// The page that a reader begins with, and what he follows.
      var start: String
      var links: [String]
    }

    private static let sites = [
      Site(
        testDescription: "docusaurus", output: "build", start: "blog/market/",
        links: ["/blog/lake", "/blog", "/docs/photos", "/blog/market"]),
      Site(
        testDescription: "vitepress", output: ".vitepress/dist", start: "posts/market.html",
        links: ["/posts/lake", "/posts/tour", "/posts/market"]),
    ]

    private static let environment = [
      "XDG_CACHE_HOME": (ProcessInfo.processInfo.environment["HOME"] ?? "") + "/.cache",
      "DOCUSAURUS_NO_PERSISTENT_CACHE": "true",
    ]

    /// What a reader sees after each link.
    private struct Way: Decodable, Sendable {
      /// The images of each page, as 4 × 4 pixels.
      var pictures: [[[Int]]]
      var boxes: [[[Int]]]
      var candidates: Int
      var bytes: Int
    }

    @Test(arguments: sites) func aReaderLoadsLittleAfterALink(_ site: Site) async throws {
      let name = site.testDescription
      let folder = try TemporaryFolder()
      try folder.copy(RealCorpora.path("generators/\(name)/site"), to: "site")
      let tool = RealCorpora.path("tools/generator")
      let plain = try await Command.run(
        tool, [name, folder("site"), folder("before")], environment: Self.environment, seconds: 300)
      try #require(plain.status == 0, "\(plain.errors.suffix(2_000))")
      let modules = try await Command.run(tool, ["path", name], environment: Self.environment, seconds: 300)
      try folder.link(
        "site/node_modules",
        to: modules.text.trimmingCharacters(in: .whitespacesAndNewlines) + "/node_modules")
      let command = try await Product.run(
        ["build", folder("site"), "--cache", folder("cache")], environment: Self.environment)
      try #require(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("candidates itself, by "), "\(command.errors.suffix(1_000))")
      let before = try await Self.walk(site, folder("before"))
      let after = try await Self.walk(site, folder("site/" + site.output))
      #expect(after.candidates > 10)
      #expect(after.boxes == before.boxes)
      #expect(Double(after.bytes) < 0.15 * Double(before.bytes), "\(before.bytes) \(after.bytes)")
      #expect(after.pictures.map(\.count) == before.pictures.map(\.count))
      for (a, b) in zip(before.pictures.joined(), after.pictures.joined()) {
        #expect(a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 30 }, "\(a) \(b)")
      }
    }

    private static func walk(_ site: Site, _ folder: String) async throws -> Way {
      let links = site.links.map { "'\($0)'" }.joined(separator: ", ")
      return try await PageViews.evaluate(
        """
        (async () => {
          const way = { pictures: [], boxes: [], candidates: 0, bytes: 0 }
          const wait = time => new Promise(done => setTimeout(done, time))
          const canvas = side => {
            const context = Object.assign(document.createElement('canvas'), { width: side, height: side }).getContext('2d')
            context.imageSmoothingQuality = 'high'
            return context
          }
          // In two steps, for a canvas that makes a large picture small at once takes few of its pixels.
          const small = image => {
            const middle = canvas(96), end = canvas(4)
            middle.drawImage(image, 0, 0, 96, 96)
            end.drawImage(middle.canvas, 0, 0, 4, 4)
            return [...end.getImageData(0, 0, 4, 4).data]
          }
          const look = async () => {
            const images = [...document.querySelectorAll('main img')].filter(image => !/\\.svg/.test(image.src))
            for (const image of images) image.loading = 'eager'
            // A decoding ends early where the image takes another candidate.
            await Promise.all(images.map(image => image.decode().catch(() => wait(500))))
            // What lies on other hosts does not come.
            way.pictures.push(images.map(image => image.naturalWidth > 0 ? small(image) : []))
            way.boxes.push(images.map(image => {
              const box = image.getBoundingClientRect()
              return [box.x + scrollX, box.y + scrollY, box.width, box.height].map(Math.round)
            }))
            way.candidates += images.filter(image => image.srcset).length
          }
          await wait(1500); await look(); window.stays = true
          for (const link of [\(links)]) {
            const find = () => [...document.querySelectorAll('a[href]')].find(
              one => new URL(one.href).pathname.replace(/\\.html$|\\/$/, '') === link)
            const found = find()
            if (found) found.click()
            else { history.pushState({}, '', link); dispatchEvent(new PopStateEvent('popstate', { state: {} })) }
            await wait(1500); await look()
            if (!window.stays) throw Error('a new page')
          }
          const files = performance.getEntriesByType('resource').filter(one => /\\.(png|jpe?g|webp|avif)$/.test(one.name))
          way.bytes = files.reduce((sum, one) => sum + one.encodedBodySize, 0)
          return way
        })()
        """, folder, page: site.start, at: .phone, as: Way.self)
    }
  }
}
