import Foundation

/// The blocks of a GIF (https://www.w3.org/Graphics/GIF/spec-gif89a.txt), for what libvips does not tell.
struct GIFStructure: Hashable {
  /// Where a frame is drawn, and what happens to its area afterwards.
  struct Frame: Hashable {
    var left: Int
    var top: Int
    var width: Int
    var height: Int
    /// Whether its area is cleared before the next frame is drawn.
    var isCleared: Bool
    /// Whether one of its colors is transparent.
    var isTransparent: Bool
  }

  var width: Int
  var height: Int
  var frames: [Frame] = []
  /// Whether the file goes on to its trailer.
  var isWhole = false

  /// Reads the blocks; nil when the file is no GIF. The work is bounded by the file's length.
  init?(_ data: Data) {
    guard data.matches("GIF8"), data.count >= 13 else { return nil }
    let byte = { (offset: Int) in offset < data.count ? Int(data[data.startIndex + offset]) : nil }
    let short = { (offset: Int) in byte(offset + 1).map { $0 << 8 | (byte(offset) ?? 0) } }
    let palette = { (flags: Int) in flags & 0x80 == 0 ? 0 : 3 << (flags & 7 + 1) }
    width = short(6) ?? 0
    height = short(8) ?? 0
    var offset = 13 + palette(byte(10) ?? 0)
    var control = 0
    while let kind = byte(offset) {
      switch kind {
      case 0x3B:
        isWhole = true
        return
      case 0x21:
        if byte(offset + 1) == 0xF9, byte(offset + 2) == 4 { control = byte(offset + 3) ?? 0 }
        offset += 2
      case 0x2C:
        guard let flags = byte(offset + 9), let left = short(offset + 1), let top = short(offset + 3),
          let width = short(offset + 5), let height = short(offset + 7)
        else { return }
        frames.append(
          Frame(
            left: left,
            top: top,
            width: width,
            height: height,
            isCleared: control >> 2 & 7 == 2,
            isTransparent: control & 1 == 1
          )
        )
        control = 0
        offset += 11 + palette(flags)
      default: return
      }
      // Sub-blocks: a length, that many bytes, and so on until a length of zero.
      while let length = byte(offset), length > 0 { offset += 1 + length }
      offset += 1
    }
  }

  /// Whether libvips would paint a part of the canvas that browsers leave transparent. Its decoder fills what an
  /// opaque frame uncovers with the file's background color, and gives a file no alpha where no frame has a
  /// transparent color, even where the first leaves a margin. Chromium 156 leaves both transparent.
  var showsBackground: Bool {
    guard let first = frames.first else { return false }
    if !covers(first), !frames.contains(where: \.isTransparent) { return true }
    return zip(frames, frames.dropFirst()).contains { frame, next in
      frame.isCleared && !frame.isTransparent && (next.isTransparent || !covers(next, frame))
    }
  }

  /// The frame of a still image that leaves a margin, which browsers show as transparent and libvips as black; nil where
  /// there is no margin, or where libvips sees a transparent color.
  var uncoveredFrame: Frame? {
    guard frames.count == 1, let frame = frames.first, !covers(frame), !frame.isTransparent else {
      return nil
    }
    return frame
  }

  private func covers(_ frame: Frame) -> Bool {
    frame.left == 0 && frame.top == 0 && frame.width >= width && frame.height >= height
  }

  private func covers(_ frame: Frame, _ other: Frame) -> Bool {
    frame.left <= other.left && frame.top <= other.top
      && frame.left + frame.width >= min(width, other.left + other.width)
      && frame.top + frame.height >= min(height, other.top + other.height)
  }
}
