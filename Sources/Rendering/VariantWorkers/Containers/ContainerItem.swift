import Foundation

/// What the boxes of an AVIF or HEIC file say about its picture (ISO/IEC 23008-12), of which libheif and libvips pass on
/// only a part.
struct ContainerItem: Hashable {
  /// The colors (`nclx`), which count where there is no profile.
  var points: CodingPoints?
  /// Whether there is a profile.
  var hasProfile = false
  /// Whether another picture in the file says how opaque this one is.
  var hasAlpha = false
  /// The header of that other picture.
  var alphaHeader: AV1SequenceHeader?
  /// Whether the file holds a map that makes it an HDR picture.
  var hasGainMap = false
  /// Whether the file holds a C2PA manifest.
  var hasManifest = false

  private static let alpha = [
    "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1", "urn:mpeg:avc:2015:auxid:1",
  ]

  /// Reads the boxes; nil where the file has no picture of this kind.
  init?(_ data: Data) {
    guard data.matches("ftyp", at: 4) else { return nil }
    let top = data.boxes(0..<data.count)
    guard let meta = top.first(where: { $0.name == "meta" })?.content, meta.count > 4 else { return nil }
    let boxes = data.boxes(meta.dropFirst(4))
    func box(_ name: String) -> Range<Int>? { boxes.first { $0.name == name }?.content }
    guard let primary = box("pitm").flatMap({ data.identifier(in: $0, offset: 4) }) else { return nil }
    let properties = box("iprp").map { ItemProperties(data, $0) } ?? ItemProperties()
    for (name, content) in properties.of(primary) where name == "colr" {
      readColors(data, content)
    }
    let extents = locations(data, box("iloc"), box("idat"))
    if points == nil, !hasProfile, let extent = extents[primary]?.first {
      points = AV1SequenceHeader(data, extent)?.points
    }
    for (item, targets) in data.references(box("iref"), named: "auxl") where targets.contains(primary) {
      for (name, content) in properties.of(item) where name == "auxC" {
        let text = data.ascii(at: content.lowerBound + 4, count: max(0, content.count - 4))
        if Self.alpha.contains(where: text.hasPrefix) {
          hasAlpha = true
          alphaHeader = extents[item]?.first.flatMap { AV1SequenceHeader(data, $0) }
        }
        if text.contains("gainmap") { hasGainMap = true }
      }
    }
    if box("iinf").map({ data.hasItem("tmap", in: $0) }) == true { hasGainMap = true }
    hasManifest = top.contains { box in
      box.name == "uuid"
        && data.matches([0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C], at: box.content.lowerBound)
    }
  }

  private func locations(
    _ data: Data, _ range: Range<Int>?, _ itemData: Range<Int>?
  ) -> [Int: [Range<Int>]] {
    guard let range else { return [:] }
    var reader = ItemLocations(file: DataBytes(data: data), range: range, data: itemData)
    return Dictionary(reader.read().map { ($0.item, $0.extents) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func readColors(_ data: Data, _ content: Range<Int>) {
    let start = content.lowerBound
    switch data.ascii(at: start, count: 4) {
    case "nclx":
      guard let primaries = data.bigEndian(at: start + 4, count: 2),
        let transfer = data.bigEndian(at: start + 6, count: 2)
      else { return }
      points = points ?? CodingPoints(primaries: primaries, transfer: transfer)
    case "prof", "rICC": hasProfile = true
    default: break
    }
  }
}

/// The properties of a container's items (ISO/IEC 23008-12, 9.3).
private struct ItemProperties {
  private var all: [(name: String, content: Range<Int>)] = []
  /// Positions in ``all``, from 1, by item.
  private var positions: [Int: [Int]] = [:]

  init() {}

  init(_ data: Data, _ range: Range<Int>) {
    let boxes = data.boxes(range)
    if let list = boxes.first(where: { $0.name == "ipco" }) { all = data.boxes(list.content) }
    for box in boxes where box.name == "ipma" { readAssociations(data, box.content) }
  }

  private mutating func readAssociations(_ data: Data, _ range: Range<Int>) {
    guard let head = data.bigEndian(at: range.lowerBound, count: 4),
      let count = data.bigEndian(at: range.lowerBound + 4, count: 4)
    else { return }
    let (idSize, size) = (head >> 24 == 0 ? 2 : 4, head & 1 == 0 ? 1 : 2)
    var offset = range.lowerBound + 8
    for _ in 0..<count {
      guard offset < range.upperBound, let item = data.bigEndian(at: offset, count: idSize),
        let associations = data.bigEndian(at: offset + idSize, count: 1)
      else { return }
      offset += idSize + 1
      for _ in 0..<associations {
        guard let position = data.bigEndian(at: offset, count: size) else { return }
        // The first bit says whether a reader must understand the property.
        positions[item, default: []].append(position & (size == 1 ? 0x7F : 0x7FFF))
        offset += size
      }
    }
  }

  func of(_ item: Int) -> [(name: String, content: Range<Int>)] {
    positions[item, default: []].compactMap { all.indices.contains($0 - 1) ? all[$0 - 1] : nil }
  }
}

extension Data {
  /// The boxes in a range (ISO/IEC 14496-12, 4.2), as far as they are whole.
  fileprivate func boxes(_ range: Range<Int>) -> [(name: String, content: Range<Int>)] {
    var boxes: [(name: String, content: Range<Int>)] = []
    var offset = range.lowerBound
    while offset <= range.upperBound - 8, var length = bigEndian(at: offset, count: 4) {
      var start = 8
      if length == 1 {
        guard let long = bigEndian(at: offset + 8, count: 8) else { break }
        (length, start) = (long, 16)
      } else if length == 0 {
        length = range.upperBound - offset
      }
      guard length >= start, length <= range.upperBound - offset else { break }
      boxes.append((ascii(at: offset + 4, count: 4), (offset + start)..<(offset + length)))
      offset += length
    }
    return boxes
  }

  /// An item's number behind a box's version: two bytes of version 0, else four.
  fileprivate func identifier(in range: Range<Int>, offset: Int) -> Int? {
    guard let version = bigEndian(at: range.lowerBound, count: 1), range.count >= offset + 2 else {
      return nil
    }
    return bigEndian(at: range.lowerBound + offset, count: version == 0 ? 2 : 4)
  }

  /// The references of one kind: from which item to which.
  fileprivate func references(_ range: Range<Int>?, named name: String) -> [(from: Int, to: [Int])] {
    guard let range, range.count > 4, let version = bigEndian(at: range.lowerBound, count: 1) else {
      return []
    }
    let size = version == 0 ? 2 : 4
    return boxes(range.dropFirst(4)).filter { $0.name == name }.compactMap { box in
      let start = box.content.lowerBound
      guard let from = bigEndian(at: start, count: size), let count = bigEndian(at: start + size, count: 2),
        count <= box.content.count / size
      else { return nil }
      return (from, (0..<count).compactMap { bigEndian(at: start + size + 2 + size * $0, count: size) })
    }
  }

  /// Whether a list of items has one of a type.
  fileprivate func hasItem(_ type: String, in range: Range<Int>) -> Bool {
    guard let version = bigEndian(at: range.lowerBound, count: 1) else { return false }
    return boxes(range.dropFirst(version == 0 ? 6 : 8)).contains { box in
      let wide = bigEndian(at: box.content.lowerBound, count: 1) == 3
      return box.name == "infe" && matches(type, at: box.content.lowerBound + (wide ? 10 : 8))
    }
  }
}
