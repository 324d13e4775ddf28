import AssetModel
import Foundation

extension PostReading.Outcome {
  /// The outcome as the cache keeps it. What the key says already is left out: the file's path and digest.
  func encoded() -> Data {
    var writer = CompactWriter()
    writer.write(post) { writer, post in
      writer.write(post.dialect.rawValue)
      writer.write(post.allowsHTML)
      writer.write(post.url)
      writer.write(post.layout)
      writer.write(post.hookName)
      writer.write(post.bytes)
    }
    writer.write(page) { writer, page in
      writer.write(page.url)
      writer.write(page.layout)
      writer.write(page.hookName)
      writer.write(page.isTemplated)
      writer.write(page.bundle)
      writer.write(page.imagePath)
    }
    writer.write(found) { $1.write(to: &$0) }
    writer.write(problems)
    writer.write(partials)
    return Data(writer.bytes)
  }

  /// Reads an outcome from the cache; nil where the bytes are none.
  ///
  /// - Parameters:
  ///   - data: what ``encoded()`` gave.
  ///   - path: the file's path.
  ///   - sha256: the digest of its bytes.
  init?(_ data: Data, path: String, sha256: String) {
    let outcome = CompactReader.read(data) { reader throws(CompactReader.Failure) in
      var outcome = PostReading.Outcome()
      outcome.post = try reader.optional { reader throws(CompactReader.Failure) in
        Post(
          path: path, dialect: try reader.raw(Post.Dialect.self), allowsHTML: try reader.bool(),
          url: try reader.string(), layout: try reader.optionalString(),
          hookName: try reader.optionalString(), bytes: try reader.int(),
          sha256: sha256)
      }
      outcome.page = try reader.optional { reader throws(CompactReader.Failure) in
        PostPage(
          url: try reader.string(), layout: try reader.optionalString(),
          hookName: try reader.optionalString(), isTemplated: try reader.bool(),
          bundle: try reader.optionalString(),
          imagePath: try reader.optionalString())
      }
      outcome.found = try reader.list { reader throws(CompactReader.Failure) in
        try PostReading.ReferenceMatch(from: &reader)
      }
      outcome.problems = try reader.problems(file: path)
      outcome.partials = try reader.strings()
      return outcome
    }
    guard let outcome else { return nil }
    self = outcome
  }

  /// Whether reading the file again gives the same.
  var isCacheable: Bool { page?.dependsOnClock != true }
}

extension PostReading.ReferenceMatch {
  fileprivate func write(to writer: inout CompactWriter) {
    writer.write(caseOf: place)
    writer.write(line)
    writer.write(column)
    writer.write(caseOf: candidate.kind)
    writer.write(candidate.range)
    writer.write(candidate.urlRange)
    writer.write(candidate.attributeListRange) { $0.write($1) }
    writer.write(candidate.url)
    writer.write(caseOf: candidate.syntax)
    writer.write(candidate.alt)
    writer.write(candidate.title)
    writer.write(candidate.attributes.sorted { $0.key < $1.key }) { writer, attribute in
      writer.write(attribute.key)
      writer.write(attribute.value)
    }
    writer.write(candidate.contexts.sorted()) { $0.write(caseOf: $1) }
    writer.write(candidate.field)
    writer.write(candidate.isVariable)
    writer.write(candidate.printsPath)
    writer.write(candidate.keptBecause)
  }

  fileprivate init(from reader: inout CompactReader) throws(CompactReader.Failure) {
    place = try reader.enumerated()
    line = try reader.int()
    column = try reader.int()
    candidate = Candidate(
      kind: try reader.enumerated(), range: try reader.range(), urlRange: try reader.range(),
      attributeListRange: try reader.optional { reader throws(CompactReader.Failure) in try reader.range() },
      url: try reader.string())
    candidate.syntax = try reader.enumerated()
    candidate.alt = try reader.optionalString()
    candidate.title = try reader.optionalString()
    let attributes = try reader.int()
    guard attributes >= 0 else { throw CompactReader.Failure() }
    for _ in 0..<attributes { candidate.attributes[try reader.string()] = try reader.string() }
    for context: Reference.Context in try reader.list({ reader throws(CompactReader.Failure) in
      try reader.enumerated()
    }) { candidate.contexts.insert(context) }
    candidate.field = try reader.optionalString()
    candidate.isVariable = try reader.bool()
    candidate.printsPath = try reader.bool()
    candidate.keptBecause = try reader.optionalString()
  }
}

extension CompactWriter {
  /// Writes a case by its place in the enumeration.
  fileprivate mutating func write<Value: CaseIterable & Equatable>(caseOf value: Value) {
    var number = 0
    for other in Value.allCases {
      if other == value { break }
      number += 1
    }
    write(number)
  }
}

extension CompactReader {
  fileprivate mutating func range() throws(Failure) -> ByteRange { ByteRange(try int(), try int()) }

  fileprivate mutating func enumerated<Value: CaseIterable>() throws(Failure) -> Value {
    let number = try int()
    let cases = Value.allCases
    guard number >= 0, number < cases.count else { throw Failure() }
    return cases[cases.index(cases.startIndex, offsetBy: number)]
  }
}
