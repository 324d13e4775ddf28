import Foundation
import TestSupport

@testable import VariantWorkers
@testable import Vips

/// A picture that a test makes: what kind it is, what is expected of it, and its bytes.
struct DrawnPicture: Sendable {
  var fixture: PictureFixture
  var data: @Sendable () throws -> Data

  init(
    _ file: String, _ category: String, _ expected: String = "process", content: String = "",
    _ data: @escaping @Sendable () throws -> Data
  ) {
    fixture = PictureFixture(
      file: "\(category)/\(file)", content: content, category: category, expected: expected)
    self.data = data
  }

  /// Every kind of picture that blogs hold, and that people send to break things.
  static let all: [DrawnPicture] =
    orientations + jpegs + pngs + otherFormats + colors + animations + damaged + bombs + names + wrong
    + noImages + sizes + drawings

  static var photograph: Image { get throws { try Drawing.photographWithCorners(240, 160).image() } }
  static var screenshot: Image { get throws { try Drawing.screenshot(240, 160).image() } }

  /// A photograph with a soft hole.
  static var cutOut: Image {
    get throws {
      try Drawing(width: 120, height: 90, bands: 4) { x, y in
        let distance = (x - 60) * (x - 60) + (y - 45) * (y - 45)
        return [UInt8(x * 2), UInt8(y * 2), 120, UInt8(min(255, distance / 8))]
      }.image()
    }
  }

  // MARK: Whole files

  private static let orientations: [DrawnPicture] = (1...8).map { orientation in
    DrawnPicture("\(orientation).jpg", "exif-orientation") {
      let stored = try photograph.oriented([6: 8, 8: 6][orientation] ?? orientation)
      return try stored.jpeg(orientation: orientation)
    }
  }

  private static let jpegs: [DrawnPicture] = [
    .init("full.jpg", "jpeg-encodings") { try photograph.jpeg(quality: 100, chroma: .full) },
    .init("half.jpg", "jpeg-encodings") { try photograph.jpeg(quality: 80, chroma: .halved) },
    .init("coarse.jpg", "jpeg-encodings") { try photograph.jpeg(quality: 5, chroma: .halved) },
    .init("baseline.jpg", "jpeg-encodings") { try photograph.saved("jpeg", "interlace", .bool(false)) },
    .init("progressive.jpg", "jpeg-encodings") { try photograph.saved("jpeg", "interlace", .bool(true)) },
    .init("restart.jpg", "jpeg-encodings") { try photograph.saved("jpeg", "restart-interval", .int(4)) },
    .init("gray.jpg", "jpeg-encodings") {
      try photograph.converted(to: "b-w").jpeg(quality: 90, chroma: .full)
    },
    .init("private.jpg", "gps-privacy") {
      let texts = [
        "exif-ifd0-Artist": "Some One", "exif-ifd2-BodySerialNumber": "SN12345",
        "exif-ifd3-GPSLatitude": "50/1 5/1 333/10",
      ]
      return try photograph.carrying(texts: texts, blobs: [:]).jpegWithMetadata()
    },
    .init("comments.jpg", "jpeg-exif-odd") {
      try photograph.jpeg(quality: 90, chroma: .full).withSegment(0xFE, Data("a comment".utf8))
        .withSegment(0xEF, Data(count: 60_000))
    },
    .init("archive-behind.jpg", "trailing-data-polyglot") {
      try photograph.jpeg(quality: 90, chroma: .full) + Data("PK\u{3}\u{4}".utf8) + Data(count: 500)
    },
  ]

  private static let pngs: [DrawnPicture] = [
    .init("plain.png", "photo") { try photograph.png() },
    .init("screen.png", "screenshot-png") { try screenshot.png() },
    .init("interlaced.png", "png-interlaced") { try photograph.saved("png", "interlace", .bool(true)) },
    .init("interlaced-clear.png", "png-interlaced") { try cutOut.saved("png", "interlace", .bool(true)) },
    .init("palette.png", "png-gray-palette-alpha") {
      try screenshot.pngPalette(quality: 100, effort: 4, dither: 0)
    },
    .init("palette-clear.png", "png-gray-palette-alpha") {
      try cutOut.pngPalette(quality: 100, effort: 4, dither: 1)
    },
    .init("gray.png", "png-gray-palette-alpha") { try photograph.converted(to: "b-w").png() },
    .init("gray-clear.png", "png-gray-palette-alpha") {
      try Drawing(width: 90, height: 60, bands: 2) { x, y in [UInt8(x * 2), UInt8(y * 4)] }.image().png()
    },
    .init("clear.png", "png-gray-palette-alpha") { try cutOut.png() },
    .init("wholly-clear.png", "png-gray-palette-alpha") {
      try Drawing(width: 60, height: 60, bands: 4) { x, y in [UInt8(x), UInt8(y), 9, 0] }.image().png()
    },
    .init("wide.png", "png-16bit") { try photograph.sixteenBit().pngWithMetadata() },
    .init("wide-gray.png", "png-16bit") {
      try photograph.converted(to: "b-w").sixteenBit().pngWithMetadata()
    },
    .init("data-behind.png", "trailing-data-polyglot") { try photograph.png() + Data(count: 900) },
  ]

