import AssetModel
import Foundation
import Web

/// Whether a feed is the generator's but for the URLs of images.
enum FeedProof {
  /// Whether readers of feeds may be given a file: XML, which Atom and RSS are, and JSON feeds by their usual names.
  static func isFeed(_ path: String) -> Bool {
    let name = path.lowercased()
    if [".xml", ".rss", ".atom", ".rdf"].contains(where: name.hasSuffix) { return true }
    return ["feed.json", "/feed.json"].contains { name == $0 || name.hasSuffix($0) }
  }

  /// Whether two states of a feed say the same.
  static func isSame(_ before: Data, _ after: Data) -> Bool {
    before == after || masked(before) == masked(after)
  }

  /// The text with each URL of an image read as one mark: what stands between two characters that no URL holds as it is.
  private static func masked(_ feed: Data) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(feed.count)
    var word: [UInt8] = []
    func isBoundary(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "<")
        || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: ";")
    }
    func end() {
      let text = String(decoding: word, as: UTF8.self)
      out += ImageURLs.isImage(text) ? Array("IMAGE".utf8) : word
      word.removeAll(keepingCapacity: true)
    }
    for byte in feed {
      guard isBoundary(byte) else {
        word.append(byte)
        continue
      }
      end()
      out.append(byte)
    }
    end()
    return out
  }
}

extension Diagnostic {
  /// A feed that would have said something else.
  static func feedGivenBack(_ feed: String) -> Diagnostic {
    Diagnostic(
      .warning, .postSkipped, file: feed,
      message: "left as its generator made it, for with lighter images it would say something else",
      advice: "please report it with the feed")
  }
}
