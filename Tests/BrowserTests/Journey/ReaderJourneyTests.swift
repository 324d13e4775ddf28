import Foundation
import TestSupport
import Testing

@testable import Browser

@Suite struct PictureChangeTests {
  private static func look(
    _ path: String = "img", shown: Bool = true, visible: Bool = true, gray: Int = 100, x: Double = 0
  ) -> PictureLook {
    PictureLook(
      path: path, isVisible: visible, isShown: shown, file: "/\(gray)",
      pixels: visible && shown ? [gray, gray, gray] : [], box: [x, 0, 10, 10])
  }

  @Test(
    arguments: [
      (look(), look(gray: 110), nil), (look(), look(gray: 130), .wrong),
      (look(), look(shown: false), .broken),
      (look(), look("other"), .missing), (look(), look(x: 5), .moved), (look(), look(x: 0.5), nil),
      // What nobody sees may be anything.
      (look(visible: false), look("other"), nil), (look(shown: false), look(shown: false), nil),
    ] as [(PictureLook, PictureLook, PictureChange.Kind?)])
  func isWhatAReaderSees(before: PictureLook, after: PictureLook, kind: PictureChange.Kind?) {
    #expect(PictureChange.all([before], [after]).first?.kind == kind)
  }
}

/// Journeys through small sites whose scripts change pages.
@Suite(.needsBrowser, .endsAtLast) struct ReaderJourneyTests {
  private static func svg(_ color: String) -> String {
    "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'><rect width='40' height='30' fill='\(color)'/></svg>"
  }

  /// Two pages of one template. A script takes the place of loads: it sets the picture's `src`, as routers do that use an
  /// element again.
  private static func page(_ name: String, _ other: String, attributes: String = "", script: String = "")
    -> String
  {
    """
    <!DOCTYPE html><title>\(name)</title>
    <main><img id=hero src="/\(name).svg" width=40 height=30\(attributes)>
    <button type=button onclick="hero.src = '/blue.svg'">another</button>
    <a href="/posts/\(other).html">\(other)</a></main>
    <script>
    \(script)
    const show = path => { hero.src = '/' + path.split('/').pop().replace('.html', '.svg'); document.title = path;
      document.querySelector('a').href = path.includes('red') ? '/posts/green.html' : '/posts/red.html'; };
    document.querySelector('a').onclick = e => { e.preventDefault(); const path = e.target.getAttribute('href');
      history.pushState(0, '', path); show(path); };
    onpopstate = () => show(location.pathname);
    </script>
    """
  }

  private static func write(
    to folder: TemporaryFolder, _ name: String, attributes: String = "", script: String = ""
  )
    throws
  {
    for (color, other) in ["red": "green", "green": "red"] {
      let added = attributes.replacing("COLOR", with: color)
      try folder.write(
        page(color, other, attributes: added, script: script), to: "\(name)/posts/\(color).html")
    }
    for color in ["red", "green", "blue"] {
      try folder.write(svg(color), to: "\(name)/\(color).svg")
      try folder.write(svg(color) + " ", to: "\(name)/small-\(color).svg")
    }
  }

  private static func walk(_ folder: TemporaryFolder) throws -> ReaderJourney.Outcome {
    let browser = try Browser(program: ChromiumFinder.find(), in: folder.path)
    defer { browser.close() }
    let servers = try ["before", "after"].map { try StaticServer(folder: folder($0)) }
    defer { for server in servers { server.stop() } }
    return try ReaderJourney(browser: browser, before: servers[0], after: servers[1])
      .walk(from: "posts/red.html", steps: 6, at: .phone)
  }

  @Test func otherFilesOfTheSamePicturesAreTheSame() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder, "before")
    try Self.write(to: folder, "after")
    try folder.write(Self.svg("#fa0000"), to: "after/red.svg")
    let outcome = try Self.walk(folder)
    #expect(outcome.isSame, "\(outcome)")
    #expect(outcome.steps == 6 && outcome.pictures == 6)
  }

  /// An added `srcset` goes on showing the picture before, after a link and after a click; a first load does not tell.
  @Test func aPictureThatDoesNotFollowItsPageIsWrong() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder, "before")
    try Self.write(to: folder, "after", attributes: " srcset=\"/small-COLOR.svg 40w\"")
    let outcome = try Self.walk(folder)
    #expect(!outcome.isSame && outcome.count(.wrong) >= 3 && outcome.count(.moved) == 0, "\(outcome)")
    #expect(outcome.changed.allSatisfy { $0.action != "load /posts/red.html" })
    #expect(outcome.changed.contains { $0.action == "buttons on /posts/red.html" })
    #expect(outcome.changed.contains { $0.action == "/posts/red.html -> /posts/green.html" })
  }

  @Test func newErrorsAndWhatIsNotThereAreTold() throws {
    let folder = try TemporaryFolder()
    let known = "console.error('as ever');"
    try Self.write(to: folder, "before", script: known)
    try Self.write(
      to: folder, "after", script: known + "console.error('new'); fetch('/gone.json');")
    let outcome = try Self.walk(folder)
    #expect(outcome.errors == ["new"] && outcome.notFound == ["/gone.json"], "\(outcome)")
    #expect(outcome.changed.isEmpty)
  }

  /// A page that is another each time is not counted.
  @Test func whatChangesByItselfIsLeftOut() throws {
    let folder = try TemporaryFolder()
    let random = "hero.style.marginLeft = Math.random() * 900 + 5 + 'px'; console.error(Math.random());"
    for name in ["before", "after"] { try Self.write(to: folder, name, script: random) }
    let outcome = try Self.walk(folder)
    #expect(outcome.changed.isEmpty, "\(outcome.changed)")
  }

  /// A lazy picture that never comes near the view is never decoded.
  @Test func hiddenPicturesAreNotWaitedForWithoutEnd() throws {
    let folder = try TemporaryFolder()
    for name in ["before", "after"] {
      try Self.write(to: folder, name)
      try folder.write(
        "<!DOCTYPE html><div style='height:50px;width:50px;overflow:hidden;position:fixed;left:-9000px'>"
          + "<img src=/red.svg loading=lazy style='position:absolute;left:-9000px' width=40 height=30></div>"
          + "<a href=/posts/red.html>x</a>",
        to: name + "/posts/red.html")
    }
    let browser = try Browser(program: ChromiumFinder.find(), in: folder.path)
    defer { browser.close() }
    let server = try StaticServer(folder: folder("before"))
    defer { server.stop() }
    // A script that does not end within two minutes is an error.
    let view = try PageVisit(browser: browser, server: server).view("posts/red.html", at: .phone)
    #expect(view.images.count == 1)
  }
}
