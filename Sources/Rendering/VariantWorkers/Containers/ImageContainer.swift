import AssetModel
import Foundation

/// What an AVIF or HEIC file says before its pixels: the boxes of ISO/IEC 14496-12 and 23008-12. Read here
/// because libvips opens no AVIF sequence and does not say how many frames one has.
struct ImageContainer: Hashable {
  /// AVIF or HEIC.
  var format: ImageFormat
  /// The largest width that an image in the file claims, before rotation; 0 where none does.
  var width = 0
  /// The height that belongs to ``width``.
  var height = 0
  /// Frames of an image sequence; 1 for a still image.
  var frames = 1

  /// Reads the boxes; nil when the file's brands are not those of AVIF or HEIC.
  init?(_ data: Data) {
    guard data.matches("ftyp", at: 4), let length = data.bigEndian(at: 0, count: 4), length >= 16 else {
      return nil
    }
    // The major brand, a version, then the compatible brands.
    let offsets = [8] + Array(stride(from: 16, to: min(length, 512), by: 4))
    let brands = offsets.map { data.ascii(at: $0, count: 4) }
    if brands.contains(where: ["avif", "avis"].contains) {
      format = .avif
    } else if brands.contains(
      where: ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains
    ) {
      format = .heic
    } else {
      return nil
    }
    read(data, 0..<data.count, depth: 0)
    // A file whose major brand is not the sequence's is shown as its still image. A HEIC sequence, which hardly
    // any browser shows, is worth more as its still image too.
    if brands.first != "avis" { frames = 1 }
  }

  /// Boxes that hold boxes, with the bytes of their own fields before them.
  private static let containers = [
    "meta": 4, "iprp": 0, "ipco": 0, "moov": 0, "trak": 0, "mdia": 0, "minf": 0, "stbl": 0,
  ]

  private mutating func read(_ data: Data, _ range: Range<Int>, depth: Int) {
    var offset = range.lowerBound
    // A box needs eight bytes, so a hostile file cannot hold more than its length allows; the depth of the supported
    // boxes is at most five.
    while depth < 8, offset + 8 <= range.upperBound, var length = data.bigEndian(at: offset, count: 4) {
      var start = 8
      if length == 1 {
        guard let long = data.bigEndian(at: offset + 8, count: 8) else { return }
        length = long
        start = 16
      } else if length == 0 {
        length = range.upperBound - offset
      }
      guard length >= start, length <= range.upperBound - offset else { return }
      let name = data.ascii(at: offset + 4, count: 4)
      if let skip = Self.containers[name], start + skip <= length {
        read(data, (offset + start + skip)..<(offset + length), depth: depth + 1)
      } else if name == "ispe" {
        readSize(data, offset + start + 4)
      } else if name == "stsz", let count = data.bigEndian(at: offset + start + 8, count: 4) {
        frames = max(frames, count)
      }
      offset += length
    }
  }

  private mutating func readSize(_ data: Data, _ offset: Int) {
    guard let width = data.bigEndian(at: offset, count: 4),
      let height = data.bigEndian(at: offset + 4, count: 4),
      Double(width) * Double(height) > Double(self.width) * Double(self.height)
    else { return }
    self.width = width
    self.height = height
  }
}
