import Foundation
import Testing
import TestSupport

extension IntegrationTests {
  /// Galleries whose pictures no post names: templates show what lies in a folder.
  @Suite struct UnnamedPictureTests {
    @Test(arguments: [(3, true), (0, false)]) func theyAreCounted(pictures: Int, isSaid: Bool) async throws {
      let folder = try TemporaryFolder([
        "site/hugo.toml": "", "site/content/trip/index.md": "---\ntitle: A trip\n---\n",
        "site/layouts/_default/single.html":
          "{{ range .Resources }}<img src=\"{{ .RelPermalink }}\">{{ end }}",
      ])
      let picture = try DrawnSite.picture(700, 500, grain: 6).jpeg(quality: 95, chroma: .full)
      for number in 0..<pictures { try folder.write(picture, to: "site/content/trip/\(number).jpg") }
      for _ in 0..<2 {
        let run = try await Product.run([folder("site"), "--output", folder("out")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("Not looked at: 3 pictures that no post names, ") == isSaid, "\(run.text)")
        #expect(run.text.contains("Nothing to do") != isSaid)
        #expect(run.text.contains("The built pages reach them") == isSaid)
      }
    }
  }
}
