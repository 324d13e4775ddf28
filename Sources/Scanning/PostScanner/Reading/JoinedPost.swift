import AssetModel
import SiteFiles

/// A post with the files that it takes in, each in the place of the line that names it, as its format's tool puts them
/// together.
struct JoinedPost {
  /// Where a part of the text comes from.
  private struct Segment {
    /// Where it begins.
    var start: Int
    /// The file; nil for the post itself.
    var path: String?
    /// Where it begins there.
    var offset: Int
    /// The post's line that took it in.
    var directive: Range<Int>
  }

  /// The bytes, and the same with template code masked.
  private(set) var bytes: [UInt8]
  private(set) var masked: [UInt8]
  /// Where the body stands in them.
  private(set) var body: Range<Int>
  /// The files that were taken in, by path.
  private(set) var files: [String: [UInt8]] = [:]
  private var segments: [Segment] = []
  /// Bytes of files that were looked through for what is taken in.
  private var lookedThrough = 0
  private var places: [String: (counter: LineCounter, offset: Int)] = [:]
  private var attributes = AsciiDocAttributes()
  private let dialect: Post.Dialect
  private let read: (_ path: String) -> [UInt8]?
  /// Whether the tool looks from the site's root before it looks beside the file.
  private let startsAtRoot: Bool

  /// Files that take in each other end somewhere.
  private static let deepest = 16
  private static let mostBytes = 1 << 24
  /// A page may take in one line of a large file again and again.
  private static let mostLookedThrough = 1 << 28

  /// - Parameters:
  ///   - file: the post's bytes.
  ///   - masked: the same with template code masked.
  ///   - read: reads a file of the site; nil where there is none.
  init?(
    _ file: [UInt8], masked: [UInt8], body: Range<Int>, of work: PostReading.Work, startsAtRoot: Bool,
    read: @escaping (_ path: String) -> [UInt8]?
  ) {
    guard IncludeDirective.mayBe(in: masked, work.dialect) else { return nil }
    (dialect, self.read, self.startsAtRoot) = (work.dialect, read, startsAtRoot)
    bytes = Array(file[..<body.lowerBound])
    self.masked = Array(masked[..<body.lowerBound])
    self.body = body
    append(
      file, masked, body, Segment(start: 0, path: nil, offset: 0, directive: 0..<0), in: [work.entry.path])
    self.body = body.lowerBound..<bytes.count
    if files.isEmpty { return nil }
  }

  // MARK: Putting together

