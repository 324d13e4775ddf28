import AssetModel
import Foundation

/// What the head of a file tells of the memory that its decoder needs.
struct DecoderNeeds: Hashable, Sendable {
  /// Bytes for each pixel where the decoder has the whole picture in work; 0 where pixels stream through it.
  var perPixel: Double
  /// Whether its numbers have sixteen bits.
  var isSixteenBit = false

  /// The assumption for a file whose header is not read: the most that its format needs, except for interlaced PNGs,
  /// which are rare.
  init(_ format: ImageFormat) {
    switch format {
    case .jpeg: perPixel = 6.2
    case .webp: perPixel = 7.3
    case .avif, .heic: perPixel = 7.2
    case .gif: perPixel = 4.5
    case .jxl: perPixel = 6
    case .bmp, .ico: perPixel = 8
    case .jp2: perPixel = 0.6
    case .png, .tiff, .svg: perPixel = 0
    }
    isSixteenBit = [.png, .tiff, .jp2].contains(format)
  }

  /// Looks at a file of a format; only some bytes of it are read.
  init(_ format: ImageFormat, path: String) {
    self.init(format)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    switch format {
    case .jpeg: if let coefficients = Self.coefficients(descriptor) { perPixel = coefficients }
    case .png: readPNG(descriptor)
    default: break
    }
  }

  /// PNG's header chunk (PNG 3rd edition, 11.2.1 IHDR). libspng gives pixels of an interlaced file when it has them all.
  private mutating func readPNG(_ descriptor: Int32) {
    guard let head = Self.read(descriptor, at: 24, count: 5) else { return }
    isSixteenBit = head[0] == 16
    let samples: Double = [0: 1, 2: 3, 3: 4, 4: 2][head[1]] ?? 4
    if head[4] == 1 { perPixel = samples * (isSixteenBit ? 2 : 1) * 1.25 }
  }

  /// Bytes for each pixel of the coefficients that libjpeg keeps of a file whose picture is spread over several scans:
  /// two for each of a component's samples (ITU T.81, B.2.2 and B.2.3). Nil where the file is not understood.
  private static func coefficients(_ descriptor: Int32) -> Double? {
    var offset = 2
    var frame: (samples: Double, components: Int, isProgressive: Bool)?
    // A file has some dozens of segments at most before its first scan.
    for _ in 0..<1000 {
      guard let head = read(descriptor, at: offset, count: 4), head[0] == 0xFF else { return nil }
      guard head[1] != 0xFF else {
        offset += 1
        continue
      }
      let length = Int(head[2]) << 8 | Int(head[3])
      switch head[1] {
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(head[1]):
        guard let first = read(descriptor, at: offset + 9, count: 1)?.first, case let count = Int(first),
          count > 0,
          let table = read(descriptor, at: offset + 10, count: 3 * count)
        else { return nil }
        // How often a component has a sample, across and down.
        let factors: [UInt8] = (0..<count).map { table[3 * $0 + 1] }
        let across: [Int] = factors.map { Int($0 >> 4) }
        let down: [Int] = factors.map { Int($0 & 15) }
        let most: Int = (across.max() ?? 0) * (down.max() ?? 0)
        guard most > 0 else { return nil }
        let all: Int = zip(across, down).reduce(0) { $0 + $1.0 * $1.1 }
        let samples = Double(all) / Double(most)
        frame = (samples, count, [0xC2, 0xC6, 0xCA, 0xCE].contains(head[1]))
      case 0xDA:
        guard let frame, let count = read(descriptor, at: offset + 4, count: 1)?.first else { return nil }
        return frame.isProgressive || Int(count) < frame.components ? 2.1 * frame.samples : 0
      default: break
      }
      offset += 2 + length
    }
    return nil
  }

  private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(descriptor, &bytes, count, off_t(offset)) == count ? bytes : nil
  }
}
