import Testing

@testable import PageScanner

/// The strings of scripts in whose place the URL of another file can stand.
@Suite struct ElementSourcesTests {
  struct Case: Sendable {
    var text: String
    var urls: Set<String> = []
    var listed: Set<String> = []
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
    Case(text: #"h("img",{src:"/img/a.jpg",srcSet:s})"#, listed: ["a.jpg"]),
    Case(text: #"h("img",{srcset:s,src:"/img/a.jpg"})"#, listed: ["a.jpg"]),
    Case(text: #"{"fallback":{"src":"/a.jpg","srcSet":"/a.jpg 9w"},"x":1}"#, listed: ["a.jpg"]),
    Case(text: #"'<img alt="" src="/a.jpg" srcset="' + s + '">'"#, listed: ["a.jpg"]),
    Case(text: #"'<picture><source srcset="' + s + '"><img src="/a.jpg"></picture>'"#, listed: ["a.jpg"]),
    // Values that are called what pictures are called.
    Case(text: #"{"src":"/m/a.jpg","height":1279,"width":1920}"#, urls: ["/m/a.jpg"]),
    Case(
      text: #"x=[{src:"/m/a.jpg",width:9,height:6},{src:"/m/b.jpg",width:9,height:6}]"#,
      urls: ["/m/a.jpg", "/m/b.jpg"]),
    Case(text: #"JSON.parse('{"hero":{"image":{"src":"/a.jpg","alt":""},"x":1}}')"#, urls: ["/a.jpg"]),
    Case(text: #""{\"cover_image\":\"/a.jpg\",\"b\":1}""#, urls: ["/a.jpg"]),
    Case(text: #"const frontmatter={title:"A",image:"/a.jpg"}"#, urls: ["/a.jpg"]),
    Case(text: #"{"link":"/a.jpg"}"#, others: ["a.jpg"]), Case(text: #"{"id":"/a.jpg"}"#, others: ["a.jpg"]),
    Case(text: #"{"icons":[{"src":"/a.png","type":"image/png"}]}"#, others: ["a.png"]),
    Case(text: #"{"images":["/a.jpg"]}"#, others: ["a.jpg"]),
    Case(text: #"[{"image":2},"/a.jpg"]"#, others: ["a.jpg"]),
    // Markup in a string.
    Case(text: #"{"html":"<p><img src=\"/a.jpg\" alt=\"x\"></p>"}"#, urls: ["/a.jpg"]),
    Case(text: #"t('<img alt="" src="/a.jpg">')"#, urls: ["/a.jpg"]),
    Case(text: #"t('<a href="/a.jpg"><img src="/a.jpg"></a>')"#, urls: ["/a.jpg"]),
    Case(text: #"t('<a href="/a.jpg">x</a>')"#),
    Case(text: #"{"og":"https://x.org/img/a.jpg"}"#),
    Case(text: #"t('<img data-src="/a.jpg" src="/b.jpg">')"#, others: ["a.jpg", "b.jpg"]),
    Case(text: #"t('<source src="/a.jpg">')"#, others: ["a.jpg"]),
    Case(text: #"image.src="/a.jpg""#, others: ["a.jpg"]),
    // A constant, by all that is done with it.
    Case(text: #"const a="/a.jpg";h("img",{src:a,alt:""})"#, urls: ["/a.jpg"]),
    Case(text: #"const a="/a.jpg",b=1;h("img",{src:a,srcset:s});x.a={a:2}"#, listed: ["a.jpg"]),
    Case(text: #"const a="/a.jpg";t('<p><img src="'+a+'" alt="a"></p>')"#, urls: ["/a.jpg"]),
    Case(text: #"const a="/a.jpg";t(`<img src="${a}" srcset="x 2w">`)"#, listed: ["a.jpg"]),
    Case(text: #"const a="/a.jpg";t('<img src="'+a+'">');h("img",{src:a,srcset:s})"#, others: ["a.jpg"]),
    Case(text: #"const a="/a.jpg";h("img",{src:a});load(a)"#, others: ["a.jpg"]),
    Case(text: #"import{a as b,c}from"./x.js";const a="/a.jpg";h("img",{src:a})"#, urls: ["/a.jpg"]),
    Case(text: #"export default"/a.jpg""#, others: ["a.jpg"]),
    Case(text: #"const a="/a.jpg";h("img",{src:a+"?x"})"#, others: ["a.jpg"]),
    Case(text: #"const a="/a.jpg";{const a="/b.jpg";h("img",{src:a})}"#, others: ["a.jpg", "b.jpg"]),
    Case(text: #"const a="/a.jpg""#, listed: ["a.jpg"]),
    // Nobody knows what becomes of it.
    Case(text: #"h("img",{src:"/img/a.jpg"+x})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:x+"/img/a.jpg"})"#, others: ["a.jpg"]),
    Case(text: #"h("img",{src:y?"/img/a.jpg":"/img/b.jpg"})"#, others: ["a.jpg", "b.jpg"]),
    Case(text: #"h("img",{src:load("/img/a.jpg")})"#, others: ["a.jpg"]),
    Case(text: "1:[\"$\",\"p\"]\n2:T1f,{\"src\":\"/a.jpg\"}", others: ["a.jpg"]),
    Case(text: #"self.__next_f.push([1,"{\"src\":\"/a.jpg\"}"])"#, others: ["a.jpg"]),
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

  @Test(arguments: cases.indices) func areWhatShowsAPicture(_ index: Int) {
    let item = Self.cases[index]
    let found = ElementSources(in: Array(item.text.utf8))
    #expect(found.urls == item.urls, "\(item.text)")
    #expect(found.listed == item.listed, "\(item.text)")
    #expect(found.others == item.others, "\(item.text)")
    #expect(found.endings == item.endings, "\(item.text)")
  }

  /// What becomes of a constant that a module exports is for the modules to say that import it.
  @Test func constantsGoFromModuleToModule() {
    let module = Array(#"const a="/a.jpg",b="/b.jpg";export{b as _,a}"#.utf8)
    #expect(ElementSources(in: module).exported == ["_": "/b.jpg", "a": "/a.jpg"])
    let page = Array(#"import{_ as l,a}from"./chunks/c.js";h("img",{src:l,srcset:s});h("img",{src:a})"#.utf8)
    let uses = ScriptConstants.uses(ofImportsFrom: "c.js", in: page)
    #expect(uses == ["_": [.listed], "a": [.shown]])
    #expect(ScriptConstants.uses(ofImportsFrom: "d.js", in: page).isEmpty)
    let late = Array(#"import("./chunks/c.js")"#.utf8)
    #expect(ScriptConstants.uses(ofImportsFrom: "c.js", in: late) == ["*": [.other]])
    #expect(ElementSources(in: Array(#"const a="/a.jpg";export{a};load(a)"#.utf8)).others == ["a.jpg"])
  }

  /// What readers of a payload count, or other programs read, stays.
  @Test func payloadsStay() {
    let found = ElementSources(ofPayload: Array(#"0:["$","img",null,{"src":"/a.jpg"}]"#.utf8))
    #expect(found.urls.isEmpty && found.others == ["a.jpg"])
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
