import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// Which picture each file shows: that of the source with its bytes, or of the one that it is made of. Files of which the
/// manifest knows nothing show what nobody knows.
struct PictureOriginals: Sendable {
  /// The digests of sources, by path.
  private let sources: [String: String]
  /// The digests of the sources that variants are made of, by the variants' paths.
  private let variants: [String: String]
  /// The same by their names, where no other picture has a variant of that name.
  private let variantsByName: [String: String]
  private let digests: Set<String>
  /// The digests of files that were asked for, by path; empty where there is none.
  private let read = Shared<[String: String]>([:])

  init(_ manifest: AssetManifest) {
    let sources = Dictionary(
      manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    self.sources = sources
    digests = Set(sources.values)
    let made = manifest.variants.compactMap { variant in
      sources[variant.source].map { (path: variant.path, picture: $0) }
    }
    variants = Dictionary(made.map { ($0.path, $0.picture) }, uniquingKeysWith: { first, _ in first })
    variantsByName = Dictionary(
      made.map { (Self.name(of: $0.path), $0.picture) }, uniquingKeysWith: { $0 == $1 ? $0 : "" }
    ).filter { !$0.value.isEmpty }
  }

  /// The picture that a file of the site shows, by its path.
  func picture(ofPath path: String) -> String? {
    variants[path] ?? sources[path] ?? variantsByName[Self.name(of: path)]
  }

  /// The picture that a file of a build shows, wherever its generator has put it.
  ///
  /// - Parameter file: its absolute path.
  func pictureOfFile(_ file: String) -> String? {
    if let picture = variantsByName[Self.name(of: file)] { return picture }
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
