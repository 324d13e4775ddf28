import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Which picture each file shows: that of the source with its bytes, or of the one that it is made of. Files of which the
/// manifest knows nothing show what nobody knows.
struct PictureOriginals: Sendable {
  /// The digests of sources, by path.
  private let sources: [String: String]
  /// The digests of the sources that variants are made of, by the variants' names, each of which says what it holds.
  private let variants: [String: String]
  private let digests: Set<String>
  /// The digests of files that were asked for, by path; empty where there is none.
  private let read = Shared<[String: String]>([:])

  init(_ manifest: AssetManifest) {
    let sources = Dictionary(
      manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    self.sources = sources
    digests = Set(sources.values)
    variants = Dictionary(
      manifest.variants.compactMap { variant in
        sources[variant.source].map { (Self.name(of: variant.path), $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The picture that a file of the site shows, by its path.
  func picture(ofPath path: String) -> String? { variants[Self.name(of: path)] ?? sources[path] }

  /// The picture that a file of a build shows, wherever its generator has put it.
  ///
  /// - Parameter file: its absolute path.
  func pictureOfFile(_ file: String) -> String? {
    if let picture = variants[Self.name(of: file)] { return picture }
    if let known = read.withLock({ $0[file] }) { return known.isEmpty ? nil : known }
    let digest = (try? FileAccess.read(file)).map { ContentDigest.sha256($0) }
    let picture = digest.flatMap { digests.contains($0) ? $0 : nil }
    read.withLock { $0[file] = picture ?? "" }
    return picture
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
