import AssetModel
import SizeBudget
import Testing
import Web

/// A site of one page with one image: 300 kB, 3000 pixels wide, shown 400 CSS pixels wide.
private func site(
  bytes: Int = 300_000, slot: Double? = 400,
  change: (inout PlacedImage, inout PublishedImage) -> Void = { _, _ in }
) -> SiteWeight {
  var image = PlacedImage(line: 7, column: 3, url: "/a.jpg", file: "a.jpg", alt: "A", hasDimensions: true)
  for device in Screen.standard {
    image.downloads[device.name] = Download(
      file: "a.jpg", bytes: bytes, pixels: 3_000, slot: slot, isInFirstView: true)
  }
  var file = PublishedImage(
    path: "a.jpg", bytes: bytes, format: .jpeg, width: 3_000, height: 2_000, digest: "d", pages: ["post.md"])
  change(&image, &file)
  return SiteWeight(
    devices: Screen.standard, pages: [PageWeight(path: "post.md", tags: ["photos"], images: [image])],
    files: [file])
}

private func budget(_ change: (inout Budget) -> Void) -> Budget {
  var budget = Budget()
  change(&budget)
  return budget
}

struct BudgetCheckTests {
  static let cases: [(Budget, [String])] = [
    (budget { $0.limits[.imageBytes] = 300_000 }, []),
    (budget { $0.limits[.imageBytes] = 299_999 }, ["budget-image-bytes"]),
    (budget { $0.limits[.imagePixels] = 6_000_000 }, []),
    (budget { $0.limits[.imagePixels] = 5_999_999 }, ["budget-image-pixels"]),
    (budget { $0.limits[.imageDensity] = 0.05 }, []),
    (budget { $0.limits[.imageDensity] = 0.049 }, ["budget-image-bytes-per-pixel"]),
    (budget { $0.limits[.pageOriginals] = 299_999 }, ["budget-page-originals"]),
    (budget { $0.limits[.pageImages] = 1 }, []),
    (budget { $0.limits[.pageImages] = 0 }, ["budget-page-images"]),
    (budget { $0.limits[.siteTotal] = 299_999 }, ["budget-site-total"]),
    (budget { $0.limits[.siteGrowth] = 99_999 }, ["budget-site-growth"]),
    (budget { $0.limits[.siteGrowth] = 100_000 }, []),
    (budget { $0.pageTotals = ["phone": 299_999] }, ["budget-page-total"]),
    (budget { $0.pageTotals = ["*": 299_999] }, Array(repeating: "budget-page-total", count: 4)),
    (budget { $0.pageTotals = ["*": 1, "phone": 300_000] }, Array(repeating: "budget-page-total", count: 3)),
    (budget { $0.firstViews = ["tablet": 1] }, ["budget-page-first-view"]),
    (budget { $0.formats[.jpeg] = 299_999 }, ["budget-format"]),
    (budget { $0.formats[.gif] = 1 }, []),
    (
      budget {
        $0.glob = "b*"
        $0.limits[.imageBytes] = 1
      }, []
    ),
    (
      budget {
        $0.tag = "photos"
        $0.limits[.imageBytes] = 1
      }, ["budget-image-bytes"]
    ),
    (
      budget {
        $0.tag = "words"
        $0.limits[.imageBytes] = 1
        $0.pageTotals = ["*": 1]
      }, []
    ),
  ]

  @Test(arguments: cases) func limits(budget: Budget, expected: [String]) {
    #expect(BudgetCheck(site()).findings([budget], baseline: 200_000).map(\.id) == expected)
  }

