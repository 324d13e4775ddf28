import AssetModel
import Foundation
import Testing

@testable import VariantWorkers
@testable import Vips

struct AnimationTimingTests {
  @Test(arguments: [(0, 100), (1, 100), (10, 100), (11, 11), (20, 20), (70_000, 70_000)])
  func shortDelaysAreShownAsBrowsersDo(_ stored: Int, _ displayed: Int) {
    #expect(AnimationTiming.displayedDelay(stored) == displayed)
  }

  @Test(arguments: [
    ([(1, 10), (1, 10)], [100, 100]), ([(1, 60), (1, 60), (1, 60)], [17, 16, 17]), ([(0, 1)], [100]),
    ([(1, 100)], [100]), ([(2, 0)], [20]), ([(11, 1000), (11, 1000)], [11, 11]),
    ([(65_535, 1)], [65_535_000]),
    ([(1, 65_535)], [100]), ([(1, 30), (1, 30), (1, 30)], [33, 34, 33]),
  ])
  func fractionsOfASecond(_ delays: [(Int, Int)], _ milliseconds: [Int]) {
    let frames = delays.map {
      APNG.Frame(
        left: 0, top: 0, size: PixelSize(width: 1, height: 1), delayNumerator: $0.0, delayDenominator: $0.1,
        disposal: .none, blend: .source)
    }
    #expect(AnimationTiming.milliseconds(of: frames) == milliseconds)
  }

  @Test(arguments: [(0, 0), (1, 1), (4, 4), (65_536, 65_535), (-1, 0)])
  func playsFitWebP(_ count: Int, _ plays: Int) { #expect(AnimationTiming.plays(count) == plays) }
}

struct GIFStructureTests {
  private static let whole = DrawnGIF.Frame(width: 20, height: 20, color: 1)
  private static let part = DrawnGIF.Frame(left: 5, top: 5, width: 8, height: 8, color: 2)

  private static func with(_ frame: DrawnGIF.Frame, disposal: Int, transparent: Bool = false)
    -> DrawnGIF.Frame
  {
    var frame = frame
    (frame.disposal, frame.transparent) = (disposal, transparent)
    return frame
  }

  /// Where libvips' pixels are not those of browsers.
  @Test(arguments: [
    ([whole, part], false), ([part, whole], true),
    ([with(part, disposal: 1, transparent: true), whole], false),
    ([with(whole, disposal: 2), part], true), ([with(whole, disposal: 2), whole], false),
    ([with(whole, disposal: 2, transparent: true), part], false),
    ([whole, with(part, disposal: 2), whole], false),
    ([whole, with(part, disposal: 2), with(part, disposal: 1, transparent: true)], true),
    ([whole, with(part, disposal: 2), part], false), ([whole, with(part, disposal: 3), whole], false),
    ([whole, with(part, disposal: 2)], false),
  ])
  func backgroundsThatShow(_ frames: [DrawnGIF.Frame], _ shows: Bool) throws {
    let data = DrawnGIF(frames: frames).data()
    let structure = try #require(GIFStructure(data))
    #expect(structure.frames.count == frames.count)
    #expect(structure.isWhole)
    #expect(structure.showsBackground == shows)
    #expect(try Image.openFrames(data, with: .gif, file: "f", failOn: .warning).frameCount == frames.count)
  }

  @Test func aCutFileIsNotWhole() throws {
    let data = DrawnGIF(frames: [Self.whole, Self.part, Self.whole]).data()
    for count in 0..<data.count {
      #expect(GIFStructure(data.prefix(count))?.isWhole ?? false == false, "\(count)")
    }
    #expect(GIFStructure(Data("not a GIF at all".utf8)) == nil)
  }
}

struct AnimationDecodeStepTests {
  private func decode(_ data: Data, _ loader: Loader, _ format: ImageFormat) throws
    -> (frames: [Image], facts: AnimationDecodeStep.Facts)
  {
    let source = Source(path: "a", sha256: "", bytes: data.count, format: format)
    var frames: [Image] = []
    let facts = try AnimationDecodeStep(source: source, loader: loader, data: data)
      .frames(failOn: .warning) { frame, number, _ in
        #expect(number == frames.count)
        frames.append(frame)
      }
    return (frames, facts)
  }

  @Test func everyFrameOfAGIF() throws {
    let images = try (0..<9).map { try Drawing.wandering($0, 60, 40) }
    let stack = try Image.stacked(images, delays: Array(stride(from: 20, to: 200, by: 20)), plays: 5)
    let (frames, facts) = try decode(stack.gif(), .gif, .gif)
    #expect(facts.delays == Array(stride(from: 20, to: 200, by: 20)))
    #expect((facts.plays, facts.alpha, facts.size) == (5, false, PixelSize(width: 60, height: 40)))
    for (frame, image) in zip(frames, images) {
      #expect(try frame.bands(from: 0, count: 3).bytes() == image.bytes())
    }
  }

  /// Repetitions of a GIF: none and 3 are one and four plays, as Chromium 156 plays them.
  @Test(arguments: [(nil, 1), (0, 0), (3, 4), (65_535, 65_535)])
  func plays(_ repetitions: Int?, _ plays: Int) throws {
    let frames = (0..<3).map { DrawnGIF.Frame(width: 20, height: 20, color: $0, delay: $0) }
    let facts = try decode(DrawnGIF(frames: frames, repetitions: repetitions).data(), .gif, .gif).facts
    #expect(facts.plays == plays)
    #expect(facts.delays == [100, 100, 20])
  }

