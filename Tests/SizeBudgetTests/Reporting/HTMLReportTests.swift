import AssetModel
import SizeBudget
import Testing
import Web

@testable import SizeBudget

/// What a name may hold that has a meaning in HTML.
private let nasty = "</code></style><script>alert(1)</script>\" onerror='x' &amp;.jpg"

private func weight(_ bytes: [String: Int], device share: Double = 1) -> SiteWeight {
  var pages: [PageWeight] = []
  var files: [PublishedImage] = []
  for (path, size) in bytes.sorted(by: { $0.key < $1.key }) {
    var image = PlacedImage(line: 7, column: 1, url: path, file: path, alt: "", hasDimensions: true)
    for device in Screen.standard {
      image.downloads[device.name] = Download(
        file: path, bytes: Int(Double(size) * share), isInFirstView: true)
    }
    pages.append(PageWeight(path: "_posts/\(path).md", images: [image]))
    files.append(
      PublishedImage(
        path: path, bytes: size, format: .jpeg, width: 3000, height: 2000, digest: path,
        pages: ["_posts/\(path).md"]))
  }
  return SiteWeight(devices: Screen.standard, pages: pages, files: files)
}

private func result(_ weight: SiteWeight) -> CheckResult {
  var budget = Budget()
  budget.limits[.imageBytes] = 250_000
  return CheckResult(weight, budgets: [budget], levels: Diagnostic.Rule.usualLevels)
}

private func variant(
  _ source: String, width: Int, _ format: ImageFormat, bytes: Int, crop: Crop? = nil,
  purpose: Variant.Purpose = .responsive
) -> Variant {
  Variant(
    path: "assets/optimized/\(source)-\(width)w.\(format.rawValue)", source: source, purpose: purpose,
    width: width, height: width * 2 / 3, format: format, bytes: bytes, sha256: "",
    settings: EncodingSettings(format: format, loss: .lossy, quality: 61), score: 71.239, crop: crop)
}

/// A site of three images, of which one has variants and a view.
private func report() -> SiteReport {
  let bytes = ["b.jpg": 200_000, nasty: 300_000, "바다 🌊.jpg": 300_000]
  let variants = [
    variant(nasty, width: 640, .webp, bytes: 20_000), variant(nasty, width: 1280, .webp, bytes: 90_000),
    variant(nasty, width: 1280, .avif, bytes: 60_000),
  ]
  return SiteReport(
    name: nasty, result: result(weight(bytes, device: 0.5)), before: weight(bytes),
    record: .staged(folder: nasty),
    variants: variants,
    pairs: [
      nasty: SiteReport.Pair(
        variant: variants[2].path, width: 480, height: 320, before: "data:image/webp;base64,AAAA",
        after: "data:image/webp;base64,BBBB")
    ])
}

/// A page's elements, and the text of those that have a name.
private struct Page {
  var elements: [HTMLElement] = []
  var texts: [String: [String]] = [:]

  init(_ html: String) throws {
    var open: [String] = []
    for token in try #require(RenderedPage([UInt8](html.utf8))).tokens {
      switch token {
      case .start(let element):
        elements.append(element)
        open.append(element.name)
        texts[element.name, default: []].append("")
      case .end(let name): if open.last == name { open.removeLast() }
      case .text(let text):
        for name in Set(open) {
          let known = texts[name]?.popLast() ?? ""
          texts[name]?.append(known + text)
        }
      case .comment: break
      }
    }
  }

  func named(_ name: String) -> [HTMLElement] { elements.filter { $0.name == name } }
}

