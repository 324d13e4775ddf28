import AssetModel
import Foundation
import Testing
import VariantPlanner

@testable import VariantWorkers
@testable import Vips

/// Long animations, of whose frames only some are in memory at once.
@Suite struct AnimationRunsTests {
  private let delays = (0..<30).map { 20 + 10 * ($0 % 7) }

  private func gif(_ frames: [Image]) throws -> Data {
    try Image.stacked(frames, delays: Array(delays.prefix(frames.count)), plays: 3).gif()
  }

  private func animation(
    _ data: Data, mostPixels: Int, storage: Image.Storage = .memory
  ) throws -> DecodedAnimation {
    let source = Source(
      path: "a.gif", sha256: "", bytes: data.count, format: .gif, width: 120, height: 80, frames: 30,
      content: .animation)
    let step = AnimationDecodeStep(source: source, loader: .gif, data: data)
    return try DecodedAnimation(
      step, sizes: [PixelSize(width: 60, height: 40)], storage: storage, mostPixels: mostPixels)
  }

  private func rendition(_ width: Int, _ loss: EncodingSettings.Compression) -> (Rendition, EncodingSettings)
  {
    let settings = EncodingSettings(format: .webp, loss: loss, quality: 85, effort: 2)
    return (
      Rendition(
        width: width, height: width * 2 / 3, purpose: .responsive, photograph: [settings], graphic: [settings]
      ),
      settings
    )
  }

  /// Seven frames of the own size at once, thirty of half of it: five runs, and one.
  @Test(arguments: [120, 60], [EncodingSettings.Compression.smallest, .lossy])
  func runsAreOneAnimation(width: Int, loss: EncodingSettings.Compression) throws {
    let images = try (0..<30).map { try Drawing.wandering($0, 120, 80) }
    let data = try gif(images)
    let (wanted, settings) = rendition(width, loss)
    let encode = try #require(try animation(data, mostPixels: 72_000).runs(wanted, settings))
    let encoded = try encode()
    let read = try Image.openFrames(encoded.data, with: .webp, file: "f", failOn: .warning)
    #expect((read.width, read.frameHeight, read.frameCount) == (width, width * 2 / 3, 30))
    #expect((read.delays, read.plays) == (delays, 3))
    if encoded.settings.loss == .lossless, width == 120 {
      for (number, image) in images.enumerated() {
        #expect(try read.frame(number).bands(from: 0, count: 3).bytes() == image.bytes(), "\(number)")
      }
    }
    // The memory that there is decides nothing.
    let spilled = try #require(
      try animation(data, mostPixels: 72_000, storage: .disc(above: 0)).runs(wanted, settings))
    #expect(try spilled().data == encoded.data)
  }

  /// A run whose frames are all equal is a still picture to the encoder.
  @Test(arguments: [EncodingSettings.Compression.lossless, .lossy])
  func equalFramesKeepTheirTime(loss: EncodingSettings.Compression) throws {
    let (a, b) = (try Drawing.wandering(1, 120, 80), try Drawing.wandering(9, 120, 80))
    // A still run, one that moves, and another still one.
    let images = [a, a, a] + [a, b, a] + [b, b, b]
    let (wanted, settings) = rendition(120, loss)
    let encode = try #require(try animation(gif(images), mostPixels: 3 * 9_600).runs(wanted, settings))
    let read = try Image.openFrames(encode().data, with: .webp, file: "f", failOn: .warning)
    // Equal frames may come as one: a newer libvips joins them when it writes the GIF, and the encoder does.
    var shown: [(isA: Bool, milliseconds: Int)] = []
    for number in 0..<read.frameCount {
      let frame = try read.frame(number).bands(from: 0, count: 3).bytes()
      let isA = try difference(frame, a.bytes()) < difference(frame, b.bytes())
      if shown.last?.isA != isA { shown.append((isA, 0)) }
      shown[shown.count - 1].milliseconds += read.delays[number]
    }
    #expect(shown.map(\.isA) == [true, false, true, false])
    let times = [0..<4, 4..<5, 5..<6, 6..<9].map { delays[$0].reduce(0, +) }
    #expect(shown.map(\.milliseconds) == times)
  }

  private func difference(_ one: [UInt8], _ other: [UInt8]) -> Int {
    zip(one, other).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
  }

  @Test func shortOnesAndTransparentOnesAreEncodedAtOnce() throws {
    let images = try (0..<30).map { try Drawing.wandering($0, 120, 80) }
    let (wanted, settings) = rendition(60, .lossy)
    #expect(try animation(gif(images), mostPixels: 30 * 9_600).runs(wanted, settings) == nil)
    let soft = try (0..<30).map { try Drawing.wandering($0, 120, 80, alpha: true) }
    #expect(try animation(gif(soft), mostPixels: 72_000).runs(wanted, settings) == nil)
  }

  @Test func onlyWholeFramesAreJoined() throws {
    let size = PixelSize(width: 120, height: 80)
    let picture = try Drawing.wandering(1, 120, 80).webpLossless(effort: 0)
    #expect(WebPContainer.joined([(picture, 40), (picture, 50)], size: size, plays: 0) != nil)
    #expect(WebPContainer.joined([(picture, 40), (Data("no".utf8), 50)], size: size, plays: 0) == nil)
    #expect(WebPContainer.joined([], size: size, plays: 0) == nil)
    let other = PixelSize(width: 121, height: 80)
    let moving = try Image.stacked(
      [Drawing.wandering(1, 120, 80), Drawing.wandering(2, 120, 80)], delays: [40, 40], plays: 0
    ).webpAnimation(quality: 80, effort: 0)
    #expect(WebPContainer.joined([(moving, 80)], size: other, plays: 0) == nil)
  }

  /// What is held at once is a run of it, and a short animation is held whole.
  @Test func memoryIsThatOfARun() {
    var source = Source(
      path: "a.gif", sha256: "", bytes: 1_000_000, format: .gif, width: 1640, height: 1152, frames: 400,
      content: .animation)
    let settings = EncodingSettings(format: .webp, loss: .smallest)
    let rendition = Rendition(
      width: 1640, height: 1152, purpose: .responsive, photograph: [settings], graphic: [settings])
    let long = MemoryCost.source(RenderJob(source: source, renditions: [rendition])).working
    #expect(long < 800_000_000)
    #expect(long == MemoryCost.runs(rendition, of: source).working)
    source.alpha = true
    #expect(MemoryCost.source(RenderJob(source: source, renditions: [rendition])).working > 3_000_000_000)
  }
}
