import AssetModel
import Foundation
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// A Hugo site whose hook looks the image up among the page's resources: what is lighter is the bundle's own file, in the
  /// copy.
  @Suite struct BundleFileTests {
    let folder: TemporaryFolder
    var site: String { folder("site") }

    init() throws {
      folder = try TemporaryFolder([
        "site/hugo.toml": "baseURL = 'https://walks.example/'\n",
        "site/layouts/_default/single.html":
          "<!doctype html><title>x</title>{{ with .Resources.GetMatch \"cover*\" }}<img src=\"{{ (.Fill \"90x60\").RelPermalink }}\">{{ end }}{{ .Content }}",
        "site/layouts/_default/list.html": "<!doctype html><title>x</title>",
        "site/layouts/_default/_markup/render-image.html":
          "{{ with .Page.Resources.GetMatch .Destination }}<img src=\"{{ .RelPermalink }}\" width=\"{{ .Width }}\" height=\"{{ .Height }}\">{{ else }}{{ errorf \"no %s\" .Destination }}{{ end }}",
        "site/content/posts/walk/index.md":
          "---\ntitle: A walk\n---\n![A field](field.jpg) ![Again](cover.jpg)\n",
      ])
      for (name, grain) in [("field", 5), ("cover", 7)] {
        let picture = try DrawnSite.picture(900, 600, grain: grain).jpeg(quality: 97, chroma: .full)
        try folder.write(picture, to: "site/content/posts/walk/\(name).jpg")
      }
    }

    private func bytes(_ path: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: folder(path)))
    }

    @Test func theCopysFileIsLighter() async throws {
      let before = try TreeState.contents(of: site)
      let run = try await Product.run([site, "--output", folder("out"), "--effort", "fast"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.text.contains("originals   1 of 1 lighter in the copy"), "\(run.text)")
      #expect(run.text.contains("Lighter files at most, and no candidates: 1 image"), "\(run.text)")
      let name = "content/posts/walk/field.jpg"
      let (old, new) = (try bytes("site/" + name), try bytes("out/" + name))
      #expect(new.count < old.count * 8 / 10)
      let image = try Image.open(new, with: .jpeg, file: name, failOn: .warning)
      #expect((image.width, image.height) == (900, 600))
      // Other sizes are made of it, which two losses would show in.
      #expect(try bytes("out/content/posts/walk/cover.jpg") == bytes("site/content/posts/walk/cover.jpg"))
      #expect(try TreeState.contents(of: site) == before)
      // The next run leaves it.
      #expect(try await Product.run([site, "--output", folder("out"), "--effort", "fast"]).status == 0)
      #expect(try bytes("out/" + name) == new)
    }

    @Test func neverInPlaceNorWhereOriginalsAreKept() async throws {
      let before = try bytes("site/content/posts/walk/field.jpg")
      let edit = try await Product.run([site, "--in-place", "--effort", "fast"])
      #expect(edit.status == 0, "\(edit.errors)")
      #expect(
        !edit.text.contains("originals") && edit.text.contains("Left as the author has them"), "\(edit.text)")
      #expect(try bytes("site/content/posts/walk/field.jpg") == before)
      try folder.write("originals: keep\n", to: "site/optimize-assets.yml")
      let run = try await Product.run([site, "--output", folder("kept"), "--effort", "fast"])
      #expect(run.status == 0, "\(run.errors)")
      #expect(try bytes("kept/content/posts/walk/field.jpg") == before)
    }

    @Test(.needsHugo) func hugoBuildsTheSamePages() async throws {
      let run = try await Product.run([site, "--output", folder("out"), "--effort", "fast"])
      #expect(run.status == 0, "\(run.errors)")
      let hugo = try #require(Programs.hugo)
      for name in ["site", "out"] {
        try await Command.succeed(hugo, ["--quiet", "-s", folder(name), "-d", folder("public-" + name)])
      }
      let page = "posts/walk/index.html"
      #expect(try bytes("public-out/" + page) == bytes("public-site/" + page))
      #expect(try bytes("public-out/posts/walk/field.jpg") == bytes("out/content/posts/walk/field.jpg"))
    }
  }
}
