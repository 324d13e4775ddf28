import AssetModel
import AssetPipeline
import Foundation

/// What each screen downloads of all pages, before and after, the smallest of the usual screens first.
struct DownloadTable {
  var summary: Summary

  var rows: [String] {
    guard let after = summary.downloads else { return [] }
    return Self.screens(Set(after.keys)).map { screen in
      let (before, now) = (summary.downloadsBefore[screen] ?? 0, after[screen] ?? 0)
      let share = before > 0 ? String(format: " (%.0f %%)", 100 * Double(now) / Double(before)) : ""
      return "\(screen): \(size(before)) before, \(size(now)) after\(share)"
    }
  }

  /// The usual screens from the smallest on, then the others by name.
  static func screens(_ names: Set<String>) -> [String] {
    let usual = ["phone", "tablet", "laptop", "desktop"]
    return usual.filter(names.contains) + names.subtracting(usual).sorted()
  }

  private func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }
}

/// What each screen downloads of a build's pages: of all before and after, and of the heaviest.
struct BuildTable {
  var summary: Summary
  var heaviest: [SiteBuild.Page]

  var rows: [String] {
    let screens = DownloadTable.screens(Set(summary.downloadsBefore.keys))
    guard !screens.isEmpty else { return [] }
    let width = max(10, (screens.map(\.count).max() ?? 0) + 2)
    func row(_ cells: [String], _ name: String = "") -> String {
      let text = cells.map { String(repeating: " ", count: max(0, width - $0.count)) + $0 }.joined()
      return name.isEmpty ? text : text + "  " + name
    }
    func sizes(_ downloads: Downloads) -> [String] {
      screens.map { ByteSize(bytes: downloads[$0] ?? 0).description }
    }
    var rows = [row(screens), row(sizes(summary.downloadsBefore), "all pages, before")]
    guard let now = summary.downloads else { return rows }
    let shares = screens.map { screen in
      let whole = summary.downloadsBefore[screen] ?? 0
      return whole > 0 ? String(format: "%.0f %%", 100 * Double(now[screen] ?? 0) / Double(whole)) : "–"
    }
    rows += [row(sizes(now), "all pages, now"), row(shares, "of before")]
    return rows + heaviest.map { row(sizes($0.downloads), $0.path) }
  }
}
