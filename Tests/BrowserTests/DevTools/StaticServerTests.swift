import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import Browser

struct StaticServerTests {
  @Test func answersAsAHostDoes() throws {
    let folder = try TemporaryFolder(["secret.txt": "secret"])
    for name in ["index.html", "a b/index.html", "post.html", "바다.jpg"] {
      try folder.write("x", to: "site/" + name)
    }
    try folder.link("site/link.txt", to: folder("secret.txt"))
    let root = try SiteRoot(folder("site"))
    let plain = ServedFiles(root: root, baseurl: "")
    let below = ServedFiles(root: root, baseurl: "/blog")
    let file = { (name: String) in ServedFiles.Answer.file(root.absolute(name)) }
    let cases: [(ServedFiles, String, ServedFiles.Answer)] = [
      (plain, "/", file("index.html")), (plain, "/?q=1", file("index.html")),
      (plain, "/a%20b/", file("a b/index.html")), (plain, "/a%20b", .redirect("/a%20b/")),
      (plain, "/post", file("post.html")), (plain, "/%EB%B0%94%EB%8B%A4.jpg", file("바다.jpg")),
      (plain, "/gone", .none), (plain, "/../secret.txt", .none), (plain, "/%2e%2e/secret.txt", .none),
      (plain, "/link.txt", .none), (below, "/blog/", file("index.html")),
      (below, "/blog/post.html", file("post.html")),
      (below, "/blog", .redirect("/blog/")), (below, "/post.html", .none),
      (below, "/blogger/post.html", .none),
    ]
    for (files, target, expected) in cases { #expect(files.answer(to: target) == expected, "\(target)") }
  }

  @Test func writesAddresses() throws {
    let server = try StaticServer(folder: FileManager.default.temporaryDirectory.path, baseurl: "/blog")
    let start = "http://127.0.0.1:\(server.port)/blog"
    #expect(server.url(of: "index.html") == start + "/")
    #expect(server.url(of: "2026/a b.html") == start + "/2026/a%20b.html")
    #expect(server.url(of: "about/index.html") == start + "/about/")
  }
}
