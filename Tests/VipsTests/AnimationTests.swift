import Foundation
import Testing

@testable import Vips

struct AnimationTests {
  private func frame(_ level: UInt8, bands: Int = 3) throws -> Image {
    let pixels = [UInt8](repeating: level, count: 12 * 8 * bands)
    return try Image.fromPixels(pixels, width: 12, height: 8, bands: bands, file: "f")
  }

  private func stack(_ levels: [UInt8], delays: [Int], plays: Int) throws -> Image {
    let stack = try FrameStack(width: 12, height: 8, frames: levels.count, alpha: false, file: "f")
    for (level, delay) in zip(levels, delays) { try stack.append(frame(level), delay: delay) }
    return try stack.animation(plays: plays)
  }

  @Test func framesDelaysAndPlaysComeBack() throws {
    let levels: [UInt8] = [10, 90, 200, 250]
    let animation = try stack(levels, delays: [20, 300, 40, 5000], plays: 3)
    for data in try [
      animation.webpAnimationLossless(effort: 0, smallest: false),
      animation.webpAnimationLossless(effort: 2, smallest: true),
      animation.webpAnimation(quality: 90, effort: 2),
    ] {
      let read = try Image.openFrames(data, with: .webp, file: "f", failOn: .warning)
      #expect((read.width, read.frameHeight, read.frameCount) == (12, 8, 4))
      #expect(read.delays == [20, 300, 40, 5000])
      #expect(read.plays == 3)
      for (number, level) in levels.enumerated() {
        let pixels = try read.frame(number).withPixels { [UInt8]($0) }
        #expect(abs(Int(pixels[0]) - Int(level)) <= 2, "frame \(number)")
      }
    }
  }

  @Test func firstFramesAreAnAnimation() throws {
    let three = try stack([1, 2, 3, 4], delays: [20, 30, 40, 50], plays: 2).firstFrames(3)
    #expect((three.height, three.frameCount, three.delays, three.plays) == (24, 3, [20, 30, 40], 2))
    let all = try three.firstFrames(9)
    #expect(all.frameCount == 3)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let stack = try FrameStack(width: 12, height: 8, frames: 2, alpha: true, file: "f")
    #expect(throws: VipsError.self) { try stack.append(frame(1), delay: 1) }
    try stack.append(frame(1, bands: 4), delay: 1)
    #expect(throws: VipsError.self) { try stack.animation(plays: 0) }
    try stack.append(frame(1, bands: 4), delay: 1)
    #expect(throws: VipsError.self) { try stack.append(frame(1, bands: 4), delay: 1) }
    #expect(try stack.animation(plays: 0).frameCount == 2)
    for (width, height, frames) in [(1, 10_000, 1_001), (1, .max, 2), (0, 1, 1), (1, 1, 0)] {
      #expect(throws: VipsError.self) {
        try FrameStack(width: width, height: height, frames: frames, alpha: true, file: "f")
      }
    }
  }

  @Test func aStillImageIsOneFrame() throws {
    let still = try frame(5)
    #expect((still.frameCount, still.frameHeight, still.delays, still.plays) == (1, 8, [], 0))
  }
}
