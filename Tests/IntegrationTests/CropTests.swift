import AssetModel
import Browser
import Foundation
import Testing
import TestSupport
import Vips
import Web

extension IntegrationTests {
  /// Crops from the configuration and from posts, as a reader of the built page sees them.
  @Suite(.needsJekyll, .needsBrowser) struct CropTests {
    /// What one image of the page must show.
    private struct Expectation {
      /// Width to height.
      var ratio: Double
      /// The columns of the tiles that are seen near the left and the right edge.
      var columns: [Int]
      /// The width at which it is shown, on a page without a stylesheet.
      var width: Double
    }

    @Test(arguments: [nil, MarkupForm.picture], [Screen.phone, .laptop])
    func aReaderSeesTheCrop(markup: MarkupForm?, viewport: Screen) async throws {
      let folder = try TemporaryFolder()
      try Self.write(to: folder, markup: markup)
      let report = try await Product.optimize(folder("site"), "--output", folder("staged"))
      try await Jekyll.build(folder("staged"), to: folder("after"))
      let page = "2026/tiles.html"
      let views = try await PageViews.measure(folder("after"), pages: [page], at: viewport)
      let images = try #require(views.first?.images)
      let colors = try await PageViews.colors(folder("after"), page: page, at: viewport)

      let wide = Expectation(ratio: 1500.0 / 900, columns: [0, 2], width: 1500)
      let expected = [
        // data-crop="1:1" data-focus="1,0"
        Expectation(ratio: 1, columns: [1, 2], width: 900),
        // The preset strip, on an <img>.
        Expectation(ratio: 3, columns: [0, 2], width: 1500),
        // A size, in a link.
        Expectation(ratio: 0.5, columns: [2, 2], width: 300),
        // The rule for heroes holds on a phone.
        viewport.width < 600 ? Expectation(ratio: 0.5, columns: [0, 0], width: 450) : wide,
        // Neither rule nor attribute.
        wide,
        // A bad value.
        wide,
      ]
      try #require(images.count == expected.count && colors.count == expected.count)
      for (number, (image, expected)) in zip(images, expected).enumerated() {
        let name = "image \(number): \(image)"
        #expect(image.isShown, "\(name)")
        #expect(abs(image.naturalWidth / image.naturalHeight / expected.ratio - 1) < 0.01, "\(name)")
        #expect(abs(image.width - expected.width) < 1, "\(name)")
        try #require(colors[number].count == 4)
        #expect(colors[number].prefix(2).map { Self.tile($0[0]) } == expected.columns, "\(name)")
        #expect(image.chosen.contains("/assets/optimized/"), "\(name)")
      }
      try Self.checkFiles(images, report, folder)
      #expect(
        report.manifest.problems.filter { $0.severity == .warning }.map(\.description) == [
          "_posts/2026-01-02-tiles.md:17:17: warning: data-crop=\"9-16\" is ignored: it is not known (write a ratio such"
            + " as 16:9, a size such as 1200x630, card, square, strip or none) [bad-attribute]"
        ])
      print(
        "crops as \(markup?.rawValue ?? "default") at \(viewport): \(images.count) images in their shapes")
    }

    /// What reads neither `srcset` nor `<picture>` sees the crop as well.
    private static func checkFiles(
      _ images: [PageView.Picture], _ report: OptimizeReport, _ folder: TemporaryFolder
    ) throws {
      let crops: [Crop.Shape?] = [.ratio(1, 1), .ratio(3, 1), .size(300, 600), nil, nil, nil]
      for (image, shape) in zip(images, crops) {
        let variant = report.manifest.variants.first { "/" + $0.path == image.src }
        #expect(variant?.crop?.shape == shape, "\(image.src)")
        if shape != nil {
          #expect([.jpeg, .png].contains(variant?.format), "\(image.src)")
        }
      }
      let singles = report.manifest.variants.filter { $0.purpose == .standalone }.sorted {
        $0.width > $1.width
      }
      try #require(singles.count == 2)
      let (card, portrait) = (singles[0], singles[1])
      #expect((card.width, card.height, card.format) == (1200, 630, .jpeg))
      #expect((portrait.width, portrait.height) == (900, 900))
      let post = try String(contentsOfFile: folder("staged/_posts/2026-01-02-tiles.md"), encoding: .utf8)
      #expect(post.contains("header:\n  image: /\(card.path)\n"))
      // A field that only a rule names is read for images.
      #expect(post.contains("portrait:\n  of: /\(portrait.path)\n"))
      // What the author asked for stays on the page.
      let page = try String(contentsOfFile: folder("after/2026/tiles.html"), encoding: .utf8)
      #expect(
        page.contains(#"data-crop="1:1""#) && page.contains(#"data-focus="1,0""#)
          && page.contains("data-crop=\"9-16\""))
    }

    /// The number of a tile by the red or green in it.
    private static func tile(_ value: Int) -> Int { Int((Double(value - 40) / 90).rounded()) }

    private static func write(to folder: TemporaryFolder, markup: MarkupForm?) throws {
      let (width, height) = (1500, 900)
      var pixels: [UInt8] = []
      pixels.reserveCapacity(width * height * 3)
      for y in 0..<height {
        for x in 0..<width {
          // A little grain keeps the encoders from making the whole file smaller than any part of it.
          let grain = UInt8((x &* 7919 ^ y &* 104_729) % 12)
          pixels += [UInt8(40 + 90 * (3 * x / width)), UInt8(40 + 90 * (3 * y / height)), 100 + grain]
        }
      }
      let tiles = try Image.fromPixels(pixels, width: width, height: height, bands: 3, file: "tiles")
        .jpeg(quality: 92, chroma: .full)
      try folder.write(tiles, to: "site/assets/tiles.jpg")
      try folder.write(tiles + Data([0]), to: "site/assets/heroes/hero.jpg")
      for (path, text) in texts { try folder.write(text, to: "site/" + path) }
      let form = markup.map { "markup: \($0.rawValue)\n" } ?? ""
      try folder.write(form + configuration, to: "site/optimize-assets.yml")
    }

    private static let configuration = """
      crops:
        strip: {ratio: 3:1, gravity: center}
      apply:
        - {field: header.image, crop: card}
        - {field: portrait.of, crop: square}
        - {glob: assets/heroes/**, media: {"(max-width: 600px)": {ratio: 1:2, gravity: "0,0"}}}
      """

    private static let texts = [
      "_config.yml": "title: Crops\npermalink: /:year/:title.html\n",
      "_layouts/default.html": """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>{{ page.title }}</title>
      <meta property="og:image" content="{{ page.header.image }}"></head>
      <body>
      {{ content }}
      </body>
      </html>
      """,
      "_posts/2026-01-02-tiles.md": """
      ---
      layout: default
      title: Tiles
      header:
        image: /assets/tiles.jpg
      portrait:
        of: /assets/tiles.jpg
      ---
      ![corner](/assets/tiles.jpg){: data-crop="1:1" data-focus="1,0"}

      <img src="/assets/tiles.jpg" alt="strip" data-crop="strip">

      [![narrow][tiles]{: data-crop="300x600" data-focus="0.9,0.5"}](/assets/tiles.jpg)

      ![hero](/assets/heroes/hero.jpg)

      ![whole][tiles] ![bad](/assets/tiles.jpg){: data-crop="9-16"}

      [tiles]: /assets/tiles.jpg
      """,
    ]
  }
}
