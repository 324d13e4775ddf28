import Foundation

/// The URL of a page, from a template such as `/:categories/:year/:month/:day/:title:output_ext` (`Jekyll::URL`,
/// `Jekyll::Drops::UrlDrop`, 4.3).
enum Permalink {
  /// The styles that have a name.
  static func template(style: String) -> String {
    switch style {
    case "none": "/:categories/:title:output_ext"
    case "date": "/:categories/:year/:month/:day/:title:output_ext"
    case "ordinal": "/:categories/:year/:y_day/:title:output_ext"
    case "pretty": "/:categories/:year/:month/:day/:title/"
    case "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext"
    default: style
    }
  }

  /// `add_permalink_suffix`: how the site's style ends, for pages and collections.
  static func suffix(style: String) -> String {
    switch style {
    case "pretty": return "/"
    case "date", "ordinal", "none": return ":output_ext"
    default:
      return (style.hasSuffix("/") ? "/" : "") + (style.hasSuffix(":output_ext") ? ":output_ext" : "")
    }
  }

  /// Fills a template.
  static func fill(_ template: String, _ value: (String) -> String?) -> String {
    var out = ""
    var rest = Substring(template)
    while let colon = rest.firstIndex(of: ":") {
      out += rest[..<colon]
      rest = rest[rest.index(after: colon)...]
      let name = rest.prefix { ($0.isASCII && $0.isLowercase) || $0 == "_" }
      // The name of a placeholder can be followed by a `_` of the author's.
      if let text = value(String(name)) {
        out += escape(text)
        rest = rest.dropFirst(name.count)
      } else if name.hasSuffix("_"), let text = value(String(name.dropLast())) {
        out += escape(text)
        rest = rest.dropFirst(name.count - 1)
      } else {
        out += ":"
      }
    }
    return sanitise(out + rest)
  }

  /// `sanitize_url`
  static func sanitise(_ url: String) -> String {
    let bytes = Array(("/" + url).utf8)
    let isClean = zip(bytes, bytes.dropFirst()).allSatisfy { a, b in
      !(a == UInt8(ascii: ".") && (b == UInt8(ascii: ".") || b == .slash)) && !(a == .slash && b == .slash)
    }
    if isClean { return "/" + url }
    let dot = UInt8(ascii: ".")
    func replacing(_ second: UInt8, in bytes: [UInt8], with replacement: UInt8?) -> [UInt8] {
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count)
      var i = 0
      while i < bytes.count {
        if bytes[i] == dot, i + 1 < bytes.count, bytes[i + 1] == second {
          if let replacement { out.append(replacement) }
          i += 2
        } else {
          out.append(bytes[i])
          i += 1
        }
      }
      return out
    }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in replacing(.slash, in: replacing(dot, in: bytes, with: .slash), with: nil)
    where !(byte == .slash && out.last == .slash) { out.append(byte) }
    return String(decoding: out, as: UTF8.self)
  }

  private static let allowed = Array("-._~!$&'()*+,;=:@/?".utf8)

  /// `escape_path`: percent-encodes what a path may not hold as it is (RFC 3986, section 3.3).
  static func escape(_ path: String) -> String {
    if path.utf8.allSatisfy({ $0.isLetter || $0.isDigit || allowed.contains($0) }) { return path }
    var out: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path.utf8 {
      if byte.isLetter || byte.isDigit || allowed.contains(byte) {
        out.append(byte)
      } else {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `slugify`: letters, marks and digits stay (in `pretty` mode some signs as well), everything else becomes `-`.
  static func slug(_ text: String, pretty: Bool = false) -> String {
    let signs = pretty ? prettySigns : []
    var out = ""
    for scalar in text.unicodeScalars {
      if isSlugLetter(scalar) || signs.contains(scalar) {
        out.unicodeScalars.append(scalar)
      } else if out.unicodeScalars.last != "-" {
        out += "-"
      }
    }
    if out.hasPrefix("-") { out.removeFirst() }
    if out.hasSuffix("-") { out.removeLast() }
    return pretty ? out : out.lowercased()
  }

  private static let prettySigns = Array("._~!$&'()+,;=@".unicodeScalars)

  private static func isSlugLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      return byte.isLetter || byte.isDigit
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber:
      true
    default: false
    }
  }

  /// The folder of a page's URL, without slashes at its ends, percent-encoding undone: what relative URLs in the
  /// page start from.
  static func folder(of url: String) -> String {
    let end = url.utf8.lastIndex(of: .slash) ?? url.startIndex
    let parts = url.utf8[..<end].split(separator: .slash).map { Substring($0) }
    guard url.utf8.contains(UInt8(ascii: "%")) else { return parts.joined(separator: "/") }
    return parts.map { $0.removingPercentEncoding ?? String($0) }.joined(separator: "/")
  }
}

/// A day and a time of day, as permalinks print them.
struct PostDate: Hashable, Sendable {
  var year: Int
  var month: Int
  var day: Int
  var hour = 0
  var minute = 0
  var second = 0

