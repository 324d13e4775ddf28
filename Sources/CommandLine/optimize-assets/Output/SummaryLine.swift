import Foundation

/// A line of a command's summary: what it tells of, in a column of its own, and what there is to tell.
enum SummaryLine {
  static func text(_ name: String, _ text: String) -> String {
    "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0) + text
  }
}
