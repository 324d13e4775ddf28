import AssetModel
import Foundation
import VariantPlanner

@testable import VariantWorkers

/// What holds for everything that a render worker, or whoever has taken one over, can send.
enum WorkerTexts {
  /// Bytes on the socket are messages that come back as they were sent, or nonsense, or the end; and of a file that is
  /// handed back the header is read without harm.
  static func check(_ file: [UInt8]) throws {
    try messages(file, WorkerEvent.self)
    try messages(file, WorkerCommand.self)
    for format in ImageFormat.allCases {
      // What is looked for is seldom there by chance; that it is read is the point.
      _ = ReturnedFile.isSound(Data(file), format, 1, 1)
    }
  }

  private static func messages<Message: Codable>(_ bytes: [UInt8], _ type: Message.Type) throws {
    guard let (channel, ends) = channel(sending: bytes) else { return }
    defer { for end in ends { close(end) } }
    var count = 0
    do throws(MessageChannel.Nonsense) {
      while try channel.next(type) != nil { count += 1 }
    } catch { return }
    guard count <= bytes.count / 4 else {
      throw Properties.Violation(description: "\(count) messages in \(bytes.count) bytes")
    }
  }

  /// A channel whose other side has sent some bytes and gone.
  private static func channel(sending bytes: [UInt8]) -> (MessageChannel, [Int32])? {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
    let type = SOCK_STREAM
    #else
    let type = Int32(SOCK_STREAM.rawValue)
    #endif
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return nil }
    // No more than a socket holds: nobody reads while it is written.
    _ = bytes.prefix(1 << 15).withUnsafeBytes { write(ends[0], $0.baseAddress, $0.count) }
    shutdown(ends[0], Int32(SHUT_WR))
    return (MessageChannel(ends[1]), ends)
  }

  /// Messages as both sides send them.
  static let seeds: [[UInt8]] = {
    let problem = Diagnostic(.error, .undecodable, file: "x.png", message: "cannot be decoded")
    let file = RenderRecord.File(
      bytes: 9, sha256: "s", settings: EncodingSettings(format: .webp, loss: .lossy))
    let events: [WorkerEvent] = [
      .began(task: 0, unit: 1, operation: "jpegload"), .ended(unit: 1), .refused(0, problem),
      .rendered(0, position: 2, file), .superfluous(0, position: 3, bytes: 9),
      .failed(0, position: 4, "full"),
      .unwritable(28),
    ]
    let commands: [WorkerCommand] = [
      .start, .task(0, .inspect("x.png")), .orders(0, RenderOrders(missing: [1])),
    ]
    return [events.reduce(into: []) { $0 += framed($1) }, commands.reduce(into: []) { $0 += framed($1) }]
  }()

  private static func framed(_ message: some Encodable) -> [UInt8] {
    guard let body = try? JSONEncoder().encode(message) else { return [] }
    return withUnsafeBytes(of: UInt32(body.count).bigEndian) { Array($0) } + body
  }
}
