/// The properties of an XMP packet (ISO 16684-1) that say where the picture was taken: those of EXIF, and those that
/// drones and phones write under names of their own. Names of towns and countries (`photoshop:City`) are the author's
/// text, and stay.
///
/// The packet is parsed as XML, so that text which mentions a property is not mistaken for one.
struct XMPPosition {
  private let bytes: [UInt8]
  private var cursor = 0
  /// The attributes and elements that are properties of this kind, in order and none within another.
  private var positionRanges: [Range<Int>] = []
  /// Whether one of them is a coordinate.
  private(set) var isThere = false
  /// Whether the packet cannot be read.
  private var isBroken = false
  /// The element that is a property of this kind, and how many of the same name are open.
  private var element: (name: ArraySlice<UInt8>, start: Int, depth: Int)?

  /// Looks at a packet.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // In a packet with another encoding or broken XML, only the presence of the name can be detected.
    isBroken = bytes.prefix(64).contains(0)
    while !isBroken, let start = bytes[cursor...].firstIndex(of: UInt8(ascii: "<")) { readMarkup(at: start) }
    if element != nil { isBroken = true }
    if isBroken { isThere = Self.mentionsPosition(bytes) }
  }

  /// The packet with its properties replaced by spaces; nil if it cannot be read.
  func removed() -> [UInt8]? {
    if isBroken { return nil }
    var bytes = bytes
    for range in positionRanges {
      bytes.replaceSubrange(range, with: repeatElement(UInt8(ascii: " "), count: range.count))
    }
    return bytes
  }

  // MARK: Names

  /// Whether a property is one of positions, by the part of its name behind the colon.
  private static func isOfPositions(_ name: String) -> Bool {
    name.hasPrefix("gps") || isCoordinate(name)
  }

  /// Whether a property is a coordinate: `exif:GPSLatitude`, `drone-dji:GpsLongtitude` (so spelled by its maker),
  /// `geo:lat`.
  private static func isCoordinate(_ name: String) -> Bool {
    let parts = [
      "latitude", "longitude", "longtitude", "gpsposition", "gpscoordinates", "gpsareainformation",
    ]
    return parts.contains(where: name.contains) || name == "geo:lat" || name == "geo:long"
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    let name = String(decoding: bytes, as: UTF8.self).lowercased()
    if name.hasPrefix("geo:") { return name }
    return name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// Whether bytes of any encoding contain the name of a coordinate's property.
  private static func mentionsPosition(_ bytes: [UInt8]) -> Bool {
    let text = bytes.filter { $0 != 0 }
    return ["GPSLatitude", "GpsLatitude", "GPSLongitude", "GpsLongitude"].contains {
      text.firstRange(of: Array($0.utf8)) != nil
    }
  }

  // MARK: Markup

  private mutating func readMarkup(at start: Int) {
    if bytes.matches("<!--", at: start) { return skip(to: "-->", from: start + 4) }
    if bytes.matches("<?", at: start) { return skip(to: "?>", from: start + 2) }
    if bytes.matches("<![CDATA[", at: start) { return skip(to: "]]>", from: start + 9) }
    if bytes.matches("<!", at: start) { return skip(to: ">", from: start + 2) }
    if bytes.matches("</", at: start) {
      let name = readName(at: start + 2)
      skip(to: ">", from: name.endIndex)
      if !isBroken { close(name) }
    } else {
      let name = readName(at: start + 1)
      readTag(name, from: start)
    }
  }

  private mutating func skip(to end: String, from start: Int) {
    let end = Array(end.utf8)
    guard start <= bytes.count, let range = bytes[start...].firstRange(of: end) else { return fail() }
    cursor = range.upperBound
  }

  private mutating func fail() {
    isBroken = true
    cursor = bytes.count
  }

  private static let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
  private static let delimiters = space.union([UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: ">")])

  private func readName(at start: Int) -> ArraySlice<UInt8> {
    bytes[start...].prefix { !Self.delimiters.contains($0) }
  }

  private mutating func readTag(_ name: ArraySlice<UInt8>, from start: Int) {
    var offset = name.endIndex
    var attributes: [Range<Int>] = []
    let isPosition = Self.isOfPositions(Self.name(name))
    while true {
      offset = bytes[offset...].firstIndex { !Self.space.contains($0) } ?? bytes.count
      guard offset < bytes.count else { return fail() }
      if bytes[offset] == UInt8(ascii: ">") || bytes.matches("/>", at: offset) { break }
      guard let attribute = readAttribute(at: offset) else { return fail() }
      let property = Self.name(attribute.name)
      if Self.isOfPositions(property) {
        attributes.append(offset..<attribute.end)
        if element == nil, !isPosition, Self.isCoordinate(property) { isThere = true }
      }
      offset = attribute.end
    }
    let isEmpty = bytes[offset] == UInt8(ascii: "/")
    cursor = offset + (isEmpty ? 2 : 1)
    open(name, start..<cursor, isEmpty: isEmpty, isPosition: isPosition, attributes)
  }

  private func readAttribute(at start: Int) -> (name: ArraySlice<UInt8>, end: Int)? {
    let name = readName(at: start)
    guard !name.isEmpty, let equals = bytes[name.endIndex...].firstIndex(where: { !Self.space.contains($0) }),
      bytes[equals] == UInt8(ascii: "="),
      let quote = bytes[(equals + 1)...].firstIndex(where: { !Self.space.contains($0) }),
      bytes[quote] == UInt8(ascii: "\"") || bytes[quote] == UInt8(ascii: "'"),
      let end = bytes[(quote + 1)...].firstIndex(of: bytes[quote])
    else { return nil }
    return (name, end + 1)
  }

  private mutating func open(
    _ name: ArraySlice<UInt8>, _ tag: Range<Int>, isEmpty: Bool, isPosition: Bool, _ attributes: [Range<Int>]
  ) {
    if let open = element {
      if !isEmpty, open.name == name { element?.depth += 1 }
    } else if isPosition {
      if Self.isCoordinate(Self.name(name)) { isThere = true }
      if isEmpty { positionRanges.append(tag) } else { element = (name, tag.lowerBound, 1) }
    } else {
      positionRanges += attributes
    }
  }

  /// Takes an end tag, behind which the cursor is.
  private mutating func close(_ name: ArraySlice<UInt8>) {
    guard let open = element, open.name == name else { return }
    element = (open.name, open.start, open.depth - 1)
    guard open.depth == 1 else { return }
    positionRanges.append(open.start..<cursor)
    element = nil
  }
}
