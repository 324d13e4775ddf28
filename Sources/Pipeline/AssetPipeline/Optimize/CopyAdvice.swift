import AssetModel
import Foundation
import PostRewriter

extension Pipeline {
  /// What a person is to know of a copy of sources before its generator builds it.
  ///
  /// - Parameter folder: the copy, absolute.
  func advice(onCopyAt folder: String, of site: Site) -> [Diagnostic] {
    guard site.kind != .html else { return [] }
    if folder.hasPrefix(root.path + "/") {
      // Node finds the packages of the site from there.
      let inner = String(folder.dropFirst(root.path.count + 1))
      guard let published = sourceScanner.publication(ofCopyAt: inner) else { return [] }
      return [
        Diagnostic(
          .warning, .siteConfiguration, file: published.file,
          message: "\(site.kind.name) would publish every post twice: the copy \(inner) lies in the site",
          advice: published.advice)
      ]
    }
    guard case .file = root.resolve("package.json"), access(folder + "/node_modules", F_OK) != 0 else {
      return []
    }
    return [
      Diagnostic(
        .note, .notCopied, file: "node_modules", message: "is not part of the copy",
        advice: "run npm ci in the copy, or link to it; what lies there stays with the next run")
    ]
  }
}
