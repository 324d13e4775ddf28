import AssetModel
import AssetPipeline
import Foundation

/// What each screen downloads of all pages, before and after, the smallest of the usual screens first.
struct DownloadTable {
  var summary: Summary

  var rows: [String] {
    guard let after = summary.downloads else { return [] }
    let usual = ["phone", "tablet", "laptop", "desktop"]
    let screens = usual.filter { after[$0] != nil } + after.keys.sorted().filter { !usual.contains($0) }
    return screens.map { screen in
      let (before, now) = (summary.downloadsBefore[screen] ?? 0, after[screen] ?? 0)
      let share = before > 0 ? String(format: " (%.0f %%)", 100 * Double(now) / Double(before)) : ""
      return "\(screen): \(size(before)) before, \(size(now)) after\(share)"
    }
  }

  private func size(_ bytes: Int) -> String { ByteSize(bytes: bytes).description }
}
