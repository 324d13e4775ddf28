import AssetModel

/// Macros that show a picture.
extension AsciiDocBlocks {
  /// Reads a block macro that is alone on its line; false where there is none.
  mutating func macro(_ line: Line) -> Bool {
    for (name, kind) in [
      ("image::", Reference.Kind.markup), ("video::", .videoPoster), ("audio::", .videoPoster),
    ] {
      guard text.bytes[line].starts(with: name.utf8), text.bytes[line.upperBound - 1] == .closeBracket,
        let open = text.bytes.find(.openBracket, in: line), open > line.lowerBound + name.utf8.count,
        !text.bytes[line.lowerBound + name.utf8.count].isBlank, !text.bytes[open - 1].isBlank
      else { continue }
      let target = line.lowerBound + name.utf8.count..<open
      let items = list(text.source.part(open + 1..<line.upperBound - 1))
      if kind == .markup {
        add(text.source, line, target, items)
      } else if let poster = items.named["poster"], name == "video::" {
        var image = Candidate.markup(
          text.source, line, url: posterRange(open..<line.upperBound, poster), poster)
        image.kind = .videoPoster
        image.target = address(poster)
        candidates.append(image)
      }
      return true
    }
    return false
  }

  private func posterRange(_ range: Range<Int>, _ poster: String) -> Range<Int> {
    let wanted = Array(poster.utf8)
    var i = range.lowerBound
    while i + wanted.count <= range.upperBound {
      if text.bytes[i..<i + wanted.count].elementsEqual(wanted) { return i..<i + wanted.count }
      i += 1
    }
    return range
  }

  private func list(_ text: SourceText) -> AsciiDocAttributeList {
    let bytes = attributes.expanded(text).bytes
    return AsciiDocAttributeList(bytes.string(0..<bytes.count).replacing("\\]", with: "]"))
  }

  private mutating func add(
    _ text: SourceText, _ range: Range<Int>, _ target: Range<Int>, _ items: AsciiDocAttributeList
  ) {
    let written = text.written(target, in: file)
    var image = Candidate.markup(text, range, url: target, written)
    let bytes = attributes.expanded(text.part(target)).bytes
    let address = address(bytes.string(0..<bytes.count))
    if address != written { image.target = address }
    let alt = items.named["alt"] ?? items.positional.first ?? ""
    image.alt = alt.isEmpty ? nil : alt.replacing("\n", with: " ")
    for (index, name) in ["width", "height"].enumerated() {
      let value = items.named[name] ?? (index + 1 < items.positional.count ? items.positional[index + 1] : "")
      if !value.isEmpty { image.attributes[name] = value }
    }
    if items.named["link"] != nil { image.contexts.insert(.link) }
    candidates.append(image)
  }

  /// `image_uri`: a target below the folder of images, unless it is an address of its own.
  private func address(_ target: String) -> String {
    let target = target.replacing("\\", with: "/")
    guard !target.hasPrefix("/"), !Self.isAddress(target) else { return target.replacing(" ", with: "%20") }
    let folder = attributes["imagesdir"] ?? ""
    let joined = folder.isEmpty ? target : folder.hasSuffix("/") ? folder + target : "\(folder)/\(target)"
    guard let start = Self.isAddress(joined) ? joined.range(of: "://")?.upperBound : joined.startIndex else {
      return joined
    }
    let isRooted = joined[start...].hasPrefix("/")
    var parts: [Substring] = []
    for part in joined[start...].split(separator: "/", omittingEmptySubsequences: false) where part != "." {
      if part == "..", let last = parts.last, last != "..", !last.isEmpty {
        parts.removeLast()
      } else if part != ".." || !isRooted {
        parts.append(part)
      }
    }
    return (joined[..<start] + parts.joined(separator: "/")).replacing(" ", with: "%20")
  }

  private static func isAddress(_ text: String) -> Bool {
    let scheme = text.prefix { $0.isLetter || $0.isNumber || "+.-".contains($0) }
    let rest = text.dropFirst(scheme.count)
    return scheme.count > 1 && (rest.hasPrefix("://") || scheme == "data" && rest.hasPrefix(":"))
  }

  /// Without the backslashes before closing brackets.
  private static func unescaped(_ text: SourceText) -> SourceText {
    var out = SourceText()
    for i in 0..<text.count where text.bytes[i] != .backslash || !text.bytes.has("]", at: i + 1) {
      out.append(text.bytes[i], from: text.origins[i])
    }
    return out
  }

  // MARK: In lines of text

  /// Shows text: what is passed through is HTML or nothing, names in braces are put in, and then macros are read.
  mutating func showText(_ written: SourceText) {
    let text = attributes.expanded(withoutPassthroughs(written))
    let bytes = text.bytes
    var i = 0
    while let start = bytes.find("image:", from: i) {
      i = start + 6
      guard start == 0 || bytes[start - 1] != .backslash,
        let open = Self.targetEnd(bytes, from: i), let close = Self.listEnd(bytes, from: open + 1)
      else { continue }
      add(text, start..<close + 1, i..<open, list(text.part(open + 1..<close)))
      i = close + 1
    }
  }

  /// The bracket behind the target of an inline macro.
  private static func targetEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count, bytes[start] != .colon, !bytes[start].isWhitespace else { return nil }
    var i = start
    // A bound: no path is longer, and each `image:` is looked at.
    while i < bytes.count, i - start < 1024, bytes[i] != .newline {
      if bytes[i] == .openBracket { return i > start && !bytes[i - 1].isWhitespace ? i : nil }
      i += 1
    }
    return nil
  }

  private static func listEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var i = start
    while i < bytes.count, i - start < 2048 {
      if bytes[i] == .closeBracket, i == start || bytes[i - 1] != .backslash { return i }
      i += 1
    }
    return nil
  }

  /// The text with a filler in the place of what is passed through, whose HTML is shown.
  private mutating func withoutPassthroughs(_ text: SourceText) -> SourceText {
    let bytes = text.bytes
    guard bytes.contains(UInt8(ascii: "+")) || bytes.contains(.dollar) || bytes.contains(.openBracket) else {
      return text
    }
    var passthroughs = AsciiDocPassthroughs(bytes)
    var out = SourceText()
    var i = 0
    while i < bytes.count {
      guard let span = passthroughs.span(at: i) else {
        out.append(bytes[i], from: text.origins[i])
        i += 1
        continue
      }
      switch span.content {
      case .html: showHTML(text.part(span.inner))
      case .macros: showText(Self.unescaped(text.part(span.inner)))
      case .text: break
      }
      out.append(.filler, from: text.origins[i])
      i = span.end
    }
    return out
  }
}
