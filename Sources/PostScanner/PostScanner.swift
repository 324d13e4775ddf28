import Manifest
import SiteFiles
package struct ScanOptions: Sendable {
  package var frontMatterFields: [String] = []
  package var excludedFolders: [String] = []
  package var jobs = 1
  package init() {}
}
package struct ScanResult: Sendable {
  package var site: Site; package var posts: [Post]; package var references: [Reference];
  package var problems: [Problem]
}
package enum ScanError: Error { case unknownSite }
package struct PostScanner: Sendable {
  package init(root: SiteRoot, name: String, options: ScanOptions) {}
  package func scan() throws -> ScanResult { throw ScanError.unknownSite }
}
