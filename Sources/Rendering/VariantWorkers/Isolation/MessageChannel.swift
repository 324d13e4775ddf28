import Foundation
import Synchronization
import SystemResources

/// Messages over a connected socket: four bytes for the length, most significant first, and JSON.
///
/// A socket rather than two pipes, because writing to a process that has ended then gives an error instead of SIGPIPE.
/// Any thread may send; one reads.
final class MessageChannel: Sendable {
  /// A longer message than the longest, a report's view with two pictures, is none.
  private static let longest = 16 << 20

  private let descriptor: Int32
  private let sending = Mutex(())

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// - Returns: false where nobody listens any more.
  @discardableResult
  func send(_ message: some Encodable) -> Bool {
    let encoder = JSONEncoder()
    // A score can be no number.
    encoder.nonConformingFloatEncodingStrategy = Self.floatsOut
    guard let body = try? encoder.encode(message), body.count <= Self.longest else { return false }
    var data = withUnsafeBytes(of: UInt32(body.count).bigEndian) { Data($0) }
    data.append(body)
    return sending.withLock { _ in SocketWriting.send(data, to: descriptor) }
  }

  /// What came is no message.
  struct Nonsense: Error {}

  /// The next message; nil at the end.
  ///
  /// - Throws: ``Nonsense``
  func next<Message: Decodable>(_ type: Message.Type) throws(Nonsense) -> Message? {
    guard let head = read(4) else { return nil }
    let length = head.reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.longest else { throw Nonsense() }
    guard let body = read(length) else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = Self.floatsIn
    do { return try decoder.decode(type, from: body) } catch { throw Nonsense() }
  }

  private static let floatsOut = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  private static let floatsIn = JSONDecoder.NonConformingFloatDecodingStrategy.convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")

  private func read(_ count: Int) -> Data? {
    var data = Data(count: count)
    var done = 0
    while done < count {
      let got = data.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { Foundation.read(descriptor, $0 + done, count - done) } ?? 0
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      done += got
    }
    return data
  }
}
