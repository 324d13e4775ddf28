import Testing

@testable import AssetModel

@Suite struct LinkFormTests {
  @Test(arguments: [
    (LinkForm(prefix: "/"), "a/x.webp", "/a/x.webp"),
    (LinkForm(prefix: "/blog/"), "a/x.webp", "/blog/a/x.webp"),
    (LinkForm(prefix: "{{ site.baseurl }}/"), "a/x.webp", "{{ site.baseurl }}/a/x.webp"),
    (
      LinkForm(prefix: "{{ \"/", suffix: "\" | relative_url }}"), "a/x.webp",
      "{{ \"/a/x.webp\" | relative_url }}"
    ),
    (LinkForm(prefix: "", base: "2019/08/18"), "a/x.webp", "../../../a/x.webp"),
    (LinkForm(prefix: "", base: "a"), "a/x.webp", "x.webp"),
    (LinkForm(prefix: "", base: "a/b"), "a/c/x.webp", "../c/x.webp"),
    (LinkForm(prefix: "", base: ""), "a/x.webp", "a/x.webp"),
    (LinkForm(prefix: "./", base: "a"), "a/x.webp", "./x.webp"),
    (LinkForm(prefix: "/"), "a b/x,y(1).webp", "/a%20b/x%2Cy%281%29.webp"),
    (LinkForm(prefix: "/"), "사진/x.webp", "/%EC%82%AC%EC%A7%84/x.webp"),
    (LinkForm(prefix: "/", keepsUnicode: true), "사진 1/x.webp", "/사진%201/x.webp"),
    (LinkForm(prefix: "/", tail: "#center"), "a/x.webp", "/a/x.webp"),
    (LinkForm(prefix: "/", mounts: [.init("static")]), "static/a/x.webp", "/a/x.webp"),
    (LinkForm(prefix: "/", mounts: [.init("static")]), "statics/x.webp", "/statics/x.webp"),
    (
      LinkForm(
        prefix: "", base: "posts/one", mounts: [.init("content/posts/one", at: "posts/one"), .init("static")]),
      "content/posts/one/x.png", "x.png"
    ),
    (
      LinkForm(
        prefix: "", base: "posts/one", mounts: [.init("content/posts/one", at: "posts/one"), .init("static")]),
      "static/o/x.webp", "../../o/x.webp"
    ),
    (
      LinkForm(prefix: "/", mounts: [.init("src/img", at: "img"), .init("")]), "src/img/x.webp", "/img/x.webp"
    ),
  ])
  func writesTheAuthorsWay(form: LinkForm, path: String, expected: String) {
    #expect(form.url(of: path) == expected)
  }
}

struct LinkFormPathTests {
  static let forms = [
    LinkForm(prefix: "/"), LinkForm(prefix: "{{ site.baseurl }}/"),
    LinkForm(prefix: "{{ \"/", suffix: "\" | relative_url }}"), LinkForm(prefix: "", base: "posts/2026"),
    LinkForm(prefix: "./", base: "assets"), LinkForm(prefix: "https://example.org/blog/", keepsUnicode: true),
    LinkForm(prefix: "/", mounts: [.init("static"), .init("content", at: "blog")]),
  ]

  @Test(arguments: forms) func isTheInverseOfTheURL(_ form: LinkForm) {
    for path in ["static/a.png", "assets/optimized/한글 (1),2.webp", "content/x/50%.png"] {
      #expect(form.paths(of: form.url(of: path)).contains(path))
    }
  }

  @Test(arguments: [
    (LinkForm(prefix: "/"), "a.png"), (LinkForm(prefix: "", base: "a"), "/a.png"),
    (LinkForm(prefix: "", base: "a"), "https://example.org/a.png"),
    (LinkForm(prefix: "", base: "a"), "../../b.png"), (LinkForm(prefix: "/", suffix: "\" }}"), "/a.png"),
    (LinkForm(prefix: "/"), "/%FF.png"),
  ]) func saysNothingOfOtherForms(_ form: LinkForm, _ url: String) {
    #expect(form.paths(of: url).isEmpty)
  }
}
