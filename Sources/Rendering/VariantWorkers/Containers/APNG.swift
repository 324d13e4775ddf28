import Foundation

/// The animation in a PNG (PNG 3rd edition, https://www.w3.org/TR/png-3/#apng-frame-based-animation; before that
/// https://wiki.mozilla.org/APNG_Specification). Read here because libvips decodes the default image alone.
struct APNG: Hashable {
  /// One frame: a part of the canvas, and how it gets there.
  struct Frame: Hashable {
    /// What becomes of the frame's part of the canvas before the next frame is drawn.
    enum Disposal: Int {
      case none, background, previous
    }

    /// How the frame's pixels meet those that are there.
    enum Blend: Int {
      case source, over
    }

    var left: Int
    var top: Int
    var size: PixelSize
    /// Seconds for which the frame is shown, as a fraction; a denominator of 0 stands for 100.
    var delayNumerator: Int
    var delayDenominator: Int
    var disposal: Disposal
    var blend: Blend
    /// Where the frame's compressed pixels are in the file.
    var pixels: [Range<Int>] = []
  }

  /// The whole picture.
  var canvas: PixelSize
  /// How often the animation is played, 0 for without end.
  var plays: Int
  /// The frames in order, as far as the file is in order.
  var frames: [Frame] = []
  /// What is wrong with the file; nil for a sound one. ``frames`` are those before the damage.
  var damage: String?

  /// The header's content.
  private var header: Range<Int>
  /// Whole chunks in front of the pixels that every frame is decoded with.
  private var shared: [Range<Int>] = []

  /// Reads the chunks. Nothing is decoded, and the work is bounded by the file's length.
  ///
  /// - Returns: nil for a file that browsers show as a still image: one without a valid animation control chunk, or
  ///   whose only whole frame is the default image.
  init?(_ data: Data) {
    guard data.matches([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      data.bigEndian(at: 8, count: 4) == 13, data.matches("IHDR", at: 12),
      let width = data.bigEndian(at: 16, count: 4), let height = data.bigEndian(at: 20, count: 4),
      width > 0, height > 0
    else { return nil }
    canvas = PixelSize(width: width, height: height)
    plays = 0
    header = 16..<29
    var reader = Reader()
    var offset = 33
    while reader.problem == nil, let length = data.bigEndian(at: offset, count: 4),
      length <= data.count - offset - 12
    {
      let content = (offset + 8)..<(offset + 8 + length)
      let name = data.ascii(at: offset + 4, count: 4)
      // The pixels start without an animation control chunk: a still image, however much follows.
      if name == "IDAT", reader.promised == nil { return nil }
      if name == "IEND" {
        reader.hasEnd = true
        break
      }
      take(name, content, of: data, &reader)
      offset = content.upperBound + 4
    }
    guard let promised = reader.promised else { return nil }
    if !reader.hasEnd, reader.problem == nil, offset != data.count {
      reader.isCutShort = true
      reader.problem = "it ends too early"
    }
    if reader.isCutShort || frames.last?.pixels.isEmpty == true { _ = frames.popLast() }
    if frames.count > promised { frames.removeLast(frames.count - promised) }
    damage = reader.problem
    if damage == nil, frames.count < promised {
      damage = "\(frames.count) of \(promised) frames are there"
    }
    if frames.isEmpty || frames.count == 1 && reader.firstIsDefault { return nil }
  }

  /// What has to be remembered between chunks.
  private struct Reader {
    /// The number of frames that the control chunk promises.
    var promised: Int?
    /// The sequence number that comes next.
    var sequence = 0
    var hasPixels = false
    /// Whether the default image is the first frame.
    var firstIsDefault = false
    var problem: String?
    /// Whether the problem lies inside the last frame's pixels.
    var isCutShort = false
    var hasEnd = false
  }

  /// Chunks that say what the pixels mean.
  private static let sharedNames = ["PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP"]

  private mutating func take(
    _ name: String,
    _ content: Range<Int>,
    of data: Data,
    _ reader: inout Reader
  ) {
    switch name {
    case "acTL":
      guard reader.promised == nil, !reader.hasPixels, content.count == 8,
        let count = data.bigEndian(at: content.lowerBound, count: 4), (1...0x7FFF_FFFF).contains(count),
        let plays = data.bigEndian(at: content.lowerBound + 4, count: 4)
      else { return }
      reader.promised = count
      self.plays = plays
    case "fcTL":
      guard reader.promised != nil else { return }
      start(content, of: data, &reader)
    case "IDAT":
      if !reader.hasPixels { reader.firstIsDefault = frames.count == 1 }
      reader.hasPixels = true
      if reader.firstIsDefault, frames.count == 1 { frames[0].pixels.append(content) }
    case "fdAT":
      guard reader.promised != nil else { return }
      guard content.count > 4, data.bigEndian(at: content.lowerBound, count: 4) == reader.sequence,
        reader.hasPixels, !frames.isEmpty, frames.count > 1 || !reader.firstIsDefault
      else {
        reader.problem = "its frames are out of order"
        return
      }
      reader.sequence += 1
      frames[frames.count - 1].pixels.append((content.lowerBound + 4)..<content.upperBound)
    default:
      if !reader.hasPixels, Self.sharedNames.contains(name) {
        shared.append((content.lowerBound - 8)..<(content.upperBound + 4))
      }
    }
  }

  private mutating func start(_ content: Range<Int>, of data: Data, _ reader: inout Reader) {
    let number = { (offset: Int, count: Int) in data.bigEndian(at: content.lowerBound + offset, count: count)
    }
    guard content.count == 26, number(0, 4) == reader.sequence,
      let width = number(4, 4), let height = number(8, 4), let left = number(12, 4), let top = number(16, 4),
      let numerator = number(20, 2), let denominator = number(22, 2),
      let disposal = number(24, 1).flatMap(Frame.Disposal.init(rawValue:)),
      let blend = number(25, 1).flatMap(Frame.Blend.init(rawValue:)),
      width > 0, height > 0, left + width <= canvas.width, top + height <= canvas.height,
      frames.last?.pixels.isEmpty != true,
      reader.hasPixels || (width, height) == (canvas.width, canvas.height)
    else {
      reader.problem = "a frame's header is wrong"
      return
    }
    reader.sequence += 1
    frames.append(
      Frame(
        left: left,
        top: top,
        size: PixelSize(width: width, height: height),
        delayNumerator: numerator,
        delayDenominator: denominator,
        disposal: disposal,
        blend: blend
      )
    )
  }

  /// A frame as a PNG of its own, of the frame's size.
  func png(of frame: Frame, in data: Data) -> Data {
    let bytes = { (range: Range<Int>) in
      data[(data.startIndex + range.lowerBound)..<(data.startIndex + range.upperBound)]
    }
    let size = [frame.size.width, frame.size.height].reduce(into: Data()) {
      $0 += PNGChunk.number(UInt32(truncatingIfNeeded: $1))
    }
    var png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    png += PNGChunk.bytes("IHDR", size + bytes(header).dropFirst(8))
    for range in shared { png += bytes(range) }
    png += PNGChunk.bytes("IDAT", frame.pixels.reduce(into: Data()) { $0 += bytes($1) })
    return png + PNGChunk.bytes("IEND", Data())
  }
}
