import Foundation
import Testing
import TestSupport

@testable import VariantWorkers
@testable import Vips

struct APNGTests {
  private func frames(_ count: Int) throws -> [DrawnAPNG.Frame] {
    try (0..<count).map { DrawnAPNG.Frame(try Drawing.plainImage($0, 20, 10), delay: (3, 25)) }
  }

  @Test func framesAreRead() throws {
    var drawn = try DrawnAPNG(frames: frames(3), plays: 4)
    drawn.frames[1] = DrawnAPNG.Frame(
      try Drawing.plainImage(1, 6, 4), left: 3, top: 5, delay: (7, 0), disposal: 2, blend: 1)
    let data = try drawn.data()
    let animation = try #require(APNG(data))
    #expect(animation.canvas == PixelSize(width: 20, height: 10))
    #expect((animation.plays, animation.frames.count, animation.damage) == (4, 3, nil))
    let frame = animation.frames[1]
    #expect((frame.left, frame.top, frame.size) == (3, 5, PixelSize(width: 6, height: 4)))
    #expect((frame.delayNumerator, frame.delayDenominator) == (7, 0))
    #expect((frame.disposal, frame.blend) == (.previous, .over))
    for (number, frame) in animation.frames.enumerated() {
      let png = try Image.open(animation.png(of: frame, in: data), with: .png, file: "f", failOn: .warning)
      #expect(PixelSize(width: png.width, height: png.height) == frame.size)
      #expect(try png.pixel(2, 2) == Drawing.plain(number).map(Int.init))
    }
  }

  @Test func aPosterIsNoFrame() throws {
    let poster = try Drawing.plainImage(7, 20, 10)
    let animation = try #require(APNG(DrawnAPNG(frames: frames(2), poster: poster).data()))
    #expect(animation.frames.count == 2)
    // Browsers show the one frame and never the poster.
    #expect(try APNG(DrawnAPNG(frames: frames(1), poster: poster).data())?.frames.count == 1)
    #expect(try APNG(DrawnAPNG(frames: frames(1)).data()) == nil)
  }

  /// What browsers show as a still image is one, and of a damaged animation the whole frames count.
  @Test(arguments: [
    ("no control", 0, nil), ("promises none", 0, nil), ("promises more", 4, true),
    ("promises less", 2, false),
    ("gap", 2, true), ("first frame gap", 0, nil), ("beyond the canvas", 2, true), ("no pixels", 3, true),
    ("cut in a frame", 3, true), ("no end", 4, false), ("unknown disposal", 2, true),
    ("control after pixels", 0, nil), ("frame 0 is small", 0, nil),
  ])
  func oddFiles(_ what: String, _ whole: Int, _ isDamaged: Bool?) throws {
    var chunks = try DrawnAPNG(frames: frames(4)).chunks()
    func chunk(_ name: String, _ number: Int) -> Int {
      chunks.indices.filter { chunks[$0].name == name }[number]
    }
    func set(_ byte: UInt8, _ offset: Int, of chunk: Int) { chunks[chunk].content[offset] = byte }
    var end: Int?
    switch what {
    case "no control": chunks.remove(at: 1)
    case "promises none": set(0, 3, of: 1)
    case "promises more": set(9, 3, of: 1)
    case "promises less": set(2, 3, of: 1)
    case "gap": chunks.remove(at: chunk("fcTL", 2))
    case "first frame gap": set(9, 3, of: chunk("fdAT", 0))
    case "beyond the canvas": set(1, 15, of: chunk("fcTL", 2))
    case "no pixels": chunks.remove(at: chunk("fdAT", 2))
    case "cut in a frame": end = DrawnAPNG.file(Array(chunks.dropLast())).count - 5
    case "no end": chunks.removeLast()
    case "unknown disposal": set(3, 24, of: chunk("fcTL", 2))
    case "control after pixels": chunks.insert(chunks.remove(at: 1), at: chunk("IDAT", 0) + 1)
    case "frame 0 is small": set(9, 7, of: chunk("fcTL", 0))
    default: Issue.record("no such case")
    }
    let file = DrawnAPNG.file(chunks)
    let animation = APNG(file.prefix(end ?? file.count))
    #expect(animation?.frames.count ?? 0 == whole)
    #expect(animation.map { $0.damage != nil } == isDamaged)
  }

