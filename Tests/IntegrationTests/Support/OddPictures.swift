import Foundation
import TestSupport

@testable import Vips

/// Pictures whose files tell their colors, their place or their transparency in ways that decoders drop: each made here.
struct OddPicture: Sendable {
  var name: String
  /// Words of the warning with which the picture is left alone; nil where its new files have to look the same.
  var warning: String?
  var data: Data
  /// The most that its new files may differ from it, in ΔE2000 on average.
  var mean = 1.5
  /// The same of any block of eight by eight pixels.
  var most = 8.0

  static func all() throws -> [OddPicture] {
    try pngs() + containers() + others()
  }

  // MARK: Colors

  private static let (width, height) = (96, 64)

  /// Patches of many colors, each of sixteen by sixteen pixels.
  private static func patches(alpha: Bool = false) throws -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = (x / 16, y / 16)
        let color =
          row == 0
          ? [column * 51, column * 51, column * 51] : [column * 45 + 20, 240 - row * 60, (column + row) * 28]
        pixels += color.map { UInt8($0) }
        if alpha { pixels.append(UInt8(255 - column * 40)) }
      }
    }
    return try Image.fromPixels(pixels, width: width, height: height, bands: alpha ? 4 : 3, file: "patches")
  }

  /// What follows a picture's end: its new files are then smaller, and are kept.
  private static let ballast = Data(count: 60_000)

  private static func png(
    _ name: String, _ chunks: [(String, Data)], of image: Image? = nil, warning: String? = nil
  ) throws -> OddPicture {
    let plain = try (image ?? patches()).png()
    return OddPicture(
      name: name + ".png", warning: warning, data: PNGChunks.inserting(chunks, in: plain) + ballast)
  }

  private static func gamma(_ value: Double) -> (String, Data) {
    ("gAMA", PNGChunks.number(Int((value * 100_000).rounded())))
  }

  /// White, red, green, blue.
  private static func chromaticities(_ values: [Double]) -> (String, Data) {
    ("cHRM", values.reduce(into: Data()) { $0 += PNGChunks.number(Int(($1 * 100_000).rounded())) })
  }

  private static let displayP3 = chromaticities([0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06])
  private static let swapped = chromaticities([0.3127, 0.329, 0.3, 0.6, 0.64, 0.33, 0.15, 0.06])

  private static func points(_ primaries: UInt8, _ transfer: UInt8) -> (String, Data) {
    ("cICP", Data([primaries, transfer, 0, 1]))
  }

  /// A photograph that fades from nothing to itself.
  private static func fading() throws -> OddPicture {
    var random = SplitMix(seed: 3)
    let (width, height) = (320, 240)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let noise = Int(random.next() % 13)
        pixels += [60 + x / 2 + noise, 200 - y / 2 - noise, 90 + (x + y) / 6 + noise, x * 255 / width].map {
          UInt8(max(0, min(255, $0)))
        }
      }
    }
    return try png(
      "fading", [], of: Image.fromPixels(pixels, width: width, height: height, bands: 4, file: "fading"))
  }

  private static func pngs() throws -> [OddPicture] {
    let gray = try patches().converted(to: "b-w")
    return try [
      png("plain", []), fading(), png("gamma-1", [gamma(1)]), png("gamma-0.6", [gamma(0.625)]),
      png("gamma-usual", [gamma(0.45455)]), png("gamma-1-gray", [gamma(1)], of: gray),
      png("gamma-1-alpha", [gamma(1)], of: patches(alpha: true)),
      png("gamma-srgb", [gamma(1), ("sRGB", Data([0]))]), png("chrm-p3", [gamma(0.45455), displayP3]),
      png("chrm-swapped", [gamma(0.45455), swapped]), png("chrm-gray", [gamma(0.625), swapped], of: gray),
      png("chrm-alone", [displayP3]), png("cicp-plain", [points(1, 13), gamma(1)]),
      png("cicp-p3", [points(12, 13)]), png("cicp-2020", [points(9, 13)]), png("cicp-linear", [points(1, 8)]),
      png("cicp-pq", [points(9, 16)], warning: "HDR (PQ)"),
      png("cicp-hlg", [points(9, 18)], warning: "HDR (HLG)"),
    ]
  }

  // MARK: AVIF

  private static func avif(_ name: String, _ numbers: (UInt8, UInt8)?, warning: String? = nil) throws
    -> OddPicture
  {
    var data = try patches().avif(quality: 95, effort: 2, chroma: .full)
    if let numbers, let box = data.range(of: Data("nclx".utf8)) {
      data.replaceSubrange(box.upperBound..<(box.upperBound + 4), with: [0, numbers.0, 0, numbers.1])
    }
    return OddPicture(name: name + ".avif", warning: warning, data: data + box("free", ballast))
  }

  private static func box(_ name: String, _ content: Data) -> Data {
    PNGChunks.number(content.count + 8) + Data(name.utf8) + content
  }

  private static func transparent() throws -> OddPicture {
    let data = try patches(alpha: true).avif(quality: 95, effort: 2, chroma: .full)
    // Chromium 156 shows every transparency in AVIF as if its numbers were those of television.
    return OddPicture(name: "alpha.avif", warning: nil, data: data + box("free", ballast), mean: 2.5)
  }

  private static func containers() throws -> [OddPicture] {
    try [
      avif("nclx-plain", (1, 13)), avif("nclx-p3", (12, 13)), avif("nclx-2020", (9, 14)),
      avif("nclx-601", (6, 6)),
      avif("nclx-709", (1, 1)), avif("nclx-linear", (1, 8)), avif("nclx-open", (2, 2)),
      avif("nclx-pq", (9, 16), warning: "HDR (PQ)"), avif("nclx-hlg", (9, 18), warning: "HDR (HLG)"),
      transparent(),
    ]
  }

  // MARK: Others

  private static let turned = TIFFBuilder(isBigEndian: true).structure([[(0x0112, .short([6]))]])

  private static func others() throws -> [OddPicture] {
    try [
      turnedWebP(), turnedPNG(), turnedJPEG(), gif("gif-frame-below", [3, 2, 20, 10]),
      gif("gif-frame-whole", [0, 0, 24, 16]), cmyk("cmyk-profile", without: []),
      cmyk("cmyk", without: [0xE2]),
      cmyk("cmyk-no-adobe", without: [0xE2, 0xEE]),
    ]
  }

  private static func turnedWebP() throws -> OddPicture {
    // libvips puts its own extended header in front.
    let whole = try patches().webpLossless(effort: 2)
    let plain = whole[(whole.range(of: Data("VP8L".utf8))?.lowerBound ?? 0)...]
    let length = plain.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let pixels = plain.prefix(8 + length + length % 2)
    func number(_ value: Int, _ count: Int) -> Data {
      Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    let head = Data([8, 0, 0, 0]) + number(width - 1, 3) + number(height - 1, 3)
    let exif = turned + Data(count: turned.count % 2)
    let body =
      Data("WEBPVP8X".utf8) + number(10, 4) + head + pixels + Data("EXIF".utf8)
      + number(exif.count, 4)
      + exif + Data("JUNK".utf8) + number(ballast.count, 4) + ballast
    return OddPicture(
      name: "turned.webp", warning: nil, data: Data("RIFF".utf8) + number(body.count, 4) + body)
  }

  private static func turnedPNG() throws -> OddPicture { try png("turned", [("eXIf", turned)]) }

  private static func turnedJPEG() throws -> OddPicture {
    let jpeg = try patches().jpeg(quality: 95, chroma: .full)
    let content = Data("Exif\0\0".utf8) + turned
    let segment = Data([0xFF, 0xE1, 0, UInt8(content.count + 2)]) + content
    return OddPicture(
      name: "turned.jpg", warning: nil, data: jpeg.prefix(2) + segment + jpeg.dropFirst(2) + ballast)
  }

  /// A GIF of 24 by 16 pixels whose frame is one red rectangle (left, top, width, height), in the smallest LZW that there
  /// is: after each pixel the table is cleared.
  private static func gif(_ name: String, _ frame: [Int]) throws -> OddPicture {
    func short(_ value: Int) -> Data { Data([UInt8(value & 0xFF), UInt8(value >> 8)]) }
    var bits: [Int] = []
    // Codes of three bits: 4 clears the table, 5 ends the picture.
    for _ in 0..<(frame[2] * frame[3]) { bits += [4, 1] }
    bits.append(5)
    var bytes: [UInt8] = []
    for (index, code) in bits.enumerated() {
      for bit in 0..<3 {
        let place = 3 * index + bit
        if place % 8 == 0 { bytes.append(0) }
        bytes[place / 8] |= UInt8(code >> bit & 1) << UInt8(place % 8)
      }
    }
    var data =
      Data("GIF89a".utf8) + short(24) + short(16)
      + Data([0x81, 0, 0, 0, 0, 0, 230, 20, 40, 0, 200, 0, 0, 0, 200])
    data += Data([0x2C]) + frame.reduce(into: Data()) { $0 += short($1) } + Data([0, 2])
    for start in stride(from: 0, to: bytes.count, by: 255) {
      let part = bytes[start..<min(bytes.count, start + 255)]
      data += Data([UInt8(part.count)]) + part
    }
    return OddPicture(name: name + ".gif", warning: nil, data: data + Data([0, 0x3B]) + ballast)
  }

  /// A JPEG for printers, without the segments of some markers.
  private static func cmyk(_ name: String, without markers: [UInt8]) throws -> OddPicture {
    let image = try patches().operation(
      "icc_transform", ["in": .image(patches()), "output-profile": .text("cmyk"), "depth": .int(8)]
    ).image()
    let jpeg = try image.operation("jpegsave_buffer", ["in": .image(image), "Q": .int(95)]).bytes()
    let bytes = [UInt8](jpeg)
    var kept = Data(bytes.prefix(2))
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF, bytes[place + 1] != 0xDA {
      let end = min(bytes.count, place + 2 + Int(bytes[place + 2]) << 8 + Int(bytes[place + 3]))
      if !markers.contains(bytes[place + 1]) { kept += bytes[place..<end] }
      place = end
    }
    // Chromium interpolates a profile's table of inks more coarsely than LittleCMS does.
    let (mean, most) = markers.isEmpty ? (5.0, 15.0) : (1.5, 8.0)
    return OddPicture(
      name: name + ".jpg", warning: nil, data: kept + bytes[place...] + ballast, mean: mean,
      most: most)
  }
}
