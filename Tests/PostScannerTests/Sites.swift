import Foundation
import Manifest
import SiteFiles

@testable import PostScanner

/// Small sites made for a test, in a folder that goes away with it.
final class TestSite {
  let path: String

  /// - Parameter files: contents by path. A path that ends in `/` is a folder.
  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "post-scanner-\(UUID().uuidString)"
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ data: Data) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try data.write(to: url)
  }

  func scan(_ options: ScanOptions = ScanOptions()) throws -> ScanResult {
    try PostScanner(root: SiteRoot(path), name: "site", options: options).scan()
  }

  /// The one reference of a site with one post, `_posts/2020-01-02-a.md`.
  static func references(
    _ body: String,
    config: String = "",
    files: [String] = ["assets/x.png"],
    matter: String = ""
  ) throws -> [Reference] {
    var all = ["_config.yml": config, "_posts/2020-01-02-a.md": "---\n\(matter)---\n\(body)"]
    for file in files { all[file] = "x" }
    return try TestSite(all).scan().references
  }
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
