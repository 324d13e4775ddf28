import AssetModel
import Foundation
import Testing
import TestSupport
import Web

/// A Jekyll site that tests build before and after.
enum BlogCase: String, CaseIterable, Sendable {
  /// `Assets/sample-blog`.
  case sample
  /// ``DrawnSite``.
  case drawn

  /// Puts the site into a folder, and gives its path there.
  func put(into folder: TemporaryFolder) throws -> String {
    switch self {
    case .drawn: try DrawnSite.write(to: folder)
    case .sample: try folder.copy(Project.sampleBlog, to: "site")
    }
    return folder("site")
  }
}

/// A site built before and after it was optimized, in a folder that goes away with this.
final class BlogBuilds: Sendable {
  let folder: TemporaryFolder
  let report: OptimizeReport

  /// - Parameter markup: the form of the new markup; nil for the default.
  init(_ blog: BlogCase, markup: MarkupForm?) async throws {
    folder = try TemporaryFolder()
    let site = try blog.put(into: folder)
    try await Jekyll.build(site, to: folder("before"))
    if let markup {
      try folder.write("markup: \(markup.rawValue)\n", to: "markup.yml")
      report = try await Product.optimize(
        site, "--output", folder("staged"), "--config", folder("markup.yml"))
    } else {
      report = try await Product.optimize(site, "--output", folder("staged"))
    }
    try await Jekyll.build(folder("staged"), to: folder("after"))
  }

  var before: String { folder("before") }
  var after: String { folder("after") }

  /// The pages of the build after.
  func pages() throws -> [String] { try SiteComparison.pages(of: after) }
}
