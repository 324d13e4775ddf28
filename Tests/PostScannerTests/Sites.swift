import AssetModel
import SiteFiles
import TestSupport

@testable import PostScanner

extension TemporaryFolder {
  /// Scans the folder as a site.
  func scan(_ options: ScanOptions = ScanOptions()) throws -> ScanResult {
    try PostScanner(root: SiteRoot(path), name: "site", options: options).scan()
  }
}

/// The images of a Jekyll site with one post, `_posts/2020-01-02-a.md`.
func imagesOfPost(
  _ body: String,
  config: String = "",
  files: [String] = ["assets/x.png"],
  matter: String = ""
) throws -> [Reference] {
  var all = ["_config.yml": config, "_posts/2020-01-02-a.md": "---\n\(matter)---\n\(body)"]
  for file in files { all[file] = "x" }
  return try TemporaryFolder(all).scan().references
}

/// What the body of a kramdown post shows, without a site.
func images(_ source: String, liquid: Bool = true) -> [Candidate] {
  let file = Array(source.utf8)
  let masked = liquid ? LiquidMask.apply(to: file, range: 0..<file.count) : file
  return KramdownReader().candidates(file: file, masked: masked, body: 0..<file.count)
}

extension String {
  /// The text of a range of bytes.
  func bytes(_ range: ByteRange?) -> String? {
    range.map { Array(utf8).string($0.range) }
  }
}
