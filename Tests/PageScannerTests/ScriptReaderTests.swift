import Testing

@testable import PageScanner

/// What a script's text is read to do: `set` or `read` and the selector that the element came by, `?` for one that nobody
/// knows, `this` for a handler's own.
@Suite struct ScriptReaderTests {
  @Test(
    arguments: [
      (##"document.querySelector("#hero").src = url"##, ["set #hero"]),
      (##"const hero = document.querySelector("#hero"); hero.src = url"##, ["set #hero"]),
      ("const hero = document.querySelector('#hero')\nfunction f() { hero.src = url }", ["set #hero"]),
      ("function f() { hero.src = url }\nvar hero = document.getElementById('hero')", ["set #hero"]),
      ("this.img = root.querySelector('.x img'); g(); this.img.src = url", ["set .x img"]),
      ("document.getElementsByClassName('a b')[0].src = url", ["set .a.b"]),
      ("for (const i of document.querySelectorAll('img.z')) { i.src = i.alt }", ["set img.z"]),
      ("document.querySelectorAll('img.z').forEach(i => i.src = i.alt)", ["set img.z"]),
      ("[...document.querySelectorAll('img.z')].map((i, n) => { i.src = n })", ["set img.z"]),
      ("$('img.z').each(function (n, i) { i.src = n })", ["set img.z"]),
      ("document.images[0].src = url", ["set img"]),
      ("$('#main').attr('src', url)", ["set #main"]),
      ("jQuery('#main').prop({alt: '', src: url})", ["set #main"]),
      ("document.getElementById('m').setAttribute('src', url)", ["set #m"]),
      ("document.querySelector('#m')['src'] = url", ["set #m"]),
      ("Object.assign(document.querySelector('#m'), { alt, src: url })", ["set #m"]),
      (
        "const a = document.querySelector('#a') || document.querySelector('#b'); a.src = url",
        ["set #a", "set #b"]
      ),
      ("document.querySelector('#m')?.closest('a').querySelector('img').src = url", ["set img"]),
      ("button.onclick = event => { event.target.src = url }", ["set ?"]),
      ("function show(image) { image.src = url }", ["set ?"]),
      ("this.src = url", ["set this"]),
      ("show(event.target.currentSrc || event.target.src)", ["read ?"]),
      ("const { currentSrc } = image", ["read ?"]),
      ("document.querySelector('#m').currentSrc", ["read #m"]),
      // What a script makes itself is no element of the page.
      ("const zoom = new Image(); zoom.src = url", []),
      ("var e = new Image; e.src = url", []),
      ("a=s.createElement(o),m=s.getElementsByTagName(o)[0];a.async=1;a.src=g;", []),
      ("$('<img>').attr('src', url)", []),
      ("S('<script>').attr(x || {}).prop({ charset: c, src: n.url }).on('load', f)", []),
      ("$('#m').addClass('x').attr('src', url)", ["set #m"]),
      // What only reads, and what is no code.
      ("if (image.src == url || image.src === url) go(image.src)", []),
      ("$('#main').attr('src')", []),
      ("const f = { src: url }; h('img', { src: url })", []),
      ("// image.src = 1\n/* image.src = 2 */ 'image.src = 3'; `image.src = ${4}`; /image.src = 5/g", []),
      ("let x = a / b; image.src = 'x' / 2", ["set ?"]),
      ("`${document.querySelector('#t').src = url}`", ["set #t"]),
    ] as [(String, [String])])
  func finds(script: String, expected: [String]) {
    #expect(Self.text(ScriptReader.read(Array(script.utf8))) == expected.sorted(), "\(script)")
  }

  @Test func tellsWhatConcernsThePage() {
    let text =
      "import './a.js'; import('../b.js'); load(['assets/c.mjs']); history.pushState({}, '', u); e.target.matches('.thumb'); i.parentNode"
    let use = ScriptReader.read(Array(text.utf8))
    #expect(use.imports == ["./a.js", "../b.js", "assets/c.mjs"])
    #expect(use.navigates && use.walksTree && !use.exports)
    #expect(use.selectors == [".thumb"])
  }

  /// Any bytes are read to their end.
  @Test(arguments: [
    "`", "`${", "\"\\", "/*", "/[", "x = {", "}}}}", "a.src", ".src =", "\u{0}\u{1}", "`${`${",
  ])
  func endsWithAnything(text: String) {
    _ = ScriptReader.read(Array(text.utf8))
    _ = ScriptReader.read(Array((text + "a.src = b; " + text).utf8))
  }

  private static func text(_ use: ScriptUse) -> [String] {
    use.touches.map { touch in
      let effect = touch.effect == .setsSource ? "set" : "read"
      switch touch.target {
      case .selected(let selector): return "\(effect) \(selector)"
      case .this: return "\(effect) this"
      case .unknown: return "\(effect) ?"
      }
    }.sorted()
  }
}