  private static let otherFormats: [DrawnPicture] = [
    .init("lossy.webp", "webp-still") { try photograph.webp(quality: 80, effort: 2, sharpChroma: false) },
    .init("lossless.webp", "webp-still") { try screenshot.webpLossless(effort: 2) },
    .init("clear.webp", "webp-still") { try cutOut.webpLossless(effort: 2) },
    .init("still.gif", "gif-static") { try screenshot.gif() },
    .init("interlaced.gif", "gif-static") { try screenshot.saved("gif", "interlace", .bool(true)) },
    .init("clear.gif", "gif-static") { try cutOut.gif() },
    .init("still.avif", "avif") { try photograph.avif(quality: 60, effort: 0, chroma: .full) },
    .init("clear.avif", "avif") { try cutOut.avif(quality: 60, effort: 0, chroma: .full) },
  ]

  // MARK: Colors

  private static let colors: [DrawnPicture] = [
    .init("profile.jpg", "cmyk") { try photograph.inSpace("cmyk").jpegWithMetadata() },
    .init("no-profile.jpg", "cmyk") {
      try photograph.inSpace("cmyk").jpegWithMetadata().withoutSegments(0xE2)
    },
    .init("p3.jpg", "icc-wide-gamut") { try photograph.inSpace("p3").jpegWithMetadata() },
    .init("p3.png", "icc-wide-gamut") { try photograph.inSpace("p3").pngWithMetadata() },
    .init("p3-wide.png", "icc-wide-gamut") { try photograph.inSpace("p3", depth: 16).pngWithMetadata() },
    .init("srgb.jpg", "icc-wide-gamut") { try photograph.inSpace("srgb").jpegWithMetadata() },
    .init("nonsense.jpg", "icc-broken") {
      let profile = Data("ICC_PROFILE\0\u{1}\u{1}".utf8) + Data("no profile".utf8)
      return try photograph.jpeg(quality: 90, chroma: .full).withSegment(0xE2, profile)
    },
    .init("cut.jpg", "icc-broken") {
      let whole = try photograph.inSpace("p3").bytes("icc-profile-data") ?? Data()
      let profile = Data("ICC_PROFILE\0\u{1}\u{1}".utf8) + whole.prefix(200)
      return try photograph.jpeg(quality: 90, chroma: .full).withSegment(0xE2, profile)
    },
  ]

  // MARK: Animations

  private static let frames: @Sendable () throws -> [Image] = {
    try (0..<5).map { try Drawing.wandering($0, 90, 60) }
  }

  private static let animations: [DrawnPicture] = [
    .init("stack.gif", "gif-animated", "passthrough") {
      try Image.stacked(frames(), delays: [100, 50, 100, 100, 300], plays: 0).gif()
    },
    .init("parts.gif", "gif-animated", "passthrough") {
      DrawnGIF(frames: [
        .init(width: 20, height: 20, color: 0), .init(left: 4, top: 4, width: 8, height: 8, color: 2),
        .init(left: 2, top: 9, width: 5, height: 5, color: 1, disposal: 2),
      ]).data()
    },
    .init("stack.webp", "webp-animated", "passthrough") {
      try Image.stacked(frames(), delays: [100, 50, 100, 100, 300], plays: 3)
        .webpAnimation(quality: 70, effort: 1)
    },
    .init("whole.png", "apng", "passthrough") {
      try DrawnAPNG(frames: frames().map { DrawnAPNG.Frame($0) }).data()
    },
    .init("poster.png", "apng", "passthrough") {
      try DrawnAPNG(
        frames: frames().map { DrawnAPNG.Frame($0) }, poster: Drawing.plainImage(1, 90, 60)
      ).data()
    },
  ]

  // MARK: Broken and hostile files

  /// Each format's file without its end, and with other bytes in its middle.
  private static let damaged: [DrawnPicture] =
    damaged("jpg") { try photograph.jpeg(quality: 90, chroma: .full) }
    + damaged("png") { try photograph.png() }
    + damaged("webp") { try photograph.webp(quality: 80, effort: 1, sharpChroma: false) }
    + damaged("gif") { try screenshot.gif() }
    + damaged("avif") { try photograph.avif(quality: 50, effort: 0, chroma: .full) }

