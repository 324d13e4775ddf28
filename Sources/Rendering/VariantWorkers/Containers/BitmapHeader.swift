import Foundation

/// What a Windows bitmap says before its pixels (`BITMAPFILEHEADER` and the `BITMAPINFOHEADER` family,
/// https://learn.microsoft.com/windows/win32/gdi/bitmap-storage; the 12-byte header is OS/2's `BITMAPCOREHEADER`).
struct BitmapHeader: Hashable {
  /// Width in pixels.
  var width: Int
  /// Height in pixels.
  var height: Int
  /// Whether the first row stored is the top one.
  var isTopDown: Bool
  /// Bits of a pixel: 1, 4 or 8 (indices into the palette), 16, 24 or 32.
  var depth: Int
  /// How the pixels are stored: 0 plainly, 1 and 2 run-length encoded, 3 and 6 plainly with ``masks``.
  var compression: Int
  /// Which bits of a pixel are red, green, blue and alpha; of 16 and 32 bits only.
  var masks: [UInt32]
  /// Where the palette starts, the bytes of an entry, and the number of entries.
  var palette: (offset: Int, entry: Int, count: Int) {
    get { (paletteOffset, paletteEntry, paletteCount) }
    set { (paletteOffset, paletteEntry, paletteCount) = newValue }
  }
  private var paletteOffset = 0
  private var paletteEntry = 0
  private var paletteCount = 0
  /// Where the pixels start.
  var pixels: Int

  /// Reads the header; nil if the bytes are not those of a bitmap with a readable size.
  init?(_ data: Data) {
    guard data.matches("BM"), let start = data.littleEndian(at: 10, count: 4),
      let length = data.littleEndian(at: 14, count: 4)
    else { return nil }
    pixels = start
    compression = 0
    masks = []
    if length == 12 {
      guard let width = data.littleEndian(at: 18, count: 2), let height = data.littleEndian(at: 20, count: 2),
        let depth = data.littleEndian(at: 24, count: 2)
      else { return nil }
      (self.width, self.height, self.depth, isTopDown) = (width, height, depth, false)
      palette = (26, 3, 1 << min(8, depth))
    } else {
      guard length >= 40, let width = data.littleEndian(at: 18, count: 4),
        let height = data.littleEndian(at: 22, count: 4), let depth = data.littleEndian(at: 28, count: 2),
        let compression = data.littleEndian(at: 30, count: 4),
        let colors = data.littleEndian(at: 46, count: 4)
      else { return nil }
      // Both are signed, and a height below zero counts rows from the top.
      let signed = Int(Int32(truncatingIfNeeded: height))
      self.width = Int(Int32(truncatingIfNeeded: width))
      self.height = Int(signed.magnitude)
      isTopDown = signed < 0
      (self.depth, self.compression) = (depth, compression)
      let most = 1 << min(8, depth)
      let hasMasks = compression == 3 || compression == 6
      palette = (
        14 + length + (length == 40 && hasMasks ? 12 : 0), 4, colors == 0 ? most : min(colors, most)
      )
      masks = Self.masks(data, header: length, depth: depth, isExplicit: hasMasks)
    }
    guard width > 0, height > 0 else { return nil }
  }

  /// The bits of each color: the file's own, or five a color in 16 bits and eight in 32.
  private static func masks(_ data: Data, header: Int, depth: Int, isExplicit: Bool) -> [UInt32] {
    guard isExplicit else {
      return depth == 16 ? [0x7C00, 0x3E0, 0x1F, 0] : [0xFF_0000, 0xFF00, 0xFF, 0]
    }
    // The alpha mask came with the 56-byte header.
    return (0..<4).map { index in
      guard index < 3 || header >= 56 else { return 0 }
      return data.littleEndian(at: 54 + 4 * index, count: 4).map { UInt32(truncatingIfNeeded: $0) } ?? 0
    }
  }

  /// Whether ``BitmapDecoder`` reads such pixels. Run-length encoding and embedded JPEG or PNG are left to browsers.
  var isPlain: Bool {
    switch (depth, compression) {
    case (1, 0), (4, 0), (8, 0), (16, 0), (24, 0), (32, 0), (16, 3), (32, 3), (16, 6), (32, 6): true
    default: false
    }
  }

  /// Whether such a bitmap exists at all.
  var isSupported: Bool { [1, 4, 8, 16, 24, 32].contains(depth) && compression <= 6 }
}

extension Data {
  /// The unsigned number of `count` bytes (at most 4) at an offset from the start, least significant first; nil
  /// beyond the end.
  func littleEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= self.count - count else { return nil }
    return (0..<count).reduce(0) { $0 | Int(self[startIndex + offset + $1]) << (8 * $1) }
  }
}