  /// Reads `2019-08-18`, `2019-8-18 10:00`, `2019-08-18T10:00:00+09:00` and the like.
  ///
  /// - Parameters:
  ///   - text: the date as written.
  ///   - isTimestamp: whether YAML reads the text as a time, in which case one without a zone is in UTC.
  ///   - zone: the site's time zone.
  init?(_ text: String, isTimestamp: Bool, zone: TimeZone) {
    let scalars = Array(text.utf8)
    var i = 0
    func number(_ most: Int) -> Int? {
      var value = 0
      let start = i
      while i < scalars.count, scalars[i].isDigit, i - start < most {
        value = value * 10 + Int(scalars[i] - UInt8(ascii: "0"))
        i += 1
      }
      return i > start ? value : nil
    }
    func take(_ bytes: String) -> Bool {
      guard i < scalars.count, bytes.utf8.contains(scalars[i]) else { return false }
      i += 1
      return true
    }
    while i < scalars.count, scalars[i].isWhitespace { i += 1 }
    guard let first = number(4), take("-/"), let month = number(2), take("-/"), let day = number(2),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    // Ruby reads a year of two digits as one of 1969 to 2068.
    year = first < 69 ? first + 2000 : first < 100 ? first + 1900 : first
    self.month = month
    self.day = day
    guard take("Tt ") else { return }
    while i < scalars.count, scalars[i].isWhitespace { i += 1 }
    guard let hour = number(2), take(":"), let minute = number(2) else { return }
    self.hour = hour
    self.minute = minute
    var hasSeconds = false
    if take(":") {
      second = number(2) ?? 0
      hasSeconds = true
      if take(".") { _ = number(12) }
    }
    while i < scalars.count, scalars[i].isWhitespace { i += 1 }
    var offset: Int?
    if take("Z") {
      offset = 0
    } else if i < scalars.count, scalars[i] == UInt8(ascii: "+") || scalars[i] == .dash {
      let sign = scalars[i] == .dash ? -1 : 1
      i += 1
      let hours = number(2) ?? 0
      _ = take(":")
      offset = sign * (hours * 3600 + (number(2) ?? 0) * 60)
    } else if i >= scalars.count, isTimestamp, hasSeconds {
      offset = 0
    }
    if let offset { shift(from: offset, to: zone) }
  }

  /// The day of a file name such as `2019-08-18-title`.
  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The moment, read as UTC, in seconds since 1970.
  var seconds: Int {
    Self.days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
  }

  private mutating func shift(from offset: Int, to zone: TimeZone) {
    let moment = seconds - offset
    let local = moment + zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(moment)))
    self = PostDate(seconds: local)
  }

  /// The day and time of a moment in UTC.
  init(seconds: Int) {
    let days = Int((Double(seconds) / 86400).rounded(.down))
    let rest = seconds - days * 86400
    (year, month, day) = Self.civil(days)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// Days since 1970 of a day in the Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", `days_from_civil`).
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
  }

  /// The reverse (`civil_from_days`).
  private static func civil(_ days: Int) -> (Int, Int, Int) {
    let shifted = days + 719468
    let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
    let dayOfEra = shifted - era * 146097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Monday is 1.
  var weekday: Int { ((Self.days(year, month, day) + 3) % 7 + 7) % 7 + 1 }
  /// From 1.
  var dayOfYear: Int { Self.days(year, month, day) - Self.days(year, 1, 1) + 1 }

  /// The year and week of ISO 8601.
  var isoWeek: (year: Int, week: Int) {
    // The week belongs to the year of its Thursday.
    let thursday = Self.civil(Self.days(year, month, day) - weekday + 4)
    let day = Self.days(thursday.0, thursday.1, thursday.2) - Self.days(thursday.0, 1, 1)
    return (thursday.0, day / 7 + 1)
  }

  /// The text of a permalink's placeholder; nil if it is no placeholder of a date.
  func text(_ placeholder: String) -> String? {
    func padded(_ value: Int, _ width: Int = 2) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    switch placeholder {
    case "year": return padded(year, 4)
    case "month": return padded(month)
    case "day": return padded(day)
    case "hour": return padded(hour)
    case "minute": return padded(minute)
    case "second": return padded(second)
    case "i_day": return String(day)
    case "i_month": return String(month)
    case "short_year": return padded(year % 100)
    case "y_day": return padded(dayOfYear, 3)
    case "week": return padded(isoWeek.week)
    case "w_year": return padded(isoWeek.year, 4)
    case "w_day": return String(weekday)
    case "short_day": return String(Self.dayNames[weekday - 1].prefix(3))
    case "long_day": return Self.dayNames[weekday - 1]
    case "short_month": return String(Self.monthNames[month - 1].prefix(3))
    case "long_month": return Self.monthNames[month - 1]
    default: return nil
    }
  }

  private static let dayNames = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
