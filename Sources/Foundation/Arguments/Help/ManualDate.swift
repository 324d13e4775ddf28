#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The date of a manual page. Packages that are built again must come out the same, so `SOURCE_DATE_EPOCH` says it.
enum ManualDate {
  /// - Parameter seconds: the value of `SOURCE_DATE_EPOCH`, seconds since 1970; without one it is now.
  static func text(_ seconds: String?) -> String {
    var moment = seconds.flatMap { Int($0) } ?? time(nil)
    var parts = tm()
    guard gmtime_r(&moment, &parts) != nil, months.indices.contains(Int(parts.tm_mon)) else { return "" }
    return "\(months[Int(parts.tm_mon)]) \(parts.tm_mday), \(Int(parts.tm_year) + 1900)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
  ]
}
