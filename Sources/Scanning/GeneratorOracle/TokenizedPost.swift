import AssetModel

/// A post with its candidates, which can be written with a token at each of them.
struct TokenizedPost: Sendable {
  let post: OraclePost
  let bytes: [UInt8]
  /// In the order of their insertions, front matter first.
  let candidates: [OracleCandidate]
  /// The index of the first candidate's token; the others follow.
  var firstToken = 0

  init(_ post: OraclePost, bytes: [UInt8]) {
    self.post = post
    self.bytes = bytes
    let body =
      post.body?.range.clamped(to: 0..<bytes.count) ?? FrontMatterEnd.offset(in: bytes)..<bytes.count
    let values = post.values.compactMap { Self.candidate(of: $0, bytes) }
    candidates =
      values.sorted { $0.offset < $1.offset }
      + OracleCandidateFinder.candidates(in: bytes, body: body, syntax: post.syntax)
  }

  var tokens: Range<Int> { firstToken..<(firstToken + candidates.count) }

  /// The candidate of a token.
  func candidate(_ token: Int) -> OracleCandidate { candidates[token - firstToken] }

  /// A value's token follows its URL. Template code is skipped, and so are values that name no file.
  private static func candidate(of value: OraclePost.Value, _ bytes: [UInt8]) -> OracleCandidate? {
    let range = value.range
    guard range.count > 0, range.end <= bytes.count, !value.url.contains("{{"), !value.url.contains("{%"),
      !value.url.hasPrefix("data:")
    else { return nil }
    let url = bytes[range.range]
    let hash = url.firstIndex(of: UInt8(ascii: "#")) ?? range.end
    let hasQuery = url[..<hash].contains(UInt8(ascii: "?"))
    let line = 1 + bytes[..<range.start].count { $0 == UInt8(ascii: "\n") }
    let lineStart = bytes[..<range.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = 1 + bytes[lineStart..<range.start].count { $0 & 0xC0 != 0x80 }
    return OracleCandidate(
      .value, offset: range.start, at: (line, column), insertion: hash, form: hasQuery ? .parameter : .query)
  }

  /// The post with the tokens that are wanted.
  func written(_ tokens: Tokens, where isWanted: (Int) -> Bool) -> [UInt8] {
    var inserts: [(offset: Int, text: [UInt8])] = []
    for (index, candidate) in candidates.enumerated() where isWanted(firstToken + index) {
      inserts.append((candidate.insertion, tokens.written(firstToken + index)))
      guard let label = candidate.label else { continue }
      let id = Array(bytes[label.range])
      inserts.append(
        (label.offset, candidate.labelNeedsBrackets ? [UInt8(ascii: "[")] + id + [UInt8(ascii: "]")] : id))
    }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + inserts.count * 16)
    var position = 0
    for insert in inserts.sorted(by: { $0.offset < $1.offset }) {
      out += bytes[position..<insert.offset]
      out += insert.text
      position = insert.offset
    }
    return out + bytes[position...]
  }
}
