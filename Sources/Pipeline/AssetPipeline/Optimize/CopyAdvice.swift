import AssetModel
import Foundation
import PostRewriter

extension Pipeline {
  /// What a person is to know of a copy of sources before its generator builds it.
  ///
  /// - Parameter folder: the copy, absolute.
  func advice(onCopyAt folder: String, of site: Site) -> [Diagnostic] {
    guard site.kind != .html else { return [] }
    var problems: [Diagnostic] = []
    if folder.hasPrefix(root.path + "/"),
      case let inner = String(folder.dropFirst(root.path.count + 1)),
      let published = sourceScanner.publication(ofCopyAt: inner)
    {
      problems.append(
        Diagnostic(
          .warning, .siteConfiguration, file: published.file,
          message: "\(site.kind.name) would publish every post twice: the copy \(inner) lies in the site",
          advice: published.advice))
    }
    if case .file = root.resolve("package.json"), access(folder + "/node_modules", F_OK) != 0 {
      problems.append(
        Diagnostic(
          .note, .notCopied, file: "node_modules", message: "is not part of the copy",
          advice: "run npm ci in the copy, or link to it; what lies there stays with the next run"))
    }
    return problems
  }
}
