import AssetModel
import Testing

@testable import PostRewriter

/// Places that a generator reads in a way of its own.
@Suite struct GeneratorPlaceTests {
  @Test func candidatesAreWrittenAsRawHTMLHasThem() throws {
    var site = SampleSite("@", reference: .init(.htmlImage, #"<img src="{static}/x.png">"#))
    site.references[0].htmlLink = LinkForm(prefix: "/p/")
    #expect(try site.rewritten().hasPrefix(#"<img src="{static}/x.png" srcset="/p/o/x-320w.webp 320w, "#))
  }

  @Test func aKeptPlaceKeepsItsBytes() {
    var site = SampleSite("@", reference: .init(.htmlImage, #"<img src="/x.png">"#))
    site.references[0].keptBecause = "the theme makes its markup"
    #expect(site.result().bytes == nil)
  }

  @Test func aTagKeepsItsBytes() {
    let site = SampleSite("@", reference: .init(.templateTag, #"{{< figure src="/x.png" >}}"#))
    #expect(site.references[0].obstacle != nil)
    #expect(site.result().bytes == nil)
  }
}
