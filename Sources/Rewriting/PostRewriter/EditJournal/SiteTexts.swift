import AssetModel
import Foundation
import SiteFiles

/// What the site's files say, as far as it names variants.
package enum SiteTexts {
  /// The marks (see ``VariantMark``) of all variants that a file of the site names: posts, and whatever the author
  /// copied an address into, such as a template or a data file.
  ///
  /// - Parameter skip: called with each folder's path; one for which it returns true is not looked into.
  /// - Throws: `FileError`: what cannot be read could name anything.
  package static func marks(
    in site: SiteRoot, skip: (_ folder: String) -> Bool
  ) throws(FileError) -> Set<String> {
    var marks: Set<String> = []
    for entry in try FileTree.files(below: site.absolute(""), skip: skip) {
      guard entry.kind == .file, entry.path != OwnFiles.journal else { continue }
      // Images name no other files, but for drawings.
      let format = ImageFormat(fileName: entry.path)
      guard format == nil || format == .svg else { continue }
      marks.formUnion(VariantMark.all(in: try FileAccess.read(site.absolute(entry.path))))
    }
    return marks
  }
}
