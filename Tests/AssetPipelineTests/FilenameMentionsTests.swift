import Testing

@testable import AssetPipeline

struct NamedFilesTests {
  @Test(arguments: [
    ("background: url(/assets/a.png)", ["a.png"]),
    ("image: 'My Photo.JPG'", ["photo.jpg"]),
    ("![](/a/%ED%95%9C.webp?v=2)", ["한.webp"]),
    ("srcset=\"/a/x&#95;y-320w.webp 320w,/b.avif 2x\"", ["x_y-320w.webp", "b.avif"]),
    ("{\"src\": \"img\\/logo.svg\"}", ["logo.svg"]),
    ("require('./pic.jpeg')", ["pic.jpeg"]),
    ("a.pngx .png x.html 3.14", []),
    ("no.name.gif", ["no.name.gif"]),
    ("[x](photo (1).png)", [".png"]),
  ]) func findsNames(_ text: String, _ names: [String]) {
    #expect(FilenameMentions.words(in: Array(text.utf8)) == Set(names))
  }

  @Test(arguments: [
    ("assets/My Photo.JPG", "photo.jpg"), ("a(1).png", ".png"), ("한글.png", "한글.png"),
    ("e\u{301}.png", "é.png"),
  ]) func findsAFileByItsLastWord(_ path: String, _ word: String) {
    #expect(FilenameMentions.word(of: path) == word)
  }
}

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
