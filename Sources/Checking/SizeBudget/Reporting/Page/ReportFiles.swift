/// What the HTML report is drawn and moved by. Both are files of their own, and part of the program.
enum ReportFiles {
  /// The stylesheet.
  static let style = HTML(embedded: PackageResources.report_css)
  /// The script, which the page can do without.
  static let script = HTML(embedded: PackageResources.report_js)
}
