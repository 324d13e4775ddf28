/// A picture with a few seconds of video behind it, as phones take it.
enum MotionPhoto {
  /// More beginnings than this have nothing to do with videos.
  private static let mostBeginnings = 64

  /// Where the video lies that follows a JPEG's image data.
  ///
  /// Phones say it in XMP under several names, and Samsung's in a list of its own at the end of the file, so it is the
  /// video itself that is looked for: boxes with a `moov` among them. A file that ends as JPEGs do has none, which spares
  /// nearly all files from being read whole.
  static func video(in file: some ByteSource, behind start: Int) -> Range<Int>? {
    guard start > 0, file.count <= PositionData.mostBytes,
      file.bigEndian(at: file.count - 2, count: 2) != 0xFFD9
    else { return nil }
    var offset = start
    for _ in 0..<mostBeginnings {
      guard let name = file.first("ftyp", from: offset) else { return nil }
      let range = (name - 4)..<file.count
      if BoxMetadata.boxes(in: file, range).contains(where: { $0.name == "moov" }) { return range }
      offset = name + 4
    }
    return nil
  }
}
