import Foundation
import Vips

/// A Jekyll site of drawn images and the posts around them: the same bytes for the same seed.
struct DrawnSite {
  var posts: Int
  var seed: Int

  /// A kind of image and its sizes.
  private enum Kind {
    case photograph, photographAsPNG, screenshot, screenshotWithAlpha
  }

  private static let images: [(kind: Kind, width: Int, height: Int, count: Int)] = [
    (.photograph, 4000, 3000, 2), (.photograph, 2400, 1600, 3), (.photograph, 1600, 1067, 4),
    (.photograph, 1280, 853, 4), (.photograph, 1080, 1920, 1), (.photograph, 3200, 800, 1),
    (.photograph, 640, 480, 3), (.photograph, 200, 150, 2), (.photographAsPNG, 1200, 800, 2),
    (.screenshot, 1366, 768, 3), (.screenshot, 640, 400, 3), (.screenshotWithAlpha, 2560, 1440, 2),
    (.screenshotWithAlpha, 1920, 1080, 3), (.screenshotWithAlpha, 1280, 800, 4),
    (.screenshotWithAlpha, 1600, 200, 1), (.screenshotWithAlpha, 320, 240, 2),
  ]

  /// Writes the site into a folder.
  func write(to folder: String) throws {
    let files = FileManager.default
    for name in ["_posts", "images"] {
      try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    try Data("title: A drawn site\nbaseurl: \"\"\n".utf8).write(
      to: URL(fileURLWithPath: folder + "/_config.yml"))
    var names: [String] = []
    for (index, image) in Self.images.enumerated() {
      for number in 0..<image.count {
        let seed = seed &* 10_000 &+ index &* 100 &+ number
        let (data, kind) = try Self.encoded(image.kind, image.width, image.height, seed: seed)
        names.append("\(image.width)x\(image.height)-\(index)-\(number).\(kind)")
        try data.write(to: URL(fileURLWithPath: folder + "/images/" + (names.last ?? "")))
      }
    }
    var chance = Chance(seed: UInt64(seed))
    for number in 0..<max(1, posts) {
      let text = Self.post(number, images: names, &chance)
      let day = String(format: "%04d-%02d-%02d", 2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1)
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/_posts/\(day)-post-\(number).md"))
    }
  }

  private static func encoded(
    _ kind: Kind, _ width: Int, _ height: Int, seed: Int
  ) throws -> (Data, String) {
    switch kind {
    case .photograph:
      (try Drawing.photograph(width, height, seed: seed).jpeg(quality: 92, chroma: .halved), "jpg")
    case .photographAsPNG: (try Drawing.photograph(width, height, seed: seed).png(), "png")
    case .screenshot: (try Drawing.screenshot(width, height, seed: seed, alpha: false).png(), "png")
    case .screenshotWithAlpha: (try Drawing.screenshot(width, height, seed: seed, alpha: true).png(), "png")
    }
  }

  /// A post of some paragraphs with images, in turn, between them.
  private static func post(_ number: Int, images: [String], _ chance: inout Chance) -> String {
    let words = ["harbour", "screen", "바다", "letters", "morning", "keyboard", "the", "of", "and", "small"]
    var parts = ["---\ntitle: \"Post \(number)\"\n---"]
    for paragraph in 0..<(4 + chance.below(12)) {
      parts.append(
        (0..<(20 + chance.below(60))).map { _ in words[chance.below(words.count)] }.joined(separator: " "))
      if paragraph % 5 == 1 {
        parts.append("![an image](/images/\(images[(number * 2 + paragraph / 5) % images.count]))")
      }
      if chance.below(8) == 0 { parts.append("```\n![no image](/images/none.png)\n```") }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