struct HTMLReportTests {
  @Test func namesDoNotBecomeMarkup() throws {
    let html = report().html
    let page = try Page(html)
    #expect(page.named("script").count == 1 && page.named("style").count == 1)
    for element in page.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" }, "\(element)")
    }
    #expect(page.texts["title"] == ["Images of \(nasty)"])
    #expect(page.texts["h3"]?.contains(nasty) == true)
    #expect(page.texts["h3"]?.contains("바다 🌊.jpg") == true)
    #expect(page.texts["code"]?.contains("_posts/\(nasty).md:7") == true)
  }

  /// What the page names is in it: nothing is asked of a network.
  @Test func loadsNothing() throws {
    let page = try Page(report().html)
    for element in page.elements {
      for name in ["src", "href", "srcset", "action", "poster", "data"] {
        guard let url = element[name] else { continue }
        #expect(url.hasPrefix("data:image/webp") || url.hasPrefix("#"), "\(element)")
      }
      #expect(!["link", "iframe", "object", "base"].contains(element.name))
    }
    for text in (page.texts["style"] ?? []) + (page.texts["script"] ?? []) {
      #expect(
        !text.contains("url(") && !text.contains("@import") && !text.contains("import(")
          && !text.contains("://"))
    }
  }

  /// The policy names the digests of the very text that a browser sees.
  @Test func policyAllowsItsOwnStyleAndScriptAlone() throws {
    let page = try Page(report().html)
    let policy = try #require(
      page.named("meta").first { $0["http-equiv"] == "Content-Security-Policy" }?["content"])
    #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    for name in ["style", "script"] {
      let text = try #require(page.texts[name]?.first)
      #expect(policy.contains("\(name)-src 'sha256-\(ContentDigest.base64(text))'"))
    }
  }

  @Test func worstComeFirst() throws {
    let page = try Page(report().html)
    let order = [nasty, "바다 🌊.jpg", "b.jpg"]
    #expect(page.named("li").compactMap { $0["data-name"] } == order)
    let posts = page.named("th").filter { $0["scope"] == "row" }.compactMap { $0["data-value"] }
    #expect(posts == order.map { "_posts/\($0).md" })
    let figures = page.named("td").filter { $0["class"] == "weight" }.compactMap { $0["data-value"] }
    #expect(figures == ["150000", "150000", "100000"])
  }

  @Test func saysWhatWasMade() throws {
    let page = try Page(report().html)
    let rows = try #require(page.texts["tr"]).filter { $0.contains("candidate") }
    #expect(
      rows == [
        "1280 × 853AVIF60.0 kB20 %6171.2candidate", "1280 × 853WebP90.0 kB30 %6171.2candidate",
        "640 × 426WebP20.0 kB7 %6171.2candidate",
      ])
    #expect(page.named("li").compactMap { $0["data-saved"] } == ["240000", "0", "0"])
    #expect(page.named("img").map { $0["src"]?.suffix(4) } == ["AAAA", "BBBB"])
    #expect(
      page.named("input").contains {
        $0["type"] == "range" && $0["aria-label"]?.contains("script>\" onerror='x' &amp;.jpg") == true
      })
    // Half of what the author's files weigh, for each device.
    #expect(try #require(page.texts["tr"]).count { $0.contains("400.0 kB800.0 kB50 %") } == 4)
  }

  @Test func findingsStandAtTheirImage() throws {
    let page = try Page(report().html)
    let flagged = page.named("li").filter { $0["data-findings"] == "1" }.compactMap { $0["data-name"] }
    #expect(flagged == [nasty, "바다 🌊.jpg"])
    #expect(try #require(page.texts["ul"]).contains { $0.contains("바다 🌊.jpg has 300.0 kB, over its budget") })
  }

  @Test func saysWhatToDoWhereNothingWasMade() throws {
    let plain = SiteReport(
      name: "blog", result: result(weight(["a.jpg": 1])),
      record: .nothing(command: "optimize-assets 'my <blog>'"))
    let page = try Page(plain.html)
    #expect(page.texts["header"]?.first?.contains("No variants exist yet") == true)
    #expect(page.texts["code"]?.first == "optimize-assets 'my <blog>'")
    #expect(page.named("img").isEmpty && page.named("details").isEmpty)
    let empty = SiteReport(
      name: "", result: result(weight([:])), record: .nothing(command: ""))
    #expect(try Page(empty.html).texts["main"]?.first?.contains("No image is a file of the site.") == true)
  }

  @Test func anImageThatChangedSinceShowsNoVariants() throws {
    var old = report()
    old.outdated = [nasty]
    let page = try Page(old.html)
    #expect(page.texts["li"]?.contains { $0.contains("has changed since its variants were made") } == true)
    #expect(page.texts["tr"]?.contains { $0.contains("candidate") } == false)
    #expect(page.named("img").isEmpty)
  }

  @Test func theSameReportIsTheSameBytes() {
    var shuffled = report()
    shuffled.variants.reverse()
    #expect(report().html == shuffled.html)
    #expect(report().html.hasPrefix(SiteReport.signature))
  }

  @Test func figuresOfAnyFileAreFigures() {
    var huge = report()
    huge.variants[0].bytes = .max
    huge.variants[1].bytes = .max
    huge.variants[1].score = 1e300
    huge.variants[2].bytes = -1
    #expect(huge.html.contains("candidate"))
  }

  static let chosen: [([Variant], String?)] = [
    ([], nil),
    (
      [
        variant("a", width: 640, .avif, bytes: 1), variant("a", width: 960, .webp, bytes: 3),
        variant("a", width: 960, .avif, bytes: 2),
      ], "assets/optimized/a-960w.avif"
    ),
    ([variant("a", width: 9, .webp, bytes: 1, crop: .square)], nil),
    (
      [
        variant("a", width: 999, .jpeg, bytes: 1, purpose: .standalone),
        variant("a", width: 640, .webp, bytes: 3),
      ], "assets/optimized/a-640w.webp"
    ),
    ([variant("a", width: 999, .jpeg, bytes: 1, purpose: .standalone)], "assets/optimized/a-999w.jpeg"),
    ([variant("a", width: 999, .jpeg, bytes: 1, purpose: .fallback)], nil),
  ]

  @Test(arguments: chosen) func choosesTheLightestOfTheWidest(variants: [Variant], expected: String?) {
    #expect(SiteReport.representative(of: variants)?.path == expected)
  }
}
