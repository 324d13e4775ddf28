import Foundation
import TestSupport
import Testing

extension IntegrationTests {
  /// What a run says last: where images stay, how many, why, and what reaches them.
  @Suite struct LastWordsTests {
    private static let nothing = "Nothing to do"

    struct Case: CustomTestStringConvertible, Sendable {
      var name: String
      var files: [String: String]
      var has: [String]
      var saysNothing = false
      var testDescription: String { name }
    }

    static let cases = [
      Case(
        name: "a generator that makes the markup itself",
        files: [
          "docusaurus.config.js": "", "blog/2024-01-01-a.md": "![a](./a.png)", "PICTURE": "blog/a.png",
        ],
        has: [
          "Left as the author has it: 1 image, ",
          "Docusaurus makes the files and the markup of this image itself.",
          "run optimize-assets build, or name the folder that Docusaurus builds, such as build.",
        ]),
      Case(
        name: "a script of the theme that sets the src of images",
        files: [
          "_config.yml": "", "_posts/2024-01-01-a.md": "---\nlayout: post\n---\n![a](/a.png)",
          "PICTURE": "a.png",
          "_layouts/post.html": "<script src=/js/zoom.js></script><main>{{ content }}</main>",
          "js/zoom.js": "\nfor (const image of document.querySelectorAll('main img')) image.src = image.alt",
        ],
        has: [
          "Left as the author has it: 1 image, ",
          ": js/zoom.js:2 sets the src of images that it finds by `main img`.", "such as _site.",
        ]),
      Case(
        name: "a template that looks images up",
        files: [
          "hugo.toml": "", "content/p/index.md": "---\n---\n![a](a.png)", "PICTURE": "content/p/a.png",
          "layouts/_default/_markup/render-image.html":
            "{{ $r := .Page.Resources.GetMatch .Destination }}{{ $r.Width }}",
        ],
        has: ["Left as the author has it: 1 image, ", "such as public."]),
      Case(
        name: "a built page whose script sets the src of images",
        files: [
          "index.html":
            "<main><img src=a.png></main><script>document.querySelector('img').src = 'b.png'</script>",
          "PICTURE": "a.png",
        ],
        has: [
          "left        1 image: a script in the page sets the src of such images", "Left as it is: 1 image, ",
          "'optimize-assets build' where the site's sources are publishes lighter files at the same URLs",
        ]),
      Case(
        name: "an image that code names",
        files: ["_config.yml": "", "_posts/2024-01-01-a.md": "---\n---\n![a]({{ page.some }})"],
        has: ["Not known before the site is built: 1 image named by template code.", "such as _site."]),
      Case(
        name: "no image", files: ["_config.yml": "", "_posts/2024-01-01-a.md": "---\n---\nText."],
        has: [nothing],
        saysNothing: true),
    ]

    @Test(arguments: cases)
    func areTrue(_ example: Case) async throws {
      let folder = try TemporaryFolder()
      for (path, text) in example.files where path != "PICTURE" { try folder.write(text, to: "site/" + path) }
      if let path = example.files["PICTURE"] {
        try folder.write(DrawnSite.picture(400, 300, grain: 3).png(), to: "site/" + path)
      }
      let run = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(run.status == 0, "\(run.errors)")
      for words in example.has { #expect(run.text.contains(words), "\(run.text)") }
      #expect(run.text.contains(Self.nothing) == example.saysNothing, "\(run.text)")
      // A run that finds nothing changed says no less.
      let second = try await Product.run([folder("site"), "--output", folder("out")])
      for words in example.has { #expect(second.text.contains(words), "\(second.text)") }
      #expect(second.text.contains(Self.nothing) == example.saysNothing, "\(second.text)")
    }

    /// Of two images of one file the first could gain candidates, and the second is made by a tag, which loads the file itself.
    @Test func anImageWhosePageWouldGetHeavierStays() async throws {
      let folder = try TemporaryFolder([
        "site/_config.yml":
          "title: A\npost_asset_folder: true\nmarked: {prependRoot: true, postAsset: true}\n",
        "site/source/.keep": "",
        "site/package.json": #"{"dependencies": {"hexo": "7"}}"#,
        "site/source/_posts/a.md":
          "---\ntitle: A\ndate: 2024-01-02 09:00:00\n---\n\n![A](a.png)\n\n{% asset_img a.png A %}\n",
      ])
      try folder.write(DrawnSite.picture(900, 600, grain: 3).png(), to: "site/source/_posts/a/a.png")
      let run = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(run.status == 0, "\(run.errors)")
      #expect(!run.text.contains("Heavier than before"), "\(run.text)")
      #expect(run.text.contains("would load two files of it"), "\(run.text)")
      #expect(!run.text.contains("Only posts are lighter"), "\(run.text)")
    }

    @Test func whatNoPageShowsNeedsNotBeAnImage() async throws {
      let folder = try TemporaryFolder()
      let pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 123456\n"
      let files = [
        "_config.yml": "", "_posts/2024-01-01-a.md": "---\n---\n![a](/a.png)",
        "assets/part.svg": "<path d=\"M0 0\"></path>",
        "assets/far.png": pointer,
      ]
      for (path, text) in files { try folder.write(text, to: "site/" + path) }
      try folder.write(DrawnSite.picture(400, 300, grain: 3).png(), to: "site/a.png")
      let check = try await Product.run(["check", folder("site"), "--format", "json=" + folder("check.json")])
      #expect(check.status == 0, "\(check.text) \(check.errors)")
      let report = try String(contentsOfFile: folder("check.json"), encoding: .utf8)
      #expect(report.contains("123456"), "\(report)")
    }
  }
}
