import Foundation
import SiteFiles

/// What a killed run can leave beside the files of a site.
package enum Leftovers {
  /// Removes the work folder, and files that were being written in the root and in some folders.
  package static func remove(from site: SiteRoot, folders: Set<String>) {
    try? FileManager.default.removeItem(atPath: site.absolute(RecordFiles.workFolder))
    for folder in folders.union([""]) {
      let path = site.absolute(folder)
      for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      where FileAccess.isTemporary(name) {
        unlink(path + "/" + name)
      }
    }
  }
}
