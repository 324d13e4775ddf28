import Testing

@testable import PageScanner

/// The strings of scripts in whose place the URL of another file can stand.
@Suite struct ElementSourcesTests {
  struct Case: Sendable {
    var text: String
    var urls: Set<String> = []
    var others: Set<String> = []
    var endings: Set<String> = []
  }

  static let cases = [
    // What an element is created with, and what a bundler hands on.
    Case(text: #"(0,r.jsx)(t.img,{src:"/img/a.jpg",alt:"The hall"})"#, urls: ["/img/a.jpg"]),
    Case(text: #"h("img", { alt: "{", "src": "/img/a.jpg" })"#, urls: ["/img/a.jpg"]),
    Case(
      text: #"u={src:"/m/a.8f04.jpg",height:1279,width:1920,blurDataURL:"data:,"};"#, urls: ["/m/a.8f04.jpg"]),
    Case(text: #"(0,r.jsx)(a(),{src:"/a.jpg",width:600,height:450,alt:""})"#, urls: ["/a.jpg"]),
    Case(text: #"h(n(7).img,{src:"/a.jpg"})"#, urls: ["/a.jpg"]),
    // Candidates decide beside it.
    Case(text: #"h("img",{src:"/img/a.jpg",srcSet:s})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{srcset:s,src:"/img/a.jpg"})"#, others: ["a.jpg"]),
    // Nobody knows what becomes of it.
    Case(text: #"{"src":"/m/a.jpg","height":1279,"width":1920}"#, others: ["a.jpg"]),
    Case(
      text: #"x=[{src:"/m/a.jpg",width:9,height:6},{src:"/m/b.jpg",width:9,height:6}]"#,
      others: ["a.jpg", "b.jpg"]),
    Case(text: #"f([x,{src:"/m/a.jpg",width:9,height:6}])"#, others: ["a.jpg"]),
    Case(text: #"f("a",{src:"/m/a.jpg",width:9,height:6})"#, others: ["a.jpg"]),
    Case(text: #"f(x,y,{src:"/m/a.jpg",width:9,height:6})"#, others: ["a.jpg"]),
    Case(text: #"const a=[{src:"/img/a.jpg",alt:""}]"#, others: ["a.jpg"]),
    Case(text: #"h(Gallery,{src:"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("a",{src:"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:"/img/a.jpg"+x})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:x+"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:y?"/img/a.jpg":"/img/b.jpg"})"#, others: ["a.jpg", "b.jpg"]),
    Case(text: #"h("img",{src:load("/img/a.jpg")})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{href:"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{dataSrc:"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:"img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:"//x.org/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:"/i?url=/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:"\u002Fimg\u002Fa.jpg"})"#, others: ["a.jpg", "u002fa.jpg"]),
    Case(text: #"T1a3,{\"src\":\"/img/a.jpg\",\"alt\":\"\"}"#, others: ["a.jpg"]),
    Case(text: #"["/img/a.jpg"].indexOf(x)"#, others: ["a.jpg"]),
    // Names are looked at.
    Case(text: #"x.replace(".jpg","@2x.jpg")"#, others: ["@2x.jpg"], endings: ["jpg"]),
    Case(text: #"/\.(jpe?g|png)$/i.test(x)"#, endings: ["jpg", "png"]),
    Case(text: #"/\.webp$/.test(x);["gif",'svg']"#, endings: ["webp", "gif", "svg"]),
    Case(text: "", urls: []), Case(text: #"h("img",{src:""#),
    Case(text: #"{src:"/a.jpg""#, others: ["a.jpg"]),
  ]

  @Test(arguments: cases.indices) func areAttributesOfImages(_ index: Int) {
    let item = Self.cases[index]
    let found = ElementSources(in: Array(item.text.utf8))
    #expect(found.urls == item.urls, "\(item.text)")
    #expect(found.others == item.others, "\(item.text)")
    #expect(found.endings == item.endings, "\(item.text)")
  }

  @Test func getTheEndingOfAnotherFile() {
    let text = #"h("img",{src:"/a.jpg",alt:"/a.jpg"});h("img",{src:"/b.jpg",alt:""});h(t.img,{src:"/a.jpg"})"#
    let (changed, count) = ElementSources.adding(
      ["/a.jpg": ".avif", "/c.jpg": ".webp"], to: Array(text.utf8))
    #expect(
      String(decoding: changed, as: UTF8.self)
        == #"h("img",{src:"/a.jpg.avif",alt:"/a.jpg"});h("img",{src:"/b.jpg",alt:""});h(t.img,{src:"/a.jpg.avif"})"#
    )
    #expect(count == 2)
  }

  static let pages: [(text: String, isOther: Bool)] = [
    (#"<img src="/img/a.jpg"><a href='/img/a.jpg'>"#, false), ("<img src=/img/a.jpg>", false),
    (#"<meta property="og:image" content="https://x.org/img/a.jpg">"#, false),
    (#"<script type="application/ld+json">{"image":"/img/a.jpg"}</script>"#, false),
    (#"<style>p { background: url(/img/a.jpg) }</style><p>see a.jpg</p>"#, true),
    (#"<img src="/_next/image?url=%2Fimg%2Fa.jpg&amp;w=64">"#, true),
    (#"<img src="/_ipx/w_2/img/a.jpg">"#, true),
    (#"<img src="/img/a.jpg?v=2">"#, true), (#"<img src="../img/a.jpg">"#, true),
    (#"<script>const a = "/img/a.jpg"</script>"#, true),
    (#"<script>x = "\u002Fimg\u002Fa.jpg"</script>"#, true),
    (#"<SCRIPT src=x.js></SCRIPT><img src="/img/a.jpg">"#, false), ("", false),
  ]

  @Test(arguments: pages.indices) func arePagesOwnMentions(_ index: Int) {
    let (text, isOther) = Self.pages[index]
    let others = PageMentions.otherMentions(in: Array(text.utf8), of: ["a.jpg": "/img/a.jpg"])
    #expect(others == (isOther ? ["a.jpg"] : []), "\(text)")
  }

  @Test(arguments: [
    ("img/b.jpg", false), ("thumbs/a.jpg", true), ("img/a-640.jpg", true), ("img/a.webp", true),
    ("img/a@2x.jpg", true), ("img/ab.jpg", false), ("img/a.jpg.gz", true), ("a/img.jpg", false),
  ])
  func aFileWithARelatedNameIsARelative(_ path: String, _ isRelative: Bool) {
    #expect(RelatedFiles(["img/a.jpg", path]).hasRelative(of: "img/a.jpg") == isRelative)
  }

  @Test func scriptsThatAreNamedByAHash() {
    let md5 = "d41d8cd98f00b204e9800998ecf8427e"
    let list = #"[{"revision":"\#(md5)","url":"/a.js"},{"url":"b.1f.js","revision":null}]"#
    #expect(DigestedNames.scripts(in: Array(list.utf8), isPage: false) == ["a.js"])
    let page = #"<script src="/js/c.mjs" integrity="sha384-abc="></script><script src=d.js></script>"#
    #expect(DigestedNames.scripts(in: Array(page.utf8), isPage: true) == ["c.mjs"])
  }
}
