import AssetModel
import Foundation
import SiteFiles

extension SiteKind {
  /// Lektor (3): a folder a page, with its fields in `contents.lr` and its files beside that.
  static let lektor = SiteKind(
    kind: .lektor,
    recognize: { folder in
      guard let project = folder.lektorProject, !PythonSettings.hasPage(folder) else { return nil }
      return "\(project) is there"
    },
    open: { folder throws(ScanError) in
      let settings = folder.lektorProject.map(folder.textIfAny) ?? ""
      let url = settings.split(whereSeparator: \.isNewline).map { $0.split(separator: "=", maxSplits: 1) }
        .first { $0.count == 2 && $0[0].trimmingCharacters(in: .whitespaces) == "url" }?[1]
      let address = PostPath.address((url ?? "").trimmingCharacters(in: .whitespaces))
      var reading = ReadingRules(
        matter: [], mounts: [LinkForm.Mount("assets", at: ""), LinkForm.Mount("content", at: "")])
      reading.markdown = [.published]
      reading.html = reading.markdown
      reading.tag = reading.markdown
      reading.frontMatter = [.besidePost(), .published]
      reading.keepsMarkdown = "the sources of Lektor are read, and left as they are"
      reading.keepsHTML = reading.keepsMarkdown
      return FolderLayout(
        site: Site(
          kind: .lektor, reason: "", root: "", baseurl: address.base, url: address.origin,
          variantFolder: "assets/optimized"),
        reading: reading, postFolders: ["content"], dialects: ["lr": .commonmark],
        page: { path, inner, matter in
          let folder = FileName(inner).folder
          // The root's own page is that of the site.
          let parent = FileName(folder).folder
          let slug = matter.text("_slug").map { parent.isEmpty ? $0 : parent + "/" + $0 }
          return PostPage(url: PostPath.rooted((slug ?? folder) + "/"), isTemplated: false)
        }
      )
    }
  )
}