  /// Frames that keep, clear and restore what is under them, worked out by hand at two places.
  @Test func disposalOfAGIF() throws {
    let data = DrawnGIF(frames: [
      .init(width: 20, height: 20, color: 0),
      .init(left: 2, top: 2, width: 4, height: 4, color: 1, disposal: 3, transparent: true),
      .init(left: 10, top: 10, width: 4, height: 4, color: 2, disposal: 2, transparent: true),
      .init(left: 0, top: 0, width: 1, height: 1, color: 1, transparent: true),
    ]).data()
    let (frames, facts) = try decode(data, .gif, .gif)
    #expect(
      try frames.map { try $0.pixel(3, 3) } == [[255, 0, 0, 255], [0, 255, 0, 255]] + [[255, 0, 0, 255]] + [
        [255, 0, 0, 255]
      ])
    #expect(try frames[2].pixel(11, 11) == [0, 0, 255, 255])
    #expect(try frames[3].pixel(11, 11)[3] == 0)
    #expect(facts.alpha)
  }

  @Test func everyFrameOfAnAPNG() throws {
    let images = try (0..<5).map { try Drawing.wandering($0, 60, 40, alpha: true) }
    let drawn = DrawnAPNG(frames: images.map { .init($0, delay: (1, 8)) }, plays: 2)
    let (frames, facts) = try decode(drawn.data(), .png, .png)
    #expect(facts.delays == [125, 125, 125, 125, 125])
    #expect((facts.plays, facts.alpha) == (2, true))
    #expect(try frames.map { try $0.bytes() } == images.map { try $0.bytes() })
  }

  /// Gray, sixteen bits and a part of the canvas become eight-bit sRGB on the whole of it.
  @Test func framesOfOtherKindsAreConverted() throws {
    let gray = try Drawing(width: 30, height: 20, bands: 1) { _, _ in [77] }.image()
    let part = try Drawing(width: 4, height: 4, bands: 1) { _, _ in [200] }.image()
    let (frames, facts) = try decode(
      DrawnAPNG(frames: [.init(gray), .init(part, left: 8, top: 2)]).data(), .png, .png)
    #expect(try frames[0].pixel(9, 3) == [77, 77, 77, 255])
    #expect(try frames[1].pixel(9, 3) == [200, 200, 200, 255])
    #expect(try frames[1].pixel(0, 0) == [77, 77, 77, 255])
    #expect(!facts.alpha)
  }
}

struct AnimationEncodeStepTests {
  private func settings(_ loss: EncodingSettings.Compression) -> EncodingSettings {
    EncodingSettings(format: .webp, loss: loss, quality: 85, effort: 2)
  }

  @Test func theSmallerWayIsFound() throws {
    let flat = try (0..<12).map { try Drawing.wandering($0, 120, 80) }
    let noisy = try (0..<12).map { try Drawing.photograph(120, 80, seed: UInt64($0)).image() }
    for (frames, expected) in [(flat, EncodingSettings.Compression.lossless), (noisy, .lossy)] {
      let image = try Image.stacked(frames, delays: frames.map { _ in 40 }, plays: 0)
      let encoded = try EncodeStep(content: .animation).encode(image, settings(.smallest))
      #expect(encoded.settings.loss == expected)
      #expect((encoded.settings.quality == nil) == (expected == .lossless))
      for loss in [EncodingSettings.Compression.lossy, .lossless] {
        #expect(try AnimationEncodeStep.encode(image, settings(loss)).data.count >= encoded.data.count)
      }
    }
  }

  /// Equal frames are joined and the time stays; what libvips adds of its own is gone.
  @Test func equalFramesAreJoinedInTime() throws {
    let (a, b) = (try Drawing.wandering(1, 80, 60), try Drawing.wandering(2, 80, 60))
    let delays = [30, 40, 50, 60, 70]
    let image = try Image.stacked([a, a, b, b, a], delays: delays, plays: 7)
    for loss in [EncodingSettings.Compression.lossy, .lossless] {
      let data = try AnimationEncodeStep.encode(image, settings(loss)).data
      let read = try Image.openFrames(data, with: .webp, file: "f", failOn: .warning)
      #expect(read.delays == [70, 110, 70])
      #expect(read.plays == 7)
      #expect(data.range(of: Data("EXIF".utf8)) == nil)
    }
    let still = try AnimationEncodeStep.encode(
      Image.stacked([a, a], delays: [30, 40], plays: 0), settings(.lossless)
    ).data
    #expect(try Image.openFrames(still, with: .webp, file: "f", failOn: .warning).frameCount == 1)
  }

  @Test func otherFormatsAreRefused() throws {
    let image = try Image.stacked([Drawing.wandering(1, 40, 40)], delays: [50], plays: 0)
    for settings in [EncodingSettings.avif, .png, .jpeg] {
      #expect(throws: VipsError.self) { try AnimationEncodeStep.encode(image, settings) }
    }
  }
}
