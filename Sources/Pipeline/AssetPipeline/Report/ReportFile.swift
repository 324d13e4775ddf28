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
      throw .badOutput("\(name): a report is an HTML file (give --output a name that ends in .html)")
    }
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    let start = (try? FileAccess.read(path))?.prefix(SiteReport.signature.utf8.count)
    guard info.st_mode & S_IFMT == S_IFREG, start?.elementsEqual(SiteReport.signature.utf8) == true else {
      throw .badOutput(
        "\(name) is there and is no report of optimize-assets, so it stays (choose another --output)")
    }
  }

  /// Writes the report, whole or not at all.
  ///
  /// - Throws: `FileError`
  package func write(_ page: Data) throws(FileError) { try FileAccess.write(page, to: path) }

  /// What to know about a report that lies in a site, where the site's generator may publish it; nil elsewhere.
  package func warning(site: String) -> String? {
    guard let root = try? SiteRoot(site), path.hasPrefix(root.path + "/") else { return nil }
    let parts = path.dropFirst(root.path.count + 1).split(separator: "/")
    guard parts.allSatisfy({ !$0.hasPrefix("_") && !$0.hasPrefix(".") }) else { return nil }
    return
      "\(name): warning: lies in the site, which may publish it (have the generator leave it out, or write it"
      + " elsewhere with --output)"
  }
}
