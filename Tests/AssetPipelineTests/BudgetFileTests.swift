import AssetModel
import AssetPipeline
import SizeBudget
import Testing
import Web

struct BudgetFileTests {
  @Test func everyKey() throws {
    let text = """
      budgets:
        - glob: "_posts/*"
          tag: photos
          severity: warning
          image: {bytes: 200 kB, pixels: 4000000, bytesPerPixel: 0.5}
          page: {total: {phone: 1.5 MiB, desktop: 3 MB}, firstView: 300 kB, originals: 10 MB, images: 30}
          site: {total: 100 MB, growth: 100 kB}
          formats: {gif: 100 kB}
      """
    var expected = Budget(glob: "_posts/*", tag: "photos", severity: .warning)
    expected.limits = [
      .imageBytes: 200_000, .imagePixels: 4_000_000, .imageDensity: 0.5, .pageOriginals: 10_000_000,
      .pageImages: 30, .siteTotal: 100_000_000, .siteGrowth: 100_000,
    ]
    expected.pageTotals = ["phone": 1_572_864, "desktop": 3_000_000]
    expected.firstViews = ["*": 300_000]
    expected.formats = [.gif: 100_000]
    #expect(try BudgetFile.parse(text, file: "b.yml") == [expected])
    #expect(try Configuration(yaml: text, file: "c.yml").budgets == [expected])
  }

  @Test func devicesOfTheSite() throws {
    let text = """
      devices: {watch: 200x240, wall: 3840x2160@1.5}
      budgets: [{page: {total: {wall: 1 MB}}}]
      """
    let configuration = try Configuration(yaml: text, file: "c.yml")
    #expect(
      configuration.devices == [
        Screen(name: "watch", width: 200, height: 240, density: 1),
        Screen(name: "wall", width: 3_840, height: 2_160, density: 1.5),
      ])
    #expect(configuration.budgets.first?.pageTotals == ["wall": 1_000_000])
  }

  @Test(arguments: [
    ("devices: {phone: 412}", "c.yml:1:18"), ("devices: {phone: 412x915@9}", "c.yml:1:18"),
    ("devices: {}", "c.yml:1:10"),
    ("devices: {watch: 200x240}\nbudgets: [{page: {total: {phone: 1 MB}}}]", "c.yml:2:27"),
  ]) func refusesDevices(_ text: String, _ place: String) {
    let error = #expect(throws: ConfigurationError.self) { try Configuration(yaml: text, file: "c.yml") }
    #expect(error.map { "\($0)".hasPrefix(place) } == true, "\(String(describing: error))")
  }

  @Test func lighthouse() throws {
    let text = """
      [{"path": "/blog/*", "resourceSizes": [{"resourceType": "script", "budget": 10},
        {"resourceType": "image", "budget": 500}, {"resourceType": "total", "budget": 800}],
        "resourceCounts": [{"resourceType": "image", "budget": 12}], "timings": [{"metric": "interactive", "budget": 3000}]},
       {"path": "/a$", "resourceSizes": [{"resourceType": "total", "budget": 1.5}]}]
      """
    let budgets = try BudgetFile.parse(text, file: "budget.json")
    #expect(budgets.map(\.shellPattern) == ["blog/**", "a"])
    #expect(budgets.map(\.pageTotals) == [["*": 512_000], ["*": 1_536]])
    #expect(budgets.map { $0.limits[.pageImages] } == [12, nil])
  }

  @Test(arguments: [
    ("budgets:\n  - image: {bites: 1 kB}", 2, "bites"),
    ("budgets:\n  - image:\n      bytes: heavy", 3, "budgets.image.bytes"),
    ("budgets:\n  - severity: loud", 2, "budgets.severity"),
    ("budgets:\n  - page:\n      total: {watch: 1 kB}", 3, "watch"),
    ("budget: []", 1, "budget"),
    ("[{\"resourceSizes\":\n [{\"resourceType\": \"pictures\", \"budget\": 1}]}]", 2, "resourceType"),
    ("budgets: [", 2, "YAML"),
  ])
  func errorsNameLineAndKey(text: String, line: Int, key: String) {
    let error = #expect(throws: ConfigurationError.self) { try BudgetFile.parse(text, file: "b.yml") }
    #expect(error?.diagnostic.file == "b.yml")
    #expect(error?.diagnostic.line == line)
    #expect(error?.diagnostic.message.contains(key) == true, "\(error?.diagnostic.message ?? "")")
  }

  @Test func lintLevels() throws {
    let configuration = try Configuration(
      yaml: "lints: {missing-alt: error, heavy-gif: off, unreferenced: warning}", file: "c.yml")
    #expect(configuration.lints[.missingAlt] == .error)
    #expect(configuration.missingAlt == .warning)
    #expect(configuration.lints[.heavyGIF] == nil)
    #expect(configuration.lints[.unreferenced] == .warning)
    #expect(configuration.lints[.location] == .warning)
  }
}
