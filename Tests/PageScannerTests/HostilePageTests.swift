import AssetModel
import SiteFiles
import Testing
import TestSupport
import Web

@testable import PageScanner

/// What a small page could make grow without bound, does not.
@Suite struct HostilePageTests {
  private static func scan(_ page: String, _ files: [String: String] = [:]) throws -> [Reference] {
    let all = ["a.jpg": "x", "index.html": "<!doctype html>\(page)"].merging(files) { $1 }
    let folder = try TemporaryFolder(all)
    let site = Site(kind: .html, reason: "", root: folder.path)
    return try PageScanner(root: SiteRoot(folder.path), site: site, excluded: [], jobs: 1).scan().references
  }

  /// Each of them was read as often as there are ways to it.
  @Test func stylesheetsThatTakeInEachOther() throws {
    let imports = { (name: String) in String(repeating: "@import \"\(name)\";", count: 40) }
    let sheets = ["a.css": imports("a.css") + imports("b.css"), "b.css": imports("a.css") + imports("b.css")]
    let chain = Dictionary(
      uniqueKeysWithValues: (0..<9).map { ("c\($0).css", imports("c\($0 + 1).css") + "img{width:10px}") })
    let page = "<link rel=stylesheet href=a.css><link rel=stylesheet href=c0.css><img src=a.jpg>"
    let references = try Self.scan(page, sheets.merging(chain) { $1 })
    #expect(references.map(\.source) == ["a.jpg"])
    #expect(references.first?.display?.obstacle == .unread)
  }

  /// Browsers pass over it, so the others still tell the width.
  @Test func aStylesheetThatTakesInItselfCountsOnce() throws {
    let sheet = "@import \"s.css\";body{margin:0}img{width:10px}"
    let references = try Self.scan("<link rel=stylesheet href=s.css><img src=a.jpg>", ["s.css": sheet])
    #expect(references.first?.display?.obstacle == nil)
    #expect(references.first?.display?.spans.isEmpty == false)
  }

  @Test(arguments: [(100, true), (9_000, false)])
  func candidatesThatRepeatWhatTheirTagSays(_ count: Int, _ areRead: Bool) throws {
    let list = (1...count).map { "a.jpg?\($0) \($0)w" }.joined(separator: ",")
    let page =
      "<img src=a.jpg srcset=\"\(list)\"><picture><source srcset=\"\(list)\"><img src=a.jpg srcset=\"a.jpg 9w\"></picture>"
    let references = try Self.scan(page)
    let images = references.filter { $0.kind == .htmlImage }
    #expect(images.count == 2)
    #expect(images.allSatisfy { ($0.keptBecause == nil) == areRead })
    #expect(references.count { $0.kind == .htmlSource } == (areRead ? 2 * count + 1 : 0))
  }

  @Test func candidatesWithCharacterReferences() throws {
    let list = (1...400).map { "a.jpg?a=1&amp;b=\($0) \($0)w" }.joined(separator: ",")
    #expect(try Self.scan("<img src=a.jpg srcset=\"\(list)\">").count == 401)
  }

  /// Each bracket that closes nothing was looked for among all that are open.
  @Test func bracketsThatCloseNothing() {
    let text = String(repeating: "{", count: 300_000) + String(repeating: "]", count: 300_000)
    #expect(DigestedNames.words(in: Array(text.utf8), isPage: false).isEmpty)
    let named = "{[{]\"a.png\",\"d41d8cd98f00b204e9800998ecf8427e\"}"
    #expect(DigestedNames.words(in: Array(named.utf8), isPage: false) == ["a.png"])
  }

  @Test func filesWithRelatives() {
    let paths = [
      "m/a.jpg", "m/a-640.jpg", "m/b.jpg", "m/bc.jpg", "x/c.jpg", "y/c.jpg", "m/d.jpg", "m/d.webp", "é.png",
    ]
    let files = RelatedFiles(paths.shuffled())
    #expect(
      paths.filter(files.hasRelative)
        == ["m/a.jpg", "x/c.jpg", "y/c.jpg", "m/d.jpg", "m/d.webp"])
  }

  @Test func sourcesOfAPictureWithManyImages() throws {
    let images = String(repeating: "<source srcset=a.jpg><img src=a.jpg>", count: 1_000)
    let tree = try #require(PageTree(Array("<!doctype html><picture>\(images)</picture>".utf8)))
    let last = try #require(tree.nodes.lastIndex { $0.name == "img" })
    #expect(tree.sources(before: last).count == 256)
    let first = try #require(tree.nodes.firstIndex { $0.name == "img" })
    #expect(tree.sources(before: first).count == 1)
  }

  /// Each image inside tells what its path says again.
  @Test func elementsThatSayMuchAroundManyImages() throws {
    let long = (0..<20_000).map { "c\(Character(UnicodeScalar(97 + UInt8($0 % 26))))" }.joined(separator: " ")
    let images = String(repeating: "<img src=a.jpg>", count: 2_000)
    let page =
      "<main class=m><div class=\"\(long)\">\(images)</div><div class=\"\(long) x\">\(images)</div></main>"
    let paths = try Self.scan(page).compactMap(\.display?.path)
    #expect(paths.count == 4_000)
    #expect(Set(paths).count == 2)
    #expect(paths.allSatisfy { $0.hasPrefix("body > main.m > div[digest=") && $0.utf8.count < 200 })
  }

  @Test func layersInLayers() {
    let names = (0..<100_000).map { "a\($0)" }.joined(separator: ",")
    #expect(StyleSheetParser.parse("@layer \(names);", file: "a.css").layers.count == 100_000)
    let deep = String(repeating: "a.", count: 20_000)
    #expect(StyleSheetParser.parse("@layer \(deep)b{img{width:1px}}", file: "a.css").layers.count == 64)
  }
}