  private static func damaged(
    _ format: String, _ whole: @escaping @Sendable () throws -> Data
  ) -> [DrawnPicture] {
    let cut = [10, 50, 95].map { share in
      DrawnPicture("cut-at-\(share).\(format)", "damaged", "lenient") {
        let data = try whole()
        return data.prefix(data.count * share / 100)
      }
    }
    let changed = (1...4).map { seed in
      DrawnPicture("changed-\(seed).\(format)", "damaged", "lenient") {
        var bytes = [UInt8](try whole())
        var random = SplitMix(seed: UInt64(seed))
        random.damage(&bytes, changes: 12, in: 12..<bytes.count)
        return Data(bytes)
      }
    }
    return cut + changed
  }

  /// Small files that say they are vast: refused before a pixel is made.
  private static let bombs: [DrawnPicture] = [
    .init("vast.png", "bomb-dimensions", "reject") {
      var chunks = try DrawnAPNG.chunks(of: screenshot.png())
      chunks[0].content.replaceSubrange(0..<8, with: DrawnAPNG.number(60_000) + DrawnAPNG.number(60_000))
      return DrawnAPNG.file(chunks)
    },
    .init("vast.jpg", "bomb-dimensions", "reject") {
      var data = try photograph.saved("jpeg", "interlace", .bool(false))
      let frame = try data.range(of: Data([0xFF, 0xC0])).map(\.lowerBound) ?? { throw NoFrame() }()
      data.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xDC, 0xFF, 0xDC])
      return data
    },
    // A screen that no frame fills counts for nothing, as in libnsgif.
    .init("vast.gif", "gif-bad", "lenient") {
      DrawnGIF(width: 65_535, height: 65_535, frames: [.init(width: 2, height: 2, color: 0)]).data()
    },
  ]

  private struct NoFrame: Error {}

  private static let wrong: [DrawnPicture] = [
    .init("png.jpg", "wrong-extension") { try photograph.png() },
    .init("jpeg.png", "wrong-extension") { try photograph.jpeg(quality: 90, chroma: .full) },
    .init("webp.jpg", "wrong-extension") { try photograph.webp(quality: 80, effort: 1, sharpChroma: false) },
    .init("gif.png", "wrong-extension") { try screenshot.gif() },
  ]

  private static let noImages: [DrawnPicture] = [
    ("empty.png", ""), ("page.jpg", "<!DOCTYPE html><title>404</title>"), ("words.png", "just words\n"),
    ("paper.jpg", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"), ("archive.png", "PK\u{3}\u{4}abc"),
    ("script.gif", "#!/bin/sh\nexit 1\n"),
    ("pointer.png", "version https://git-lfs.github.com/spec/v1\noid sha256:1"),
    ("start.png", "\u{1}PNG"), ("magick.png", "push graphic-context\nimage over 0,0 0,0 '/etc/passwd'\n"),
  ].map { name, text in DrawnPicture(name, "not-an-image", "reject") { Data(text.utf8) } }

  // MARK: Names, sizes, drawings

  private static let names: [DrawnPicture] = [
    "two words.png", "바다.png", "percent%20.png", "question?.png", "hash#.png", "quote'\".png", "paren(1).png",
    "UPPER.PNG", "dots...png", "-dash.png", "emoji🌊.png", "tab\t.png", "plus+&=.png", "[brackets].png",
    "50%.png", "a\\b.png",
  ].map { name in DrawnPicture(name, "names") { try screenshot.png() } }

  private static let sizes: [DrawnPicture] = [
    (1, 1), (1, 2_000), (2_000, 1), (2, 3), (3_000, 40), (65, 65),
  ].map { width, height in
    DrawnPicture("\(width)x\(height).png", "size-extremes") {
      try Drawing.photograph(width, height).image().png()
    }
  }

  private static let drawings: [DrawnPicture] = [
    ("sized.svg", "40x20", "width='40' height='20'"), ("boxed.svg", "30x60", "viewBox='0 0 30 60'"),
    ("units.svg", "10x5", "width='10px' height='5px'"),
  ].map { name, size, attributes in
    DrawnPicture(name, "svg-plain", "passthrough", content: size) {
      Data("<svg xmlns='http://www.w3.org/2000/svg' \(attributes)><rect width='9' height='9'/></svg>".utf8)
    }
  }
}

extension Image {
  /// The image through a saver of libvips, with an option.
  fileprivate func saved(_ format: String, _ option: String, _ value: VipsCall.Argument) throws -> Data {
    try operation("\(format)save_buffer", ["in": .image(self), option: value]).bytes()
  }
}
