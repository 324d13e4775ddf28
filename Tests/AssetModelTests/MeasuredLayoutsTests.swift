import Testing

@testable import AssetModel

@Suite struct MeasuredLayoutsTests {
  private static let column = SlotWidths(pieces: [
    .init(from: 0, slope: 1, offset: -40), .init(from: 736, slope: 0, offset: 696),
  ])

  @Test(arguments: [
    (MeasuredLayouts.Slot.own, 300, "300px"),
    (.upTo(column), 1000, "(min-width: 736px) 696px, calc(100vw - 40px)"),
    (.upTo(column), 300, "(min-width: 340px) 300px, calc(100vw - 40px)"),
    (.filled(column), 300, "(min-width: 736px) 696px, calc(100vw - 40px)"),
  ])
  func saysHowWide(slot: MeasuredLayouts.Slot, own: Int, sizes: String) {
    #expect(slot.sizes(own: own) == sizes)
    if own == 300, case .upTo = slot {
      #expect(slot.width(own: 300, viewport: 320) == 280 && slot.width(own: 300, viewport: 900) == 300)
    }
  }

  @Test(
    arguments: [
      ([.picture], .picture), ([.picture, nil], .picture), ([.picture, .srcset], .srcset), ([nil], nil),
      ([], nil),
    ] as [([MarkupForm?], MarkupForm?)])
  func choosesOneFormForTheSite(forms: [MarkupForm?], markup: MarkupForm?) {
    var layouts = MeasuredLayouts()
    layouts.rules = forms.map { form in
      var rule = MeasuredLayouts.Rule()
      rule.markup = form
      return rule
    }
    #expect(layouts.markup == markup)
  }

  @Test func theFirstRuleThatSpeaksCounts() {
    var glob = MeasuredLayouts.Rule()
    (glob.glob, glob.largest) = ("_posts/a*", ["assets/x.png"])
    var layout = MeasuredLayouts.Rule()
    (layout.layout, layout.hints, layout.largest) = ("post", false, [])
    var layouts = MeasuredLayouts()
    layouts.rules = [glob, layout]
    func post(_ path: String, _ layout: String?) -> Post {
      Post(path: path, dialect: .kramdown, url: "/", layout: layout, bytes: 0, sha256: "")
    }
    #expect(layouts.largest(in: post("_posts/a.md", "post")) == ["assets/x.png"])
    #expect(layouts.hints(in: post("_posts/a.md", "post")) == false)
    #expect(layouts.largest(in: post("_posts/b.md", "post")) == [])
    #expect(layouts.largest(in: post("_posts/b.md", nil)) == nil)
    #expect(layouts.hints(in: post("_posts/b.md", "page")) == nil)
  }
}
