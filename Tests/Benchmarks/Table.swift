/// A table for people, in Markdown that is aligned as well.
struct Table: Codable {
  var title: String
  var columns: [String]
  var rows: [[String]] = []
  /// What a reader has to know.
  var notes: [String] = []

  var text: String {
    let all = [columns] + rows
    let widths = columns.indices.map { column in
      all.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = columns.indices.map { column in
        let cell = cells.indices.contains(column) ? cells[column] : ""
        return cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    let body = [line(columns), rule] + rows.map(line)
    return "## \(title)\n\n" + body.joined(separator: "\n") + "\n"
      + (notes.isEmpty ? "" : "\n" + notes.map { "- \($0)\n" }.joined())
  }
}
