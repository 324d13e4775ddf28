import AssetModel
import Foundation
import SiteFiles

/// Where a picture was taken according to its file: detected in the metadata of JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF,
/// SVG, JPEG XL and JPEG 2000, and of videos, behind a picture too; and removed without any other change.
///
/// Only coordinates are considered: EXIF's directory of positions, and XMP's properties of positions. IPTC has none.
/// The name of a town that an author wrote is no position.
package enum PositionData {
  /// The result of removing the position from a file.
  package enum Removal: Hashable, Sendable {
    /// There is none.
    case notThere
    /// The file without it.
    case removed(Data)
    /// It stays, and this is why.
    case impossible(String)
  }

  /// Why it is not known whether a file has one.
  package static let unread = MetadataBlock.Seal.unread.rawValue

  /// More bytes than this are not looked through.
  package static let mostBytes = FileAccess.mostBytes

  /// Whether a file's name is that of a video whose boxes are read.
  package static func isVideo(fileName: String) -> Bool {
    let name = fileName.lowercased()
    return [".mp4", ".m4v", ".mov", ".3gp"].contains(where: name.hasSuffix)
  }

  /// Why a position stays that only another reader of metadata sees, or that cannot be taken out.
  package static let unedited = "its metadata is of a kind that is not edited"

  /// Whether a file in memory says where its picture was taken.
  package static func isThere(in data: Data) -> Bool { isThere(in: DataBytes(data: data)) }

  /// Whether a file says where its picture was taken. Of files that do not, as nearly all, only some bytes are read.
  package static func isThere(inFile path: String) -> Bool {
    FileBytes.with(path) { isThere(in: $0) } ?? false
  }

  /// Removes the position from a file, and checks the result.
  package static func removed(from data: Data) -> Removal {
    let file = DataBytes(data: data)
    let blocks = positions(in: file)
    if blocks.isEmpty { return .notThere }
    for case .sealed(let seal) in blocks.map(\.block.form) { return .impossible(seal.rawValue) }
    var edit = MetadataEdit(data)
    for (block, _) in blocks.sorted(by: { $0.block.start > $1.block.start }) {
      // A block can lie within another, which then holds what was changed already.
      guard let content = content(of: block, in: DataBytes(data: edit.data)),
        let clean = block.form.withoutPosition(content), edit.replace(block, by: clean)
      else { return .impossible(unedited) }
    }
    guard positions(in: DataBytes(data: edit.data)).isEmpty else { return .impossible(unedited) }
    return .removed(edit.data)
  }

  private static func isThere(in file: some ByteSource) -> Bool { !positions(in: file).isEmpty }

  /// The blocks that tell a position, and what they hold, unpacked.
  private static func positions(in file: some ByteSource) -> [(block: MetadataBlock, content: [UInt8])] {
    blocks(in: file).compactMap { block -> (block: MetadataBlock, content: [UInt8])? in
      guard let content = content(of: block, in: file), block.form.hasPosition(content) else { return nil }
      return (block, content)
    }
  }

  private static func content(of block: MetadataBlock, in file: some ByteSource) -> [UInt8]? {
    block.content(in: file).flatMap(block.packing.unpacked)
  }

  private static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    guard let head = file.bytes(0..<min(12, file.count)) else { return [] }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return JPEGMetadata.blocks(in: file) }
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return PNGMetadata.blocks(in: file) }
    if head.starts(with: Array("GIF8".utf8)) { return GIFMetadata.blocks(in: file) }
    if head.starts(with: Array("RIFF".utf8)), head.matches("WEBP", at: 8) {
      return RIFFMetadata.blocks(in: file)
    }
    if head.starts(with: [0x49, 0x49, 0x2A, 0]) || head.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
      return TIFFMetadata.blocks(in: file)
    }
    let isBoxes = ["ftyp", "JXL ", "jP  ", "moov", "mdat", "wide"].contains { head.matches($0, at: 4) }
    if isBoxes { return BoxMetadata.blocks(in: file) }
    return SVGMetadata.isMarkup(head) ? SVGMetadata.blocks(in: file) : []
  }
}

extension MetadataBlock {
  fileprivate var start: Int { extents.first?.lowerBound ?? 0 }
}
