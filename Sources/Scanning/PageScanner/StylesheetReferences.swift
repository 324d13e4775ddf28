import AssetModel
import SiteFiles
import SystemResources
import Web

/// The images of a stylesheet that pages of a built site link: backgrounds, borders and list marks.
struct StylesheetReferences {
  let root: SiteRoot
  let site: Site
  let dependencies: Shared<Set<String>>

  /// What is there, in the order of the text. What is no image of the site's is passed over: a stylesheet names fonts as well, and
  /// files of parts that no page uses.
  func all(in bytes: [UInt8], _ file: String) -> [Reference] {
    let urls = PageURLs(
      root: root, page: file, location: PageLocation(), site: site, dependencies: dependencies)
    let lines = LineStarts(bytes)
    return StyleURLs.find(in: bytes, bytes.indices).compactMap { match in
      let url = String(decoding: bytes[match.range], as: UTF8.self)
      guard let resolution = urls.resolve(url), resolution.status == .local else { return nil }
      let position = lines.position(of: match.range.lowerBound, in: bytes)
      let range = ByteRange(match.range)
      return Reference(
        post: file, kind: .css, range: range, urlRange: range, line: position.line, column: position.column,
        url: url, status: .local, source: resolution.source, link: resolution.link, field: match.property)
    }
  }
}
