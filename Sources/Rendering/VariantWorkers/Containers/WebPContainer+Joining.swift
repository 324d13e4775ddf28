import Foundation

extension WebPContainer {
  /// Animations of one size and without transparency, one behind the other
  /// (https://developers.google.com/speed/webp/docs/riff_container#animation).
  ///
  /// - Parameters:
  ///   - files: WebP files of libwebp's, with the time for which each is shown. One whose frames are all equal is a still
  ///     picture.
  ///   - plays: 0 for without end.
  /// - Returns: nil where one of them begins with less than a whole frame.
  static func joined(_ files: [(data: Data, milliseconds: Int)], size: PixelSize, plays: Int) -> Data? {
    var frames: [Chunk] = []
    for file in files {
      guard let container = WebPContainer(file.data) else { return nil }
      let own = container.chunks.filter { $0.name == "ANMF" }
      let all = own.isEmpty ? [still(container, size, file.milliseconds)].compactMap(\.self) : own
      guard let first = all.first, first.content.prefix(12) == rectangle(size) else { return nil }
      frames += all
    }
    guard !frames.isEmpty else { return nil }
    var joined = WebPContainer()
    let header =
      Data([animation, 0, 0, 0]) + number(size.width - 1, bytes: 3) + number(size.height - 1, bytes: 3)
    joined.chunks = [Chunk(name: "VP8X", content: header)]
    // The color behind the frames is only a hint, which nothing shows through; libwebp writes white.
    joined.chunks.append(Chunk(name: "ANIM", content: Data([255, 255, 255, 255]) + number(plays, bytes: 2)))
    joined.chunks += frames
    return joined.data
  }

  /// The bit of the extended header for an animation.
  private static let animation: UInt8 = 0x02

  /// The first fields of a frame on the whole canvas: where it stands, and its size.
  private static func rectangle(_ size: PixelSize) -> Data {
    Data(count: 6) + number(size.width - 1, bytes: 3) + number(size.height - 1, bytes: 3)
  }

  /// A still picture as a frame that replaces what is there.
  private static func still(_ container: WebPContainer, _ size: PixelSize, _ milliseconds: Int) -> Chunk? {
    guard let image = container.chunks.first(where: { $0.name == "VP8 " || $0.name == "VP8L" }) else {
      return nil
    }
    var content = rectangle(size) + number(min(milliseconds, 0xFF_FFFF), bytes: 3) + Data([0x02])
    content += Data(image.name.utf8) + number(image.content.count, bytes: 4) + image.content
    if image.content.count % 2 == 1 { content.append(0) }
    return Chunk(name: "ANMF", content: content)
  }
}
