import Foundation

@testable import VariantWorkers
@testable import Vips

/// An APNG made by hand.
struct DrawnAPNG {
  struct Frame {
    var image: Image
    var left = 0
    var top = 0
    var delay: (Int, Int) = (1, 10)
    var disposal = 0
    var blend = 0

    init(
      _ image: Image, left: Int = 0, top: Int = 0, delay: (Int, Int) = (1, 10), disposal: Int = 0,
      blend: Int = 0
    ) {
      (self.image, self.left, self.top, self.delay, self.disposal, self.blend) =
        (image, left, top, delay, disposal, blend)
    }
  }

  var frames: [Frame]
  var plays = 0
  /// A default image that is no part of the animation.
  var poster: Image?
  /// What the control chunk promises; the number of frames where nil.
  var promised: Int?

  /// The chunks' names and contents after the signature.
  func chunks() throws -> [(name: String, content: Data)] {
    let first = try Self.chunks(of: (poster ?? frames[0].image).png())
    var list = [first[0], ("acTL", Self.number(promised ?? frames.count) + Self.number(plays))]
    var sequence = 0
    func next() -> Data {
      defer { sequence += 1 }
      return Self.number(sequence)
    }
    if poster != nil { list += first.filter { $0.name == "IDAT" } }
    for (number, frame) in frames.enumerated() {
      list.append(("fcTL", next() + Self.control(frame)))
      for chunk in try Self.chunks(of: frame.image.png()) where chunk.name == "IDAT" {
        list.append(number == 0 && poster == nil ? chunk : ("fdAT", next() + chunk.content))
      }
    }
    return list + [("IEND", Data())]
  }

  func data() throws -> Data { try Self.file(chunks()) }

  static func file(_ chunks: [(name: String, content: Data)]) -> Data {
    chunks.reduce(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) {
      $0 + PNGChunk.bytes($1.name, $1.content)
    }
  }

  private static func control(_ frame: Frame) -> Data {
    let numbers = [frame.image.width, frame.image.height, frame.left, frame.top]
    let delay = [frame.delay.0 >> 8, frame.delay.0 & 255, frame.delay.1 >> 8, frame.delay.1 & 255]
    return numbers.reduce(Data()) { $0 + number($1) }
      + Data((delay + [frame.disposal, frame.blend]).map { UInt8($0) })
  }

  static func chunks(of png: Data) -> [(name: String, content: Data)] {
    var list: [(String, Data)] = []
    var offset = 8
    while let length = png.bigEndian(at: offset, count: 4) {
      list.append((png.ascii(at: offset + 4, count: 4), Data(png.dropFirst(offset + 8).prefix(length))))
      offset += 12 + length
    }
    return list
  }

  static func number(_ value: Int) -> Data {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Data($0) }
  }
}

/// A GIF made by hand: plain rectangles, uncompressed.
struct DrawnGIF {
  struct Frame {
    var left = 0
    var top = 0
    var width: Int
    var height: Int
    /// 0 red, 1 green, 2 blue, 3 white.
    var color: Int
    var disposal = 1
    /// Whether white is transparent.
    var transparent = false
    /// Hundredths of a second.
    var delay = 20
  }

  var width = 20
  var height = 20
  var frames: [Frame]
  var repetitions: Int? = 0

  func data() -> Data {
    var out = Data("GIF89a".utf8) + short(width) + short(height) + Data([0x81, 0, 0])
    out += Data([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
    if let repetitions {
      out +=
        Data([0x21, 0xFF, 11]) + Data("NETSCAPE2.0".utf8) + Data([3, 1]) + short(repetitions) + Data([0])
    }
    for frame in frames {
      let flags = UInt8(frame.disposal << 2 | (frame.transparent ? 1 : 0))
      out += Data([0x21, 0xF9, 4, flags]) + short(frame.delay) + Data([3, 0, 0x2C])
      out += short(frame.left) + short(frame.top) + short(frame.width) + short(frame.height) + Data([0])
      out += pixels(frame.color, count: frame.width * frame.height)
    }
    return out + Data([0x3B])
  }

  /// LZW of two bits with a clear code before every second pixel, so that codes never grow longer than three bits.
  private func pixels(_ color: Int, count: Int) -> Data {
    var codes = (0..<count).flatMap { $0 % 2 == 0 ? [4, color] : [color] }
    codes += [4, 5]
    var (bits, length, packed) = (0, 0, Data())
    for code in codes {
      bits |= code << length
      length += 3
      while length >= 8 {
        packed.append(UInt8(bits & 255))
        (bits, length) = (bits >> 8, length - 8)
      }
    }
    if length > 0 { packed.append(UInt8(bits & 255)) }
    var out = Data([2])
    while !packed.isEmpty {
      out += Data([UInt8(min(255, packed.count))]) + packed.prefix(255)
      packed = Data(packed.dropFirst(255))
    }
    return out + Data([0])
  }

  private func short(_ value: Int) -> Data { Data([UInt8(value & 255), UInt8(value >> 8 & 255)]) }
}

extension Drawing {
  static func plainImage(_ number: Int, _ width: Int, _ height: Int) throws -> Image {
    try Drawing(width: width, height: height) { _, _ in Drawing.plain(number) }.image()
  }

  /// A square that wanders over a plain ground: every frame is another.
  static func wandering(_ number: Int, _ width: Int, _ height: Int, alpha: Bool = false) throws -> Image {
    let (left, top) = (number * 7 % (width - 20), number * 5 % (height - 20))
    return try Drawing(width: width, height: height, bands: alpha ? 4 : 3) { x, y in
      let inside = (left..<(left + 20)).contains(x) && (top..<(top + 20)).contains(y)
      let color = inside ? plain(number) : (x / 8 + y / 8) % 2 == 0 ? [240, 240, 240] : [90, 140, 190]
      return alpha ? color + [!inside && (x < 16 || y < 16) ? 0 : 255] : color
    }.image()
  }
}

extension Image {
  /// Frames on top of each other.
  static func stacked(_ frames: [Image], delays: [Int], plays: Int) throws -> Image {
    let stack = try FrameStack(
      width: frames[0].width, height: frames[0].height, frames: frames.count, alpha: frames[0].hasAlpha,
      file: "drawing")
    for (frame, delay) in zip(frames, delays) { try stack.append(frame, delay: delay) }
    return try stack.animation(plays: plays)
  }

  /// The animation as GIF, by libvips.
  func gif() throws -> Data { try operation("gifsave_buffer", ["in": .image(self)]).bytes() }

  /// Rows of bytes.
  func bytes() throws -> [UInt8] { try withPixels { [UInt8]($0) } }
}
