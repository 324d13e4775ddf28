import AssetModel
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("assets/banners/**", "assets/banners/a.jpg", true),
    ("assets/banners/**", "assets/banners/x/a.jpg", true),
    ("assets/banners/**", "assets/heroes/a.jpg", false), ("*.png", "a/b.png", true),
    ("a/?.png", "a/사.png", true),
    ("a/[!b].png", "a/b.png", false), ("", "a", false), ("a/사진*", "a/사진 1.png", true),
  ])
  func matches(pattern: String, path: String, expected: Bool) {
    #expect(Glob.matches(pattern, path) == expected)
  }
}
