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
  static let cases: [(Budget, [Diagnostic.Rule])] = [
    (budget { $0.limits[.imageBytes] = 300_000 }, []),
    (budget { $0.limits[.imageBytes] = 299_999 }, [.budgetImageBytes]),
    (budget { $0.limits[.imagePixels] = 6_000_000 }, []),
    (budget { $0.limits[.imagePixels] = 5_999_999 }, [.budgetImagePixels]),
    (budget { $0.limits[.imageDensity] = 0.05 }, []),
    (budget { $0.limits[.imageDensity] = 0.049 }, [.budgetImageBytesPerPixel]),
    (budget { $0.limits[.pageOriginals] = 299_999 }, [.budgetPageOriginals]),
    (budget { $0.limits[.pageImages] = 1 }, []),
    (budget { $0.limits[.pageImages] = 0 }, [.budgetPageImages]),
    (budget { $0.limits[.siteTotal] = 299_999 }, [.budgetSiteTotal]),
    (budget { $0.limits[.siteGrowth] = 99_999 }, [.budgetSiteGrowth]),
    (budget { $0.limits[.siteGrowth] = 100_000 }, []),
    (budget { $0.pageTotals = ["phone": 299_999] }, [.budgetPageTotal]),
    (budget { $0.pageTotals = ["*": 299_999] }, Array(repeating: .budgetPageTotal, count: 4)),
    (budget { $0.pageTotals = ["*": 1, "phone": 300_000] }, Array(repeating: .budgetPageTotal, count: 3)),
    (budget { $0.firstViews = ["tablet": 1] }, [.budgetPageFirstView]),
    (budget { $0.formats[.jpeg] = 299_999 }, [.budgetFormat]),
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
      }, [.budgetImageBytes]
    ),
    (
      budget {
        $0.tag = "words"
        $0.limits[.imageBytes] = 1
        $0.pageTotals = ["*": 1]
      }, []
    ),
  ]

  @Test(arguments: cases) func limits(budget: Budget, expected: [Diagnostic.Rule]) {
    #expect(BudgetCheck(site()).findings([budget], baseline: 200_000).map(\.rule) == expected)
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
    #expect(found.first?.figures?["over"] == 100_000)
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
    uniqueKeysWithValues: Diagnostic.Rule.lints.map { ($0, Diagnostic.Severity.warning) })

  private func rules(_ weight: SiteWeight) -> Set<Diagnostic.Rule> {
    Set(LintCheck(weight, levels: Self.all).findings().map(\.rule))
  }

  @Test func aSoundSiteSaysNothing() {
    // A desktop of density 2 needs all 3000 pixels; so does the laptop: no device wastes any.
    let weight = site { image, _ in
      for device in Screen.standard { image.downloads[device.name]?.slot = 3_000 / device.density }
    }
    #expect(rules(weight).isEmpty)
  }

  @Test func oversizedMeansTwiceOnEveryDevice() {
    // 400 CSS pixels at the phone's density are 1050, of which 3000 is 2.86 times.
    #expect(rules(site()).contains(.oversized))
    // 600 are 1575, of which 3000 is less than twice.
    #expect(!rules(site(slot: 600)).contains(.oversized))
    #expect(!rules(site(slot: nil)).contains(.oversized))
  }

  @Test func wasteIsLighthouses() throws {
    let found = LintCheck(site(), levels: Self.all).findings().first { $0.rule == .wastedBytes }
    // The laptop's: 400 of 3000 pixels, so that 1 - (400 / 3000)² of 300 000 bytes are not shown.
    #expect(try #require(found).figures?["wasted"] == 294_667)
    // 4096 bytes may be wasted; here it is 0.98222 of 4170, then of 4171.
    #expect(!rules(site(bytes: 4_170)).contains(.wastedBytes))
    #expect(rules(site(bytes: 4_172)).contains(.wastedBytes))
  }

  static let cases: [(Diagnostic.Rule, @Sendable (inout PlacedImage, inout PublishedImage) -> Void)] = [
    (.noDimensions, { image, _ in image.hasDimensions = false }),
    (.missingAlt, { image, _ in image.alt = nil }),
    (.emptyAlt, { image, _ in image.alt = "" }),
    (.missingFile, { image, _ in image.isMissing = true }),
    (.location, { _, file in file.hasLocation = true }),
    (.typeMismatch, { _, file in file.format = .png }),
    (.heavyGIF, { _, file in file.format = .gif }),
    (.unreferenced, { _, file in file.pages = [] }),
  ]

  @Test(arguments: cases)
  func lints(rule: Diagnostic.Rule, change: @Sendable (inout PlacedImage, inout PublishedImage) -> Void) {
    #expect(!rules(site()).contains(rule))
    #expect(rules(site(change: change)).contains(rule))
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
    #expect(rules(weight).isSuperset(of: [.singleSize, .duplicateFile]))
  }
}

struct BaselineTests {
  @Test func onlyWhatGotWorse() throws {
    let baseline = Baseline(site(bytes: 300_000))
    #expect(try Baseline(json: [UInt8](baseline.json())) == baseline)
    #expect(baseline.findings(site(bytes: 300_000), allowed: 0).isEmpty)
    #expect(baseline.findings(site(bytes: 200_000), allowed: 0).isEmpty)
    let worse = baseline.findings(site(bytes: 310_000), allowed: 9_999)
    #expect(worse.map(\.rule) == [.baselinePage, .baselineSite])
    #expect(worse.map(\.line) == [7, nil])
    #expect(worse.first?.figures?["over"] == 10_000)
    #expect(baseline.findings(site(bytes: 310_000), allowed: 10_000).isEmpty)
    var added = baseline
    added.pages = [:]
    #expect(added.findings(site(), allowed: 0).map(\.rule) == [.baselinePage])
  }

  @Test func anotherVersionIsRefused() {
    #expect(throws: DecodingError.self) {
      try Baseline(json: Array(#"{"version":2,"total":1,"pages":{}}"#.utf8))
    }
    #expect(throws: DecodingError.self) { try Baseline(json: Array("{}".utf8)) }
  }
}
