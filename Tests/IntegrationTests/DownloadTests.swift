import Browser
import Foundation
import SizeBudget
import Testing
import TestSupport
import Web

extension IntegrationTests {
  /// What `check` computes that a device downloads, against what a real browser does.
  @Suite(.needsBrowser) struct DownloadTests {
    /// What `--format json` prints of it.
    struct Output: Decodable {
      struct Page: Decodable {
        var path: String
        var images: [PlacedImage]

        /// The files that a device downloads.
        func files(on device: String) -> Set<String> {
          Set(images.filter { $0.role != .metadata }.compactMap { $0.downloads[device]?.file })
        }

        /// The sizes of the files that each device downloads, least first: what does not change as a site is built.
        var bytes: [String: [Int]] {
          images.filter { $0.role != .metadata }.flatMap { $0.downloads }.reduce(into: [:]) { all, download in
            all[download.key, default: []].append(download.value.bytes)
          }.mapValues { Set($0).sorted() }
        }
      }
      var devices: [Screen]
      var pages: [Page]
    }

    static func check(_ site: String) async throws -> Output {
      let command = try await Product.run(["check", site, "--format", "json", "--no-cache"])
      return try JSONDecoder().decode(Output.self, from: command.output)
    }

    /// The paths of the images that came over the wire, in the built site.
    private static func fetched(_ view: PageView) -> Set<String> {
      Set(
        view.fetched.keys.map { url in
          String(url.prefix { $0 != "?" }.dropFirst()).removingPercentEncoding ?? url
        })
    }

    /// What is in one set alone, an image's name without its width and digest standing for any of its files.
    private static func differences(
      _ computed: Set<String>, _ fetched: Set<String>
    ) -> (computed: Set<String>, fetched: Set<String>) {
      func image(_ file: String) -> String { file.replacing(/-\d+w-[0-9a-f]{8}\.\w+$/, with: "") }
      return (Set(computed.subtracting(fetched).map(image)), Set(fetched.subtracting(computed).map(image)))
    }

    @Test func theCasesAreWhatTheBrowserDoes() async throws {
      let folder = try TemporaryFolder()
      for image in DownloadCase.images { try folder.write(DownloadCase.image, to: "i/\(image).svg") }
      for (index, item) in DownloadCase.all.enumerated() {
        try folder.write(item.html, to: "\(index)/index.html")
        for image in DownloadCase.images {
          try folder.write(DownloadCase.image, to: "\(index)/i/\(image).svg")
        }
        for (path, text) in item.sheets { try folder.write(text, to: "\(index)/\(path)") }
      }
      let pages = DownloadCase.all.indices.map { "\($0)/index.html" }
      let screens: [(Screen, (DownloadCase) -> Set<String>)] = [
        (.phone, \.phone), (Screen(width: 1_920, height: 1_080, density: 1), \.desktop),
      ]
      for (viewport, expected) in screens {
        let views = try await PageViews.measure(folder.path, pages: pages, at: viewport)
        for (item, view) in zip(DownloadCase.all, views) {
          let names = Self.fetched(view).map { String($0.split(separator: "/").last?.dropLast(4) ?? "") }
          #expect(Set(names) == expected(item), "\(item) at \(viewport)")
        }
      }
    }

    /// The table that `SourceSet` is held against, as the browser of this machine chooses.
    @Test func theRecordedChoicesAreThisBrowsers() async throws {
      let path = Project.root + "/Tests/WebTests/ImageSelection/choices.json"
      let json = try Data(contentsOf: URL(fileURLWithPath: path))
      struct Table: Decodable {
        struct Size: Decodable { var width, height, density: Double }
        struct Case: Decodable { var chosen: [String?] }
        var screens: [Size]
        var cases: [Case]
      }
      let table = try JSONDecoder().decode(Table.self, from: json)
      let folder = try TemporaryFolder()
      try folder.write("<!doctype html><body>", to: "index.html")
      try FileManager.default.copyItem(atPath: path, toPath: folder("choices.json"))
      for (index, screen) in table.screens.enumerated() {
        let viewport = Screen(
          width: Int(screen.width), height: Int(screen.height), density: screen.density)
        let chosen = try await PageViews.evaluate(
          Self.choosing, folder.path, page: "index.html", at: viewport, as: [String?].self)
        for (number, (item, chosen)) in zip(table.cases, chosen).enumerated() {
          #expect(item.chosen[index] == chosen, "case \(number) at \(viewport)")
        }
      }
    }

    private static let choosing = """
      (async () => {
        const { cases } = await (await fetch('choices.json')).json();
        return Promise.all(cases.map(async c => {
          const set = (e, o) => {
            for (const k of ['srcset', 'sizes', 'media', 'type', 'src']) if (o[k] != null) e.setAttribute(k, o[k]);
          };
          const image = document.createElement('img');
          const root = c.sources ? document.createElement('picture') : image;
          for (const s of c.sources || []) { const e = document.createElement('source'); set(e, s); root.append(e); }
          if (root !== image) root.append(image);
          set(image, c);
          document.body.append(root);
          for (let n = 0; n < 100 && !image.complete; n++) await new Promise(done => setTimeout(done, 20));
          const url = image.currentSrc;
          return url === '' ? null : decodeURIComponent(url.replace(location.origin + '/', ''));
        }));
      })()
      """

    @Test(.needsJekyll, arguments: [BlogCase.sample]) func pagesDownloadWhatCheckSays(_ blog: BlogCase)
      async throws
    {
      let builds = try await BlogBuilds(blog, markup: nil)
      let posts = try await Self.check(builds.folder("staged"))
      var isChoiceSeen = false
      var differing = 0
      for built in [builds.before, builds.after] {
        let output = try await Self.check(built)
        #expect(output.devices.map(\.name) == ["phone", "tablet", "laptop", "desktop"])
        for device in output.devices {
          let viewport = Screen(width: device.width, height: device.height, density: device.density)
          let pages = output.pages.map(\.path)
          let views = try await PageViews.measure(built, pages: pages, at: viewport)
          for (page, view) in zip(output.pages, views) {
            let fetched = Self.fetched(view)
            let (more, less) = Self.differences(page.files(on: device.name), fetched)
            #expect(more == less, "\(page.path) on \(device.name)")
            differing += more.isEmpty ? 0 : 1
            guard built == builds.after else { continue }
            // A post's page shows what the post says, and what its layout adds.
            let stem = page.path.split(separator: "/").last?.dropLast(5) ?? ""
            guard let post = posts.pages.first(where: { $0.path.hasSuffix(stem + ".md") }) else { continue }
            isChoiceSeen = isChoiceSeen || post.files(on: "phone") != post.files(on: "desktop")
            let ofPost = Self.differences(post.files(on: device.name), fetched)
            #expect(ofPost.computed.isSubset(of: ofPost.fetched), "\(post.path) on \(device.name)")
          }
        }
      }
      // With sizes="auto" a browser knows of two images that a rule makes them narrower than their column.
      #expect(differing <= 2)
      #expect(isChoiceSeen)
    }
  }
}
