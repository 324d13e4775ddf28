import Foundation

/// Bytes that are read in small pieces: from a file, so that only its metadata is read, or from memory.
protocol ByteSource {
  var count: Int { get }

  /// Some of the bytes, where all of them are there.
  func bytes(_ range: Range<Int>) -> [UInt8]?
}

extension ByteSource {
  /// The unsigned number of some bytes (at most seven), most significant first.
  func bigEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= self.count - count, let bytes = bytes(offset..<(offset + count)) else {
      return nil
    }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// The unsigned number of some bytes (at most seven), least significant first.
  func littleEndian(at offset: Int, count: Int) -> Int? {
    guard offset >= 0, offset <= self.count - count, let bytes = bytes(offset..<(offset + count)) else {
      return nil
    }
    return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Whether the bytes at an offset are this text.
  func matches(_ text: String, at offset: Int) -> Bool {
    let wanted = Array(text.utf8)
    guard offset >= 0, offset <= count - wanted.count else { return false }
    return bytes(offset..<(offset + wanted.count)) == wanted
  }

  /// Where a text stands first at an offset or behind it.
  func first(_ text: String, from start: Int) -> Int? {
    let (wanted, window) = (Data(text.utf8), 1 << 20)
    var offset = start
    while offset >= 0, offset + wanted.count <= count,
      let bytes = bytes(offset..<Swift.min(count, offset + window))
    {
      if let found = Data(bytes).range(of: wanted) { return offset + found.lowerBound }
      // It may lie across the end of a window.
      offset += bytes.count - wanted.count + 1
    }
    return nil
  }

  /// The bytes from an offset up to the next zero, within a range.
  func word(from offset: Int, in range: Range<Int>) -> [UInt8]? {
    // A PNG's keyword has 79 at most; the types and names of items in a container are short as well.
    let end = min(range.upperBound, offset + 256)
    guard offset >= range.lowerBound, offset < end, let bytes = bytes(offset..<end),
      let zero = bytes.firstIndex(of: 0)
    else { return nil }
    return Array(bytes[..<zero])
  }
}

extension [UInt8]: ByteSource {
  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    return Array(self[range])
  }
}

/// Bytes in memory.
struct DataBytes: ByteSource {
  let data: Data

  var count: Int { data.count }

  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= data.count else { return nil }
    return Array(data[(data.startIndex + range.lowerBound)..<(data.startIndex + range.upperBound)])
  }
}

/// A file that is open.
final class FileBytes: ByteSource {
  /// What is read at once: walking from block to block asks for a few bytes at a time.
  private static let windowBytes = 4096

  private let descriptor: Int32
  let count: Int
  private var window: (start: Int, bytes: [UInt8]) = (0, [])

  private init(descriptor: Int32, count: Int) {
    (self.descriptor, self.count) = (descriptor, count)
  }

  /// Opens a file for as long as `body` runs; nil where it cannot be read, or is not a regular file.
  static func with<Result>(_ path: String, _ body: (FileBytes) -> Result) -> Result? {
    // A pipe that nobody writes to would keep the opening waiting.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return body(FileBytes(descriptor: descriptor, count: Int(info.st_size)))
  }

  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
    if range.count > Self.windowBytes {
      let bytes = read(range)
      return bytes.count == range.count ? bytes : nil
    }
    if range.lowerBound < window.start || range.upperBound > window.start + window.bytes.count {
      let end = min(count, range.lowerBound + Self.windowBytes)
      window = (range.lowerBound, read(range.lowerBound..<end))
    }
    let start = range.lowerBound - window.start
    guard start + range.count <= window.bytes.count else { return nil }
    return Array(window.bytes[start..<(start + range.count)])
  }

  /// As many bytes of a range as there are.
  private func read(_ range: Range<Int>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count, let start = buffer.baseAddress {
        let got = pread(
          descriptor, start + filled, range.count - filled, off_t(range.lowerBound + filled))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        filled += got
      }
    }
  }
}