  /// - Parameter indent: what stands in front of each line, because the directive that took the text in is set in.
  private mutating func append(
    _ file: [UInt8], _ masked: [UInt8], _ range: Range<Int>, _ segment: Segment, in stack: [String],
    indent: ArraySlice<UInt8> = []
  ) {
    var copied = range.lowerBound
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(masked.find(.newline, from: start) ?? range.upperBound, range.upperBound)
      let line = start..<end
      start = end + 1
      if dialect == .asciiDoc, line.first.map({ masked[$0] }) == .colon {
        _ = attributes.read(masked.string(line).trimmed)
      }
      guard
        let directive = IncludeDirective(masked, line: line, body: range.upperBound, dialect),
        stack.count < Self.deepest, let path = path(of: directive.target, from: stack), !stack.contains(path),
        let content = files[path] ?? read(path), bytes.count + content.count < Self.mostBytes,
        lookedThrough + content.count < Self.mostLookedThrough
      else { continue }
      files[path] = content
      lookedThrough += content.count
      copy(file, masked, copied..<line.lowerBound, segment, indent)
      let place = segment.path == nil ? line : segment.directive
      let inner = Segment(start: 0, path: path, offset: 0, directive: place)
      for part in Self.parts(of: content, directive) {
        append(content, content, part, inner, in: stack + [path], indent: indent + masked[directive.indent])
        if bytes.last != .newline { copy([.newline], [.newline], 0..<1, inner, []) }
      }
      start = directive.end + 1
      copied = min(start, range.upperBound)
    }
    copy(file, masked, copied..<range.upperBound, segment, indent)
  }

  private mutating func copy(
    _ file: [UInt8], _ masked: [UInt8], _ range: Range<Int>, _ segment: Segment, _ indent: ArraySlice<UInt8>
  ) {
    guard !indent.isEmpty else { return copy(file, masked, range, segment) }
    var start = range.lowerBound
    while start < range.upperBound, bytes.count < Self.mostBytes {
      let end = masked.find(.newline, from: start).map { $0 + 1 } ?? range.upperBound
      if end - start > 1 {
        bytes += indent
        self.masked += indent
      }
      copy(file, masked, start..<min(end, range.upperBound), segment)
      start = end
    }
  }

  private mutating func copy(_ file: [UInt8], _ masked: [UInt8], _ range: Range<Int>, _ segment: Segment) {
    guard !range.isEmpty else { return }
    var segment = segment
    (segment.start, segment.offset) = (bytes.count, range.lowerBound)
    segments.append(segment)
    bytes += file[range]
    self.masked += masked[range]
  }

  /// The bytes of a file that are taken in.
  private static func parts(of content: [UInt8], _ directive: IncludeDirective) -> [Range<Int>] {
    let mark = content.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var starts = [mark]
    for index in content.indices where content[index] == .newline { starts.append(index + 1) }
    if starts.last != content.count { starts.append(content.count) }
    let lines = zip(starts, starts.dropFirst()).map { Substring(content.string($0..<$1)) }
    return directive.lines(lines).map { starts[$0.lowerBound]..<starts[$0.upperBound] }
  }

  /// The site path of a file that is taken in, by the file that names it.
  private func path(of target: String, from stack: [String]) -> String? {
    let target = dialect == .asciiDoc ? attributes.expanded(target) : target
    guard let current = stack.last, !target.contains("{") else { return nil }
    if dialect == .asciiDoc, target.contains("$"), let module = AntoraModule(of: current) {
      return module.path(of: target, family: "page")
    }
    let beside = FileName(current).folder + "/" + target
    let ways = startsAtRoot || target.hasPrefix("/") ? [target, beside] : [beside]
    let paths = ways.compactMap { SiteRoot.normalize($0)?.joined(separator: "/") }
    return paths.first { files[$0] != nil || read($0) != nil }
  }

  // MARK: Positions

  /// A candidate of the whole text as one of the post. What stands in another file has the place of the line that takes the
  /// file in, and is told by its own line.
  mutating func located(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    guard let segment = segment(at: candidate.range.start) else { return candidate }
    func moved(_ range: ByteRange) -> ByteRange {
      let shift = segment.offset - segment.start
      return ByteRange(range.start + shift, range.end + shift)
    }
    guard let path = segment.path, let file = files[path] else {
      candidate.range = moved(candidate.range)
      candidate.urlRange = moved(candidate.urlRange)
      return candidate
    }
    let at = place(of: moved(candidate.range).start, in: path, file)
    candidate.included = Candidate.Included(file: path, line: at.line, column: at.column)
    candidate.range = ByteRange(segment.directive.lowerBound, segment.directive.upperBound)
    candidate.urlRange = candidate.range
    return candidate
  }

  /// The last that begins at an offset or before it.
  private func segment(at offset: Int) -> Segment? {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? segments[low - 1] : nil
  }

  /// Candidates mostly come in the order in which they stand in a file, so that its lines are counted once.
  private mutating func place(of offset: Int, in path: String, _ file: [UInt8]) -> (line: Int, column: Int) {
    var place = places[path] ?? (LineCounter(file), 0)
    if offset < place.offset { place.counter = LineCounter(file) }
    place.offset = offset
    let at = place.counter.position(of: offset)
    places[path] = place
    return at
  }
}
