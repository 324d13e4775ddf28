/// Where a TIFF holds metadata: it is such a structure itself, and has entries for XMP and for Photoshop's resources.
enum TIFFMetadata {
  static func blocks(in file: some ByteSource) -> [MetadataBlock] {
    let whole = MetadataBlock(.exif, 0..<file.count)
    guard let content = whole.content(in: file), let tiff = TIFFDirectories(content) else { return [] }
    let entries = tiff.directories.flatMap(\.entries)
    return [whole]
      + entries.compactMap { entry in
        switch entry.tag {
        case 700: MetadataBlock(.xmp, entry.values)
        case 34377: MetadataBlock(.resources, entry.values)
        default: nil
        }
      }
  }
}
