import AssetCache
import SiteFiles
import Testing

@Suite("The cache")
struct AssetCacheTests {
  @Test("A digest is known for the stamp it was noted with and no other")
  func digests() {
    let cache = AssetCache(folder: nil)
    let stamp = FileStamp(bytes: 3, modified: 1, inode: 7)
    cache.note(digest: "abc", of: "/site/a.png", stamp)
    #expect(cache.digest(of: "/site/a.png", stamp) == "abc")
    #expect(cache.digest(of: "/site/a.png", FileStamp(bytes: 3, modified: 2, inode: 7)) == nil)
    #expect(cache.digests(below: "/site")["a.png"]?.sha256 == "abc")
  }
}
