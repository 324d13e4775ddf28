import AssetModel
import Browser
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// New files beside their sources, as a browser shows both.
  @Suite(.needsBrowser) struct FidelityTests {
    /// A page with pictures, and what a run made of it.
    private struct Site {
      let folder: TemporaryFolder
      let report: OptimizeReport
    }

    private func site(_ pictures: [(name: String, data: Data)]) async throws -> Site {
      let folder = try TemporaryFolder()
      var post = "---\ntitle: Pictures\n---\n"
      for (name, data) in pictures {
        try folder.write(data, to: "site/p/" + name)
        post += "\n![a picture](</p/\(name)>)\n"
      }
      try folder.write("title: Pictures\n", to: "site/_config.yml")
      try folder.write("<!DOCTYPE html><title>Nothing</title>", to: "site/empty.html")
      try folder.write(post, to: "site/_posts/2026-01-01-pictures.md")
      try folder.write(
        "quality: 95\nwidths: [5000]\nmarkup: picture\nformats: {webp: {effort: 2}}\n",
        to: "site/optimize-assets.yml")
      let run = try await Product.run(
        [folder("site"), "--output", folder("out"), "--format", "json", "--quiet"])
      let report = try JSONDecoder().decode(OptimizeReport.self, from: run.output)
      #expect(report.manifest.problems.filter { $0.severity == .error } == [])
      return Site(folder: folder, report: report)
    }

    /// What a browser shows of some files of a folder.
    private func pixels(of paths: [String], in folder: String) async throws -> [String: BrowserPixels] {
      let program = try #require(Programs.chromium)
      let profile = try TemporaryFolder()
      return try await withCheckedThrowingContinuation { done in
        DispatchQueue(label: "optimize-assets.tests.pixels").async {
          done.resume(
            with: Result {
              let server = try StaticServer(folder: folder)
              defer { server.stop() }
              let browser = try Browser(program: program, in: profile.path)
              defer { browser.close() }
              browser.admit(server)
              let tab = try browser.open()
              try tab.go(to: server.url(of: "empty.html"))
              var all: [String: BrowserPixels] = [:]
              for path in paths {
                let text = try? tab.evaluate(BrowserPixels.script("/" + path), as: String.self)
                all[path] = text.flatMap(BrowserPixels.init)
              }
              return all
            })
        }
      }
    }

    @Test func newFilesLookAsTheirSources() async throws {
      let pictures = try OddPicture.all()
      let site = try await site(pictures.map { ($0.name, $0.data) })
      let manifest = site.report.manifest
      let shown = try await pixels(
        of: pictures.map { "p/" + $0.name } + manifest.variants.map(\.path), in: site.folder("out"))
      for picture in pictures {
        let path = "p/" + picture.name
        let variants = manifest.variants.filter { $0.source == path }
        let warnings = manifest.problems.filter { $0.file == path && $0.severity == .warning }
        if let words = picture.warning {
          #expect(variants.isEmpty, "\(picture.name) is left alone")
          #expect(warnings.count == 1 && warnings[0].message.contains(words), "\(picture.name): \(warnings)")
          print("left alone: \(warnings.map(\.description).joined())")
          continue
        }
        if picture.name == "fading.png" { #expect(!variants.contains { $0.format == .avif }) }
        #expect(!variants.isEmpty, "\(picture.name): \(manifest.problems.filter { $0.file == path })")
        let source = try #require(shown[path], "\(picture.name)")
        for variant in variants {
          let made = try #require(shown[variant.path], "\(variant.path)")
          let difference = made.difference(from: source)
          let size = "\(made.width)x\(made.height) beside \(source.width)x\(source.height)"
          #expect(
            difference.map { $0.mean < picture.mean && $0.most < picture.most } == true,
            "\(picture.name) as \(variant.format): \(difference.map { "\($0)" } ?? size)")
        }
      }
    }

    @Test(
      .tags(.realCorpora), .needsRealCorpora("cases/pictures", "fixtures/cmyk"),
      arguments: [
        "cases/pictures", "fixtures/cmyk", "fixtures/png-16bit", "fixtures/png-gray-palette-alpha",
        "fixtures/avif",
        "fixtures/exif-orientation-odd", "fixtures/gif-static", "fixtures/icc-wide-gamut",
        "fixtures/webp-still",
      ])
    func realCorporaLookAsTheirSources(_ name: String) async throws {
      let folder = RealCorpora.path(name)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter {
        ["png", "jpg", "avif", "webp", "gif"].contains(($0 as NSString).pathExtension)
      }
      let site = try await site(names.map { ($0, try FileAccess.read(folder + "/" + $0)) })
      let manifest = site.report.manifest
      let shown = try await pixels(
        of: names.map { "p/" + $0 } + manifest.variants.map(\.path), in: site.folder("out"))
      for name in names {
        let variants = manifest.variants.filter { $0.source == "p/" + name }
        let found = manifest.problems.filter { $0.file == "p/" + name && $0.severity != .note }
        print("\(name): \(variants.count) files, \(found.map(\.message))")
        // What no browser shows has nothing to be compared with.
        guard let source = shown["p/" + name] else { continue }
        for variant in variants {
          let difference = try #require(shown[variant.path]).difference(from: source)
          #expect(
            difference.map { $0.mean < 1.5 && $0.most < 8 } == true,
            "\(name) as \(variant.format): \(String(describing: difference))")
        }
      }
    }
  }
}