  @Test func limitsAreNamedAsTheyWereWritten() throws {
    let limit = BudgetLimit(try #require(ByteSize("0.15MiB")))
    let found = BudgetCheck(site()).findings([budget { $0.pageTotals = ["phone": limit] }])
    #expect(found.map(\.message).first?.hasSuffix("over the budget of 0.15MiB") == true, "\(found)")
    let plain = BudgetLimit(try #require(ByteSize("200000")))
    let other = BudgetCheck(site()).findings([budget { $0.pageTotals = ["phone": plain] }])
    #expect(other.map(\.message).first?.hasSuffix("over the budget of 200.0 kB") == true, "\(other)")
  }

  @Test func placeAndFigures() {
    let found = BudgetCheck(site()).findings([budget { $0.pageTotals = ["phone": 200_000] }])
    #expect(found.map(\.file) == ["post.md"])
    #expect(found.map(\.line) == [7])
    #expect(found.first?.message == "a phone downloads 300.0 kB, over the budget of 200.0 kB")
    #expect(found.first?.figures["over"] == 100_000)
  }

  @Test func lazyImagesAreNoPartOfTheFirstView() {
    let weight = site { image, _ in
      for name in image.downloads.keys { image.downloads[name]?.isInFirstView = false }
    }
    #expect(BudgetCheck(weight).findings([budget { $0.firstViews = ["*": 1] }]).isEmpty)
    #expect(BudgetCheck(weight).findings([budget { $0.pageTotals = ["*": 1] }]).count == 4)
  }
}

struct LintCheckTests {
  private static let all = Dictionary(
    uniqueKeysWithValues: Lint.allCases.map { ($0, Problem.Severity.warning) })

  private func ids(_ weight: SiteWeight) -> Set<String> {
    Set(LintCheck(weight, levels: Self.all).findings().map(\.id))
  }

  @Test func aSoundSiteSaysNothing() {
    // A desktop of density 2 needs all 3000 pixels; so does the laptop: no device wastes any.
    let weight = site { image, _ in
      for device in Screen.standard { image.downloads[device.name]?.slot = 3_000 / device.density }
    }
    #expect(ids(weight).isEmpty)
  }

  @Test func oversizedMeansTwiceOnEveryDevice() {
    // 400 CSS pixels at the phone's density are 1050, of which 3000 is 2.86 times.
    #expect(ids(site()).contains("oversized"))
    // 600 are 1575, of which 3000 is less than twice.
    #expect(!ids(site(slot: 600)).contains("oversized"))
    #expect(!ids(site(slot: nil)).contains("oversized"))
  }

  @Test func wasteIsLighthouses() throws {
    let found = LintCheck(site(), levels: Self.all).findings().first { $0.id == "wasted-bytes" }
    // The laptop's: 400 of 3000 pixels, so that 1 - (400 / 3000)² of 300 000 bytes are not shown.
    #expect(try #require(found).figures["wasted"] == 294_667)
    // 4096 bytes may be wasted; here it is 0.98222 of 4170, then of 4171.
    #expect(!ids(site(bytes: 4_170)).contains("wasted-bytes"))
    #expect(ids(site(bytes: 4_172)).contains("wasted-bytes"))
  }

  static let cases: [(String, @Sendable (inout PlacedImage, inout PublishedImage) -> Void)] = [
    ("no-dimensions", { image, _ in image.hasDimensions = false }),
    ("missing-alt", { image, _ in image.alt = nil }),
    ("empty-alt", { image, _ in image.alt = "" }),
    ("missing-file", { image, _ in image.isMissing = true }),
    ("location", { _, file in file.hasLocation = true }),
    ("type-mismatch", { _, file in file.format = .png }),
    ("heavy-gif", { _, file in file.format = .gif }),
    ("unreferenced", { _, file in file.pages = [] }),
  ]

  @Test(arguments: cases)
  func lints(id: String, change: @Sendable (inout PlacedImage, inout PublishedImage) -> Void) {
    #expect(!ids(site()).contains(id))
    #expect(ids(site(change: change)).contains(id))
    let silent = LintCheck(site(change: change), levels: [:]).findings()
    #expect(silent.isEmpty)
  }

  @Test func oneFileOfSeveralSizesAndDuplicates() {
    var weight = site()
    var second = weight.pages[0]
    second.path = "second.md"
    for name in second.images[0].downloads.keys { second.images[0].downloads[name]?.slot = 200 }
    weight.pages.append(second)
    var copy = weight.files[0]
    copy.path = "b.jpg"
    weight.files.append(copy)
    #expect(ids(weight).isSuperset(of: ["single-size", "duplicate-file"]))
  }
}

struct BaselineTests {
  @Test func onlyWhatGotWorse() throws {
    let baseline = Baseline(site(bytes: 300_000))
    #expect(try Baseline(json: [UInt8](baseline.json())) == baseline)
    #expect(baseline.findings(site(bytes: 300_000), allowed: 0).isEmpty)
    #expect(baseline.findings(site(bytes: 200_000), allowed: 0).isEmpty)
    let worse = baseline.findings(site(bytes: 310_000), allowed: 9_999)
    #expect(worse.map(\.id) == ["baseline-page", "baseline-site"])
    #expect(worse.map(\.line) == [7, nil])
    #expect(worse.first?.figures["over"] == 10_000)
    #expect(baseline.findings(site(bytes: 310_000), allowed: 10_000).isEmpty)
    var added = baseline
    added.pages = [:]
    #expect(added.findings(site(), allowed: 0).map(\.id) == ["baseline-page"])
  }

  @Test func anotherVersionIsRefused() {
    #expect(throws: DecodingError.self) {
      try Baseline(json: Array(#"{"version":2,"total":1,"pages":{}}"#.utf8))
    }
    #expect(throws: DecodingError.self) { try Baseline(json: Array("{}".utf8)) }
  }
}
