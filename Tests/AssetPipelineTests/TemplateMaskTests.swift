import Testing

@testable import AssetPipeline

struct TemplateMaskTests {
  @Test(arguments: [
    "/a.png 320w, /b.png 640w", "{{ \"/a b.png\" | relative_url }} 320w, {{ x }}/b.png 640w",
    "{% asset a.png %} 2x", "{ not code } {{ open", "",
  ]) func givesBackWhatItMasked(_ value: String) {
    var mask = TemplateMask()
    let masked = mask.mask("before") + mask.mask(value)
    #expect(!masked.contains("}}") && !masked.contains("%}"))
    #expect(mask.written(masked) == "before" + value)
  }

  @Test func leavesNoSpaceInAURL() {
    var mask = TemplateMask()
    let words = mask.mask("{{ \"/a b.png\" | relative_url }} 320w").split(separator: " ")
    #expect(words.count == 2 && mask.written(String(words[0])) == "{{ \"/a b.png\" | relative_url }}")
  }
}
