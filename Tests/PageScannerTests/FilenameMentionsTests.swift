import Testing

@testable import PageScanner

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
