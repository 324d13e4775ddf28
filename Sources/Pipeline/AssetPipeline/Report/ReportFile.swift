import AssetModel
import Foundation
import SiteFiles
import SizeBudget

/// The file that an HTML report goes to: a new one, or an earlier report.
package struct ReportFile {
  /// The file, absolute, its folder without symbolic links where it exists.
  package let path: String
  private let name: String

  /// - Throws: ``PipelineError/badOutput(_:)`` where something else would be lost.
  package init(_ name: String) throws(PipelineError) {
    self.name = name
    let url = URL(fileURLWithPath: name).standardizedFileURL
    let folder = url.deletingLastPathComponent().path
    path = ((try? SiteRoot(folder).path) ?? folder) + "/" + url.lastPathComponent
    guard ["html", "htm"].contains(url.pathExtension.lowercased()) else {
      throw .badOutput(
        "a report is an HTML file", file: name, advice: "give --output a name that ends in .html")
    }
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    let start = (try? FileAccess.read(path))?.prefix(SiteReport.signature.utf8.count)
    guard info.st_mode & S_IFMT == S_IFREG, start?.elementsEqual(SiteReport.signature.utf8) == true else {
      throw .badOutput(
        "it is there and is no report of optimize-assets, so it stays", file: name,
        advice: "choose another --output")
    }
  }

  /// Writes the report, whole or not at all.
  ///
  /// - Throws: `FileError`
  package func write(_ page: Data) throws(FileError) { try FileAccess.write(page, to: path) }

  /// What to know about a report that lies in a site, where the site's generator may publish it; nil elsewhere.
  package func warning(site: String) -> Diagnostic? {
    guard let root = try? SiteRoot(site), path.hasPrefix(root.path + "/") else { return nil }
    let parts = path.dropFirst(root.path.count + 1).split(separator: "/")
    guard parts.allSatisfy({ !$0.hasPrefix("_") && !$0.hasPrefix(".") }) else { return nil }
    return Diagnostic(
      .warning, .badOutput, file: name, message: "lies in the site, which may publish it",
      advice: "have the generator leave it out, or write it elsewhere with --output")
  }
}
