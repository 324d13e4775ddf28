import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// Positions outside of a picture's own metadata, in what is published.
  @Suite struct HiddenPositionRunTests {
    private static let coordinates = "+50.0757+014.4378/"

    private static func box(_ name: [UInt8], _ content: Data) -> Data {
      let length = content.count + 8
      return Data([0, 0, UInt8(length >> 8), UInt8(length & 0xFF)]) + Data(name) + content
    }

    private static let video: Data = {
      let value = Data([0, 18, 0x15, 0xC7]) + Data(coordinates.utf8)
      return box(Array("ftyp".utf8), Data("isom\0\0\0\0".utf8))
        + box(
          Array("moov".utf8), box(Array("udta".utf8), box([0xA9] + Array("xyz".utf8), value)))
    }()

    private static let svg = """
      <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><metadata><rdf:RDF>
      <rdf:Description exif:GPSLatitude="\(coordinates)"/></rdf:RDF></metadata></svg>
      """

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder()
      let jpeg = try DrawnSite.picture(500, 400, grain: 3).jpeg(quality: 90, chroma: .full)
      try folder.write(jpeg + Self.video, to: "site/assets/motion.jpg")
      try folder.write(jpeg + Self.video, to: "site/assets/lonely.jpg")
      try folder.write(Self.video, to: "site/assets/film.mp4")
      try folder.write(Self.svg, to: "site/assets/map.svg")
      try folder.write(Self.svg, to: "site/assets/lonely.svg")
      try folder.write(
        Data([0, 0, 0, 12]) + Data("JXL \r\n".utf8) + Data([0x87, 0x0A])
          + Self.box(Array("brob".utf8), Data("Exif".utf8) + Data([1, 2])),
        to: "site/assets/new.jxl")
      try folder.write("quality: fixed\nwidths: [200]\n", to: "site/optimize-assets.yml")
      try folder.write("title: Private\n", to: "site/_config.yml")
      try folder.write(
        "---\ntitle: One\n---\n\n![a](/assets/motion.jpg)\n\n![b](/assets/map.svg)\n\n![c](/assets/new.jxl)\n",
        to: "site/_posts/2026-01-01-one.md")
      return folder
    }

    private func telling(_ folder: String) throws -> [String] {
      try FileTree.files(below: folder).map(\.path).filter {
        try FileAccess.read(folder + "/" + $0).range(of: Data(Self.coordinates.utf8)) != nil
      }
    }

    @Test("A copy has none, what is not read is one warning, and the next run leaves it alone")
    func staged() async throws {
      let folder = try site()
      for _ in 0..<2 {
        let report = try await Product.optimize(folder("site"), "--output", folder("out"))
        #expect(try telling(folder("site")).count == 5)
        #expect(try telling(folder("out")) == [])
        for name in ["motion.jpg", "film.mp4", "map.svg"] {
          let (before, after) = try (
            FileAccess.read(folder("site/assets/" + name)), FileAccess.read(folder("out/assets/" + name))
          )
          #expect(before.count == after.count && before != after, "\(name)")
        }
        let found = report.manifest.problems.filter { $0.rule == .location }
        #expect(found.map(\.file) == ["_posts/2026-01-01-one.md"] && found.map(\.line) == [9])
        #expect(found.first?.message.contains("what may tell where it was taken") == true)
        try folder.write("p { }", to: "site/new.css")
      }
      let stamps = try TreeState.stamps(of: folder("out"))
      #expect(try await Product.run([folder("site"), "--output", folder("out"), "--no-cache"]).status == 0)
      let changed = try TreeState.differences(stamps, TreeState.stamps(of: folder("out")))
      #expect(changed.filter { $0.hasPrefix("assets/") && !$0.hasPrefix("assets/optimized") } == [])
    }

    @Test("In place, each that is shown is a warning with its line")
    func inPlace() async throws {
      let folder = try site()
      let report = try await Product.optimize(folder("site"), "--in-place")
      let found = report.manifest.problems.filter { $0.rule == .location }
      #expect(found.map(\.line) == [5, 7, 9])
      #expect(try telling(folder("site")).count == 5)
    }
  }
}