/// Pages with as many images as rules for each of them.
@Suite struct ManyRulesTests {
  private static func references(_ rules: String, _ images: String) throws -> [Reference] {
    let folder = try TemporaryFolder([
      "a.jpg": "x", "index.html": "<!doctype html><style>\(rules)</style>\(images)",
    ])
    let site = Site(kind: .html, reason: "", root: folder.path)
    return try PageScanner(root: SiteRoot(folder.path), site: site, excluded: [], jobs: 1).scan().references
  }

  @Test func ofOneElementAreNotAllLookedAt() throws {
    let rules = (0..<20_000).map { "@media (min-width:\($0 % 2_000 + 300)px){img{width:\($0)px}}" }.joined()
    let references = try Self.references(rules, String(repeating: "<img src=a.jpg>", count: 3))
    #expect(references.map(\.display?.obstacle) == [.uncertain, .uncertain, .uncertain])
  }

  @Test func ofManyElementsAreNotAllLookedAt() throws {
    let rules = String(repeating: "img{width:10px}", count: 20_000)
    let images = (0..<3_000).map { "<img id=i\($0) src=a.jpg>" }.joined()
    let references = try Self.references(rules, images)
    #expect(references.count == 3_000)
    #expect(references.first?.display?.obstacle == nil)
    #expect(references.last?.display?.obstacle == .uncertain)
  }

  @Test func aFewAreAllLookedAt() throws {
    let references = try Self.references("img{width:10px}p img{border:0}", "<p><img src=a.jpg></p>")
    #expect(references.first?.display?.obstacle == nil)
    #expect(references.first?.page?.pictureObstacle == nil)
  }
}

/// Texts in which tags begin and never end.
@Suite struct OpenTagTests {
  private static func address(_ files: [String: String]) throws -> String? {
    let folder = try TemporaryFolder(files)
    let root = try SiteRoot(folder.path)
    return PublishedAddress.find(in: root, try PageScanner.listing(of: root, excluding: [])).map {
      $0.origin + $0.path
    }
  }

  @Test func hideNoAddress() throws {
    let head =
      "<LINK rel=canonical href='https://e.org/b/'><link rel=\"stylesheet\" href=\"https://e.org/b/s.css\">"
    let link = "<link rel=icon href=https://e.org/b/i.png>"
    let open = String(repeating: "<link ", count: 50_000)
    let files = ["index.html": head + link + open, "s.css": "", "i.png": "", "sitemap.xml": open]
    #expect(try Self.address(files) == "https://e.org/b")
    let list = "<urlset><url><loc> https://e.org/c/index.html </loc></url></urlset>"
    #expect(try Self.address(["index.html": "x", "sitemap.xml": list]) == "https://e.org/c")
    let feed = "<feed><link href=\"https://e.org/d/index.html\"/><id>tag:x</id></feed>"
    #expect(try Self.address(["index.html": "x", "atom.xml": feed]) == "https://e.org/d")
    let long = "<link rel=icon href=\"https://e.org/\(String(repeating: "a/", count: 20_000))i.png\">"
    #expect(try Self.address(["index.html": long, "i.png": ""]) == nil)
  }

  @Test func hideNoPolicy() throws {
    let open = String(repeating: "<meta ", count: 50_000)
    let meta = "<META http-equiv='Content-Security-Policy' content=\"style-src 'self'\">"
    for (text, forbids) in [
      (open + meta, true), (open + "content-security-policy", false),
      (meta.replacing("'self'", with: "'unsafe-inline'"), false),
    ] {
      let folder = try TemporaryFolder(["_layouts/default.html": text])
      #expect(InlineStylePolicy.isForbidden(inSources: try SiteRoot(folder.path)) == forbids)
    }
  }
}