  /// Whatever bytes come, reading them ends, and every range that it gives lies in the file.
  @Test func hostileBytesAreNoDanger() throws {
    var random = SplitMix(seed: 7)
    let whole = try DrawnAPNG(frames: frames(4)).data()
    for round in 0..<3000 {
      var data = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let offset = Int.random(in: 8..<data.count, using: &random)
        data[offset] = round % 2 == 0 ? 0xFF : UInt8.random(in: 0...255, using: &random)
      }
      if round % 3 == 0 { data = data.prefix(Int.random(in: 0...data.count, using: &random)) }
      guard let animation = APNG(data) else { continue }
      for frame in animation.frames {
        #expect(frame.pixels.allSatisfy { $0.upperBound <= data.count })
        _ = animation.png(of: frame, in: data)
      }
    }
  }

  /// The checksum of the empty end chunk is the same in every PNG.
  @Test func checksumsAreThoseOfPNG() {
    #expect(
      PNGChunk.bytes("IEND", Data())
        == Data([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]))
    #expect(PNGChunk.checksum(Data("123456789".utf8)) == 0xCBF4_3926)
  }
}

struct FrameCanvasTests {
  /// A canvas of three pixels: a red frame over all of it, then a half-transparent blue one in the middle, then what a
  /// frame of nothing sees.
  @Test(arguments: [
    (0, 0, [0, 0, 255, 128], [0, 0, 255, 128]), (0, 1, [127, 0, 128, 255], [127, 0, 128, 255]),
    (1, 0, [0, 0, 255, 128], [0, 0, 0, 0]), (1, 1, [127, 0, 128, 255], [0, 0, 0, 0]),
    (2, 0, [0, 0, 255, 128], [255, 0, 0, 255]), (2, 1, [127, 0, 128, 255], [255, 0, 0, 255]),
  ])
  func disposalAndBlend(_ disposal: Int, _ blend: Int, _ displayed: [Int], _ after: [Int]) throws {
    var canvas = FrameCanvas(PixelSize(width: 3, height: 1))
    let red = try Image.fromPixels(
      [255, 0, 0, 255, 0, 0, 255, 0, 0], width: 3, height: 1, bands: 3, file: "f")
    let blue = try Image.fromPixels([0, 0, 255, 128], width: 1, height: 1, bands: 4, file: "f")
    let clear = try Image.fromPixels([9, 9, 9, 0], width: 1, height: 1, bands: 4, file: "f")
    let base = try frame(disposal: 0, blend: 0, width: 3, left: 0)
    try canvas.show(base, red, isFirst: true) {
      #expect($0 == [255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255])
    }
    try canvas.show(frame(disposal: disposal, blend: blend, width: 1, left: 1), blue, isFirst: false) { all in
      #expect(all[4..<8].map(Int.init) == displayed)
      #expect(Array(all[0..<4] + all[8..<12]) == [255, 0, 0, 255, 255, 0, 0, 255])
    }
    try canvas.show(frame(disposal: 0, blend: 1, width: 1, left: 1), clear, isFirst: false) { all in
      #expect(all[4..<8].map(Int.init) == after)
      #expect(Array(all[0..<4] + all[8..<12]) == [255, 0, 0, 255, 255, 0, 0, 255])
    }
  }

  @Test func theFirstFrameHasNothingToGoBackTo() throws {
    var canvas = FrameCanvas(PixelSize(width: 1, height: 1))
    let red = try Image.fromPixels([255, 0, 0], width: 1, height: 1, bands: 3, file: "f")
    try canvas.show(frame(disposal: 2, blend: 0, width: 1, left: 0), red, isFirst: true) { _ in }
    #expect(canvas.pixels == [0, 0, 0, 0])
  }

  @Test func aFrameThatDoesNotFitIsRefused() throws {
    var canvas = FrameCanvas(PixelSize(width: 3, height: 1))
    let red = try Image.fromPixels([255, 0, 0], width: 1, height: 1, bands: 3, file: "f")
    for bad in try [
      frame(disposal: 0, blend: 0, width: 1, left: 3), frame(disposal: 0, blend: 0, width: 2, left: 0),
    ] {
      #expect(throws: VipsError.self) { try canvas.show(bad, red, isFirst: true) { _ in } }
    }
  }

  private func frame(disposal: Int, blend: Int, width: Int, left: Int) throws -> APNG.Frame {
    APNG.Frame(
      left: left, top: 0, size: PixelSize(width: width, height: 1), delayNumerator: 1, delayDenominator: 10,
      disposal: try #require(.init(rawValue: disposal)), blend: try #require(.init(rawValue: blend)))
  }
}
