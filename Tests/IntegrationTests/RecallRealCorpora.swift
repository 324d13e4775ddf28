import AssetModel
import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// The pictures that pages of the generators of the extra suite show, beside what a scan finds in their sources.
  @Suite(.tags(.realCorpora), .needsRealCorpora("tools/generator", "generators"), .endsAtLast)
  struct RecallRealCorpora {
    @Test(arguments: GeneratorSite.buildable + [.buildableVitePress])
    func everyPictureOfThePagesIsFound(site: GeneratorSite) async throws {
      let folder = try TemporaryFolder()
      let paths = site.files.keys.sorted()
      try site.write(to: folder, name: "site") { path in
        // A file each that no other has the bytes of, and none that a bundler would write into the page.
        try DrawnSite.picture(900, 600, grain: 3 + (paths.firstIndex(of: path) ?? 0)).heavyPNG()
      }
      let scan = try await Product.run(["scan", folder("site"), "--format", "json", "--quiet"])
      try #require(scan.status == 0, "\(scan.errors)")
      let manifest = try JSONDecoder().decode(AssetManifest.self, from: scan.output)
      let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
      let build = try await Command.run(
        RealCorpora.path("tools/generator"), [site.name, folder("site"), folder("built")],
        environment: ["XDG_CACHE_HOME": home + "/.cache", "DOCUSAURUS_NO_PERSISTENT_CACHE": "true"],
        seconds: 300)
      try #require(build.status == 0, "\(build.text.suffix(2_000)) \(build.errors.suffix(2_000))")
      let recall = try Recall(manifest, site: folder("site"), built: folder("built"), theme: [])
      #expect(recall.missed == [], "\(recall.missed)")
      #expect(recall.shown > 1)
      print("\(site): recall \(recall)")
    }
  }
}
