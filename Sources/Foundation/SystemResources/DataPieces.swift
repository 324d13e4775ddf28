import Foundation

extension Data {
  /// What stands between bytes of one value, the empty pieces among them: the lines of a text, the names in a list of git's.
  package func pieces(at separator: UInt8) -> [Data] {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return [] }
      var pieces: [Data] = []
      var start = 0
      while start <= bytes.count {
        let match = memchr(base + start, Int32(separator), bytes.count - start)
        let end = match.map { UnsafeRawPointer($0) - base } ?? bytes.count
        pieces.append(Data(bytes: base + start, count: end - start))
        start = end + 1
      }
      return pieces
    }
  }
}
