import AssetCache
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import AssetPipeline

@Suite struct CachePlaceTests {
  private let site: TemporaryFolder
  private let root: SiteRoot

  init() throws {
    site = try TemporaryFolder()
    try FileAccess.makeFolder(site("inner"))
    try site.link("out", to: "/")
    root = try SiteRoot(site.path)
  }

  @Test(
    arguments: [
      ("", .standard), ("cache: true", .standard), ("cache: false", .off),
      ("cache: .cache", .folder(".cache")),
      ("cache: a/../b", .folder("a/../b")),
    ] as [(String, CacheLocation)])
  func reads(yaml: String, place: CacheLocation) throws {
    #expect(try Configuration(yaml: yaml, file: "c.yml").cache == place)
  }

  @Test(arguments: ["cache: /tmp/c", "cache: ../c", "cache: a/../../c", "cache: .", "cache: ''"])
  func aSiteNamesNoFolderOutsideOfIt(yaml: String) {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml: yaml, file: "c.yml") }
    #expect(
      error?.description
        == "c.yml:1:8: error: cache must name a folder inside the site, or be false"
        + " (for example .cache/optimize-assets; --cache takes any folder)")
  }

  @Test func resolves() throws {
    let environment = ["HOME": "/home/ana"]
    func folder(_ place: CacheLocation) throws -> String? {
      var configuration = Configuration()
      configuration.cache = place
      return try configuration.cacheFolder(site: root, environment: environment)
    }
    #expect(try folder(.off) == nil)
    #expect(try folder(.standard) == CacheFolder.standard(for: root.path, environment: environment))
    #expect(try folder(.folder("/ci/cache/")) == "/ci/cache")
    #expect(try folder(.folder("a/../.cache/x")) == root.path + "/.cache/x")
    #expect(try folder(.folder("inner/x")) == root.path + "/inner/x")
    // A link in the site leads out of it, whatever lies behind it.
    for place in ["out", "out/tmp", "out/tmp/not-there-yet"] {
      #expect(throws: ConfigurationError.self) { try folder(.folder(place)) }
    }
  }
}
