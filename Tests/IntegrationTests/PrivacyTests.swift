import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Where pictures were taken, in what is published.
  @Suite struct PrivacyTests {
    /// The latitude in the notes of ``TIFFBuilder``.
    private static let latitude = Data([0, 0, 0, 50, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1])

    /// A site with a picture that a post shows, one that it links to, and one that nothing names.
    private func site(_ configuration: String = "", pages: Bool = false) throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      for (name, grain) in [("shown", 3), ("linked", 5), ("lonely", 7)] {
        let picture = try DrawnSite.picture(500, 400, grain: grain).jpeg(quality: 90, chroma: .full)
        try folder.write(TIFFBuilder.noted(picture), to: "site/assets/\(name).jpg")
      }
      try folder.write("quality: fixed\nwidths: [200]\n" + configuration, to: "site/optimize-assets.yml")
      guard !pages else {
        try folder.write(
          "<!DOCTYPE html><p>One\n<p><img src=\"/assets/shown.jpg\" alt=\"a\"> <a href=\"/assets/linked.jpg\">b</a>",
          to: "site/index.html")
        return folder
      }
      try folder.write("title: Private\n", to: "site/_config.yml")
      try folder.write(
        "---\ntitle: One\n---\n\n![a](/assets/shown.jpg) and [b](/assets/linked.jpg)\n",
        to: "site/_posts/2026-01-01-one.md")
      return folder
    }

    /// The files below a folder that tell the latitude.
    private func telling(_ folder: String) throws -> [String] {
      try FileTree.files(below: folder).map(\.path).filter {
        try FileAccess.read(folder + "/" + $0).range(of: Self.latitude) != nil
      }
    }

    private static let all = ["assets/linked.jpg", "assets/lonely.jpg", "assets/shown.jpg"]

    @Test("A copy has none, and the next run leaves it alone", arguments: [false, true])
    func staged(_ pages: Bool) async throws {
      let folder = try site(pages: pages)
      let first = try await Product.optimize(folder("site"), "--output", folder("out"))
      #expect(first.summary.variants > 0)
      #expect(try telling(folder("site")) == Self.all)
      #expect(try telling(folder("out")) == [])
      for name in Self.all {
        let (before, after) = try (
          FileAccess.read(folder("site/" + name)), FileAccess.read(folder("out/" + name))
        )
        #expect(before.count == after.count && before != after)
        // All that follows the notes: the picture.
        #expect(before.suffix(before.count - 700) == after.suffix(after.count - 700))
        #expect(after.range(of: Data("MAKERNAME".utf8)) != nil)
      }
      #expect(first.manifest.problems.filter { $0.rule == .location } == [])

      let stamps = try TreeState.stamps(of: folder("out"))
      // With nothing to do, with a post to do, and without what earlier runs remember.
      for arguments in [[], ["--quiet"], ["--no-cache"]] {
        if arguments == ["--quiet"] { try folder.write("p { }", to: "site/new.css") }
        #expect(try await Product.run([folder("site"), "--output", folder("out")] + arguments).status == 0)
        let now = try TreeState.stamps(of: folder("out"))
        let changed = TreeState.differences(stamps, now).filter { $0.hasSuffix(".jpg") }
        #expect(changed == [], "\(arguments)")
        #expect(try telling(folder("out")) == [], "\(arguments)")
      }
    }

    @Test("privacy: keep publishes originals as they are, and back again")
    func keep() async throws {
      let folder = try site()
      for (privacy, expected) in [("remove", []), ("keep", Self.all), ("remove", [])] {
        try folder.write(
          "quality: fixed\nwidths: [200]\nprivacy: \(privacy)\n", to: "site/optimize-assets.yml")
        try await Product.optimize(folder("site"), "--output", folder("out"))
        #expect(try telling(folder("out")) == expected, "\(privacy)")
      }
    }

    @Test(
      "In place originals stay, and each that is shown is a warning with its line", arguments: [false, true])
    func inPlace(_ pages: Bool) async throws {
      let folder = try site(pages: pages)
      let report = try await Product.optimize(folder("site"), "--in-place")
      #expect(try telling(folder("site")) == Self.all)
      let found = report.manifest.problems.filter { $0.rule == .location }
      #expect(found.map(\.file) == [pages ? "index.html" : "_posts/2026-01-01-one.md"])
      #expect(found.map(\.line) == [pages ? 2 : 5])
      #expect(found.allSatisfy { $0.severity == .warning && $0.message.contains("assets/shown.jpg") })

      let kept = try site("privacy: keep\n", pages: pages)
      let quiet = try await Product.optimize(kept("site"), "--in-place")
      #expect(quiet.manifest.problems.filter { $0.rule == .location } == [])
    }

    @Test("What cannot be taken out is published with a warning")
    func impossible() async throws {
      let folder = try site()
      let jpeg = try DrawnSite.picture(300, 200, grain: 2).jpeg(quality: 90, chroma: .full)
      let packet = Data("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><a exif:GPSLatitude='50,5.5N'".utf8)
      let segment = Data([0xFF, 0xE1, 0, UInt8(packet.count + 2)]) + packet
      try folder.write(jpeg.prefix(2) + segment + jpeg.dropFirst(2), to: "site/assets/shown.jpg")
      for _ in 0..<2 {
        let report = try await Product.optimize(folder("site"), "--output", folder("out"))
        let found = report.manifest.problems.filter { $0.rule == .location }
        #expect(found.map(\.file) == ["_posts/2026-01-01-one.md"] && found.map(\.line) == [5])
        try folder.write("p { }", to: "site/new.css")
      }
    }
  }
}
