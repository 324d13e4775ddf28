import AssetModel
import Foundation
import Testing
import TestSupport

@testable import PostScanner

@Suite struct FrontMatterTests {
  @Test(arguments: [
    ("image: /assets/x.png\n", ["image"]),
    ("image: \"/assets/x.png\" # why\n", ["image"]),
    ("image: 'assets/x.png'\n", ["image"]),
    ("header:\n  teaser: /assets/x.png\n", ["header.teaser"]),
    ("image:\n  path: /assets/x.png\n  alt: b\n", ["image.path"]),
    (
      "gallery:\n  - url: /assets/x.png\n    image_path: /assets/x.png\n",
      ["gallery.0.url", "gallery.0.image_path"]
    ),
    ("images: [/assets/x.png, '/assets/x.png']\n", ["images.0", "images.1"]),
    ("title: 한글 제목\r\ncover: /assets/x.png\r\n", ["cover"]),
    ("image: &a /assets/x.png\nthumbnail: *a\n", ["image"]),
    ("image: >-\n  /assets/x.png\n", ["image"]),
    ("image:\nthumbnail: ~\ncover: red\nbanner: true\nlogo: 7\n", []),
  ])
  func fieldsHaveExactRanges(_ matter: String, _ fields: [String]) throws {
    let source = "---\n\(matter)---\n"
    let references = try imagesOfPost("", matter: matter)
    #expect(references.map(\.field) == fields)
    for reference in references {
      #expect(reference.status == .local && reference.source == "assets/x.png")
      #expect(source.bytes(reference.range) == reference.url)
      #expect(reference.range == reference.urlRange)
    }
  }

  @Test func aValueWithEscapesIsANote() throws {
    let site = try TemporaryFolder([
      "_config.yml": "", "_posts/2020-01-02-a.md": "---\nimage: \"/assets/\\x78.png\"\n---\n",
      "assets/x.png": "",
    ])
    let result = try site.scan()
    #expect(result.references.isEmpty)
    #expect(result.problems.map(\.rule) == [.referenceKept])
    #expect(result.problems.first?.line == 2)
  }

  @Test func pathsStartFromTheRootWithAndWithoutBaseurl() throws {
    let config = "baseurl: /b\nurl: https://example.org\n"
    for path in ["/assets/x.png", "assets/x.png", "/b/assets/x.png", "https://example.org/b/assets/x.png"] {
      let references = try imagesOfPost("", config: config, matter: "image: \(path)\n")
      #expect(references.map(\.source) == ["assets/x.png"])
      #expect(
        references.first?.link?.url(of: "v.png")
          == path.replacingOccurrences(of: "assets/x.png", with: "v.png")
      )
    }
  }

  @Test func badYAMLIsAProblemAndTheBodyIsRead() throws {
    let site = try TemporaryFolder([
      "_config.yml": "", "_posts/2020-01-02-a.md": "---\ntitle: \"a\nb: [\n---\n![a](/assets/x.png)\n",
      "assets/x.png": "",
    ])
    let result = try site.scan()
    #expect(result.problems.map(\.rule) == [.badFrontMatter])
    #expect(result.references.map(\.status) == [.local])
  }
}
