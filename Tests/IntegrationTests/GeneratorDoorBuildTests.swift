import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport
import Vips

extension IntegrationTests {
  /// What `build` makes of a site whose generator gives images candidates itself: a script in the place of Docusaurus writes its
  /// pages with what the generated plugin would have it write.
  @Suite struct GeneratorDoorBuildTests {
    private struct Output: Decodable {
      var notes: [String]
      var filesPublished: Int
    }

    /// Each post is the name of a picture and a text.
    private static let program = #"""
      #!/bin/sh
      echo "$*" >> ../calls
      out=$3
      mkdir -p "$out/img" && cp static/img/* "$out/img/"
      script=a
      [ "$4" = --config ] && script=b && [ -e ../fails ] && exit 3
      echo "show('/img/red.jpg')" > "$out/$script.js"
      gained() {
        [ "$4" = --config ] || return
        map=$(dirname "$5")/pictures.json
        entry=$(sed -n "s|.*\"/img/$1\":{\"900x600\":{\([^}]*\)}.*|\1|p" "$map")
        list=$(echo "$entry" | sed -n 's/.*"srcset":"\([^"]*\)".*/\1/p')
        [ -n "$list" ] && echo " srcset=\"$list\" sizes=\"$(echo "$entry" | sed -n 's/.*"sizes":"\([^"]*\)".*/\1/p')\""
      }
      { echo '<rss><channel>'
      for post in blog/*.md; do
        name=$(basename "$post" .md)
        read -r picture text < "$post"
        source=$picture
        [ "$4" = --config ] && [ -e ../swaps ] && source=blue.jpg
        more=$(gained "$source" 2 3 "$4" "$5")
        [ "$4" = --config ] && [ -e ../says ] && text="$text and more"
        cat > "$out/$name.html" <<PAGE
      <!doctype html><html><head><meta charset="utf-8"><title>$name</title>
      <style>img { max-width: 100%; height: auto }</style></head><body><div id="__docusaurus"><div class="markdown">
      <p>$text</p><img src="/img/$picture" width="900" height="600" alt=""$more></div></div>
      <script src="/$script.js"></script></body></html>
      PAGE
        echo "<item><description><![CDATA[<img src=\"https://a.example/img/$picture\" width=\"900\"$more> $text]]></description></item>"
      done
      echo '</channel></rss>'; } > "$out/rss.xml"
      """#

    private func site() throws -> TemporaryFolder {
      let folder = try TemporaryFolder([
        "site/docusaurus.config.js": "module.exports = {}",
        "site/optimize-assets.yml": "widths: [320]\nquality: fixed\n",
        "site/blog/one.md": "red.jpg A walk\n", "site/blog/two.md": "red.jpg The same walk\n",
        "site/node_modules/.bin/docusaurus": Self.program,
      ])
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder("site/node_modules/.bin/docusaurus"))
      for (name, grain) in ["red": 5, "blue": 90] {
        let picture = try DrawnSite.picture(900, 600, grain: grain)
        try folder.write(picture.jpeg(quality: 96, chroma: .full), to: "site/static/img/\(name).jpg")
      }
      return folder
    }

    private func build(_ folder: TemporaryFolder, _ more: String...) async throws -> Output {
      let command = try await Product.run(
        ["build", folder("site"), "--cache", folder("cache"), "--format", "json", "--quiet"] + more)
      try #require(command.status == 0, "\(command.errors)")
      return try JSONDecoder().decode(Output.self, from: command.output)
    }

    /// Scripts render these pages again; a browser measures them all the same, for what the generator gives their images.
    @Test(.needsBrowser) func measuredWidthsReachTheGenerator() async throws {
      let folder = try site()
      let program = folder("site/node_modules/.bin/docusaurus")
      // No rule says how wide the column is: a script does.
      let narrow = try folder.text("site/node_modules/.bin/docusaurus").replacing(
        "</style>",
        with: "</style><script>document.documentElement.style.setProperty('--column', '400px')</script>"
          + "<style>.markdown { width: var(--column, 900px); max-width: 100% }</style>")
      try FileAccess.write(Data(narrow.utf8), to: program, mode: 0o755)
      let built = try await build(folder, "--measure")
      #expect(
        built.notes.contains { $0.hasPrefix("--measure: 2 images on 2 pages measured") }, "\(built.notes)")
      let sizes = "sizes=\"(min-width: 416px) 400px, calc(100vw - 16px)\""
      for page in ["one", "two"] {
        let text = try folder.text("site/build/\(page).html")
        #expect(text.contains("srcset=") && text.contains(sizes), "\(text)")
      }
    }

    /// How often the generator ran since the last question, and how often with the plugin.
    private func calls(_ folder: TemporaryFolder) throws -> [Int] {
      let lines = try folder.text("calls").split(separator: "\n")
      try FileManager.default.removeItem(atPath: folder("calls"))
      return [lines.count, lines.count { $0.contains("--config") }]
    }

    private func candidates(_ folder: TemporaryFolder, _ page: String) throws -> [String] {
      let text = try folder.text("site/build/" + page)
      guard let match = text.firstMatch(of: #/ srcset="(?<list>[^"]*)"/#) else { return [] }
      return match.output.list.split(separator: ",").map { String($0.split(separator: " ")[0]) }
    }

    @Test func givesImagesTheirCandidates() async throws {
      let folder = try site()
      let output = try await build(folder)
      #expect(
        output.notes.contains { $0.hasPrefix("Docusaurus gives 2 images candidates itself") },
        "\(output.notes)")
      #expect(try calls(folder) == [2, 1])
      for page in ["one.html", "two.html"] {
        let files = try candidates(folder, page)
        #expect(!files.isEmpty)
        for file in files {
          #expect(FileManager.default.fileExists(atPath: folder("site/build" + file)), "\(file)")
        }
        #expect(try folder.text("site/build/" + page).contains(#"src="/img/red.jpg" width="900""#))
      }
      let feed = try folder.text("site/build/rss.xml")
      #expect(feed.contains(#"<img src="https://a.example/img/red.jpg" width="900"> A walk"#), "\(feed)")
      #expect(try folder.text("site/docusaurus.config.js") == "module.exports = {}")
      // Nothing changed, and then a post: built once, with what is known.
      #expect(try await build(folder).filesPublished == 0)
      #expect(try calls(folder) == [1, 1])
      try folder.write("red.jpg Another walk\n", to: "site/blog/one.md")
      _ = try await build(folder)
      #expect(try calls(folder) == [1, 1])
      #expect(try folder.text("site/build/one.html").contains("Another walk"))
      #expect(try candidates(folder, "one.html").isEmpty == false)
      // A picture that no page has shown before, and one with other bytes under its name.
      try folder.write("blue.jpg Water\n", to: "site/blog/two.md")
      _ = try await build(folder)
      #expect(try calls(folder)[1] == 2)
      let before = try candidates(folder, "two.html")
      let others = try candidates(folder, "one.html")
      #expect(!before.isEmpty && before != others)
      try folder.write(
        DrawnSite.picture(900, 600, grain: 700).jpeg(quality: 96, chroma: .full),
        to: "site/static/img/blue.jpg")
      _ = try await build(folder)
      let after = try candidates(folder, "two.html")
      #expect(!after.isEmpty && Set(after).isDisjoint(with: before))
    }

    /// What goes wrong with the plugin, by the file that has the script do so.
    @Test(arguments: ["fails", "says", "swaps"]) func whatGoesWrongLeavesThePages(_ how: String) async throws
    {
      let folder = try site()
      try folder.write("blue.jpg Water\n", to: "site/blog/two.md")
      try folder.write("", to: how)
      for _ in 0..<2 {
        let output = try await build(folder)
        #expect(
          output.notes.contains { $0.hasPrefix("Docusaurus gives no image candidates itself: ") },
          "\(output.notes)")
        for page in ["one.html", "two.html"] {
          let text = try folder.text("site/build/" + page)
          #expect(!text.contains("srcset") && !text.contains("and more") && text.contains("/a.js"), "\(text)")
        }
      }
      // It is not tried again as long as nothing changes.
      #expect(try calls(folder) == [3, 1])
    }
  }
}
