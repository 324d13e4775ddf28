import Browser
import Testing

struct LayoutComparisonTests {
  private static func view() -> PageView {
    PageView(
      width: 412, paths: ["body", "body > p", "body > p > img", "body > p > em"],
      frames: [0, 0, 412, 500, 16, 16, 380, 240, 16, 16, 380, 200, 16, 220, 380, 20], styled: [-1, 0, 1, 2],
      styles: ["color:black", "float:none;margin-top:0px", "color:grey;font-size:13px"],
      images: [
        .init(
          path: "body > p > img", src: "/a.jpg", chosen: "/a.jpg", isShown: true, naturalWidth: 800,
          naturalHeight: 421, pixels: 800, width: 380, height: 200, top: 16, fit: "fill", loading: "",
          isResponsive: false, offered: [])
      ], shift: 0, largestPaint: .init(path: "body > p > img", url: "/a.jpg", loading: ""))
  }

  /// What is done to the view after, and what must be found.
  private static let cases: [(String, @Sendable (inout PageView) -> Void, [LayoutComparison.Kind])] = [
    ("the same", { _ in }, []),
    ("half a pixel", { $0.frames[8] += 0.6 }, []),
    ("two pixels", { $0.frames[9] += 2 }, [.moved]),
    ("a blown-up image", { $0.frames[10] = 412 }, [.moved]),
    ("a caption without its style", { $0.styles[2] = "color:black;font-size:13px" }, [.restyled]),
    ("a broken image", { $0.images[0].isShown = false }, [.broken]),
    (
      "a broken image that takes no room",
      { view in
        view.images[0].isShown = false
        view.images[0].width = 0
      }, [.broken]
    ),
    ("a margin of a 64th of a pixel", { $0.styles[1] = "float:none;margin-top:0.015625px" }, []),
    ("a margin of two pixels", { $0.styles[1] = "float:none;margin-top:2px" }, [.restyled]),
    (
      "an element more",
      { view in
        view.paths.insert("body > p > span", at: 3)
        view.frames += [0, 0, 0, 0]
        view.styled.append(-1)
        view.frames.replaceSubrange(12..., with: [0, 0, 0, 0, 16, 220, 380, 20])
        view.styled = [-1, 0, 1, -1, 2]
      }, [.elements]
    ),
    (
      "too few pixels",
      { view in
        view.images[0].pixels = 320
        view.images[0].isResponsive = true
      }, [.blurry]
    ),
    (
      "pixels that the author's file has not",
      { view in
        view.images[0].pixels = 790
        view.images[0].isResponsive = true
      }, []
    ),
    (
      "a smaller file would do",
      { view in
        view.images[0].width = 100
        view.images[0].isResponsive = true
        view.images[0].offered = [320, 800]
      }, [.wasteful]
    ),
    (
      "no smaller file is there",
      { view in
        view.images[0].width = 100
        view.images[0].isResponsive = true
        view.images[0].offered = [800]
      }, []
    ),
    ("a lazy largest paint", { $0.largestPaint?.loading = "lazy" }, [.lateLargestPaint]),
    (
      "more shift",
      { view in
        view.images[0].chosen = "/a-400w.webp"
        view.shift = 0.1
      }, [.shifts]
    ),
    ("more shift of a page whose images are as they were", { $0.shift = 0.1 }, []),
    (
      "hardly more shift",
      { view in
        view.images[0].chosen = "/a-400w.webp"
        view.shift = 0.01
      }, []
    ),
  ]

  @Test(arguments: cases.indices)
  func finds(index: Int) {
    let (name, change, expected) = Self.cases[index]
    var after = Self.view()
    change(&after)
    let found = LayoutComparison(Self.view(), after, density: 2)
    #expect(found.changes.map(\.kind) == expected, "\(name): \(found.changes)")
    #expect(found.isSame == expected.allSatisfy { !$0.isDifference })
  }

  @Test func namesOnlyThePropertiesThatDiffer() throws {
    var after = Self.view()
    after.styles[2] = "color:black;font-size:13px"
    let change = try #require(LayoutComparison(Self.view(), after, density: 1).changes.first)
    #expect((change.path, change.before, change.after) == ("body > p > em", "color:grey", "color:black"))
  }

  @Test func leavesOutWhatMovesByItself() {
    var after = Self.view()
    after.frames[13] += 30
    let unstable = LayoutComparison.unstable(Self.view(), after)
    #expect(unstable == ["body > p > em"])
    #expect(LayoutComparison(Self.view(), after, density: 1, unstable: unstable).isSame)
  }

  /// A lazy image without a box is not loaded, which nobody sees.
  @Test func leavesOutWhatIsHidden() {
    var (before, after) = (Self.view(), Self.view())
    before.images[0].width = 0
    after.images[0].width = 0
    after.images[0].isShown = false
    #expect(LayoutComparison(before, after, density: 1).isSame)
  }
}
