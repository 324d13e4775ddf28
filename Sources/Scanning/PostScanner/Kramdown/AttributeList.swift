/// The content of a kramdown attribute list: `.class #id key="value" name-of-a-definition`.
struct AttributeList {
  /// Class names in the order written.
  private(set) var classes: [String] = []
  /// The last id.
  private(set) var id: String?
  /// The range of each key's last value, without its quotes.
  private(set) var values: [String: Range<Int>] = [:]
  /// The names of the attribute list definitions that it takes in.
  private(set) var names: [String] = []

  /// Reads the list in a range of a text (`ALD_TYPE_ANY`).
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var i = range.lowerBound
    while i < range.upperBound {
      if bytes[i].isWhitespace {
        i += 1
      } else if let end = readPair(bytes, i..<range.upperBound) ?? readName(bytes, i..<range.upperBound)
        ?? readClasses(bytes, i..<range.upperBound)
      {
        i = end
      } else {
        while i < range.upperBound, !bytes[i].isWhitespace { i += 1 }
      }
    }
  }

  private mutating func readPair(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let nameEnd = bytes.attributeListNameEnd(from: range.lowerBound)
    guard nameEnd > range.lowerBound, nameEnd + 1 < range.upperBound, bytes[nameEnd] == .equals else {
      return nil
    }
    let quote = bytes[nameEnd + 1]
    guard quote == .quote || quote == .apostrophe else { return nil }
    var i = nameEnd + 2
    while i < range.upperBound {
      if bytes[i] == .backslash, i + 1 < range.upperBound,
        bytes[i + 1] == quote || bytes[i + 1] == .closeBrace
      {
        i += 2
      } else if bytes[i] == .closeBrace {
        return nil
      } else if bytes[i] == quote, i + 1 >= range.upperBound || bytes[i + 1].isWhitespace {
        values[bytes.string(range.lowerBound..<nameEnd)] = (nameEnd + 2)..<i
        return i + 1
      } else {
        i += 1
      }
    }
    return nil
  }

  private mutating func readName(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let end = bytes.attributeListNameEnd(from: range.lowerBound)
    guard end > range.lowerBound, end >= range.upperBound || bytes[end].isWhitespace else { return nil }
    names.append(bytes.string(range.lowerBound..<end))
    return end
  }

  private mutating func readClasses(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var i = range.lowerBound
    var parts: [(isClass: Bool, name: String)] = []
    while i < range.upperBound, !bytes[i].isWhitespace {
      let mark = bytes[i]
      guard mark == UInt8(ascii: ".") || mark == .hash else { return nil }
      let start = i + 1
      i = start
      while i < range.upperBound, !bytes[i].isWhitespace, bytes[i] != UInt8(ascii: "."), bytes[i] != .hash {
        i += 1
      }
      guard i > start else { return nil }
      parts.append((mark != .hash, bytes.string(start..<i)))
    }
    for (isClass, name) in parts {
      if isClass { classes.append(name) } else { id = name }
    }
    return i
  }

  /// A value without the backslashes that escape its quotes and braces.
  static func unescape(_ value: String) -> String {
    guard value.contains("\\") else { return value }
    var out = ""
    var isEscaped = false
    for scalar in value.unicodeScalars {
      if isEscaped {
        if scalar != "}" && scalar != "\"" && scalar != "'" { out.unicodeScalars.append("\\") }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
        continue
      }
      out.unicodeScalars.append(scalar)
    }
    if isEscaped { out.unicodeScalars.append("\\") }
    return out
  }
}
