import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// Proves that a generator's plugin did what it was to do and nothing else: the pages of two builds are the same, their scripts
/// apart, but for the attributes that images gained, each of them those of the picture that it shows.
struct DoorProof: Sendable {
  /// The pages as they are, and those with the plugin.
  let plain: String
  let opened: String
  /// What images of pictures gain.
  let pictures: DoorPictures
  /// The digests of pictures, by page and URL.
  let digests: [String: [String: String]]
  /// The files that the pages gain.
  let added: Set<String>
  let jobs: Int

  /// What came of it.
  enum Verdict: Hashable, Sendable {
    /// How many images gained candidates.
    case same(images: Int)
    /// The first thing that differs.
    case differs(String)
  }

  /// - Throws: `Cancelled`, `FileError`
  func verdict(_ cancellation: Cancellation) throws -> Verdict {
    let (old, new) = (try files(of: plain), try files(of: opened))
    if let gone = old.subtracting(new).min() { return .differs("\(gone) is gone") }
    if let added = new.subtracting(old).subtracting(added).min() { return .differs("\(added) is new") }
    let verdicts = try Parallel.map(old.sorted(), jobs: jobs, cancellation: cancellation) { file -> Verdict in
      guard let before = try? FileAccess.read(plain + "/" + file),
        let after = try? FileAccess.read(opened + "/" + file)
      else { return Verdict.differs("\(file) cannot be read") }
      if before == after { return .same(images: 0) }
      if Self.isPage(file) { return page(file, before, after) }
      let isSame = FeedProof.isFeed(file) && Self.withoutDigits(before) == Self.withoutDigits(after)
      return isSame ? .same(images: 0) : .differs("\(file) has other bytes")
    }
    var images = 0
    for verdict in verdicts {
      guard case .same(let count) = verdict else { return verdict }
      images += count
    }
    return .same(images: images)
  }

  /// The files that a build makes, but for scripts and what describes them, which have other names in each.
  private func files(of folder: String) throws(FileError) -> Set<String> {
    let scripts: Set<String> = ["js", "mjs", "json", "map", "txt"]
    return Set(
      try FileTree.files(below: folder).map(\.path).filter {
        !scripts.contains(($0 as NSString).pathExtension.lowercased())
      })
  }

  private static func isPage(_ path: String) -> Bool {
    ["html", "htm"].contains((path as NSString).pathExtension.lowercased())
  }

  /// Feeds tell the time of their build.
  private static func withoutDigits(_ feed: Data) -> Data { feed.filter { !(0x30...0x39).contains($0) } }

  private func page(_ file: String, _ before: Data, _ after: Data) -> Verdict {
    guard let old = RenderedPage([UInt8](before)), let new = RenderedPage([UInt8](after)) else {
      return .differs("\(file) nests too deep")
    }
    if let difference = PageComparison.difference(old.withoutScripts, new.withoutScripts) {
      return .differs("\(file) differs \(difference)")
    }
    let (images, changed) = (PageImages(old).pictures, PageImages(new).pictures)
    guard images.count == changed.count else { return .differs("\(file) has another number of images") }
    var count = 0
    for (image, now) in zip(images, changed) where image.img != now.img {
      guard isExpected(image.img, now.img, digests[file] ?? [:], on: file) else {
        return .differs("\(file) has \(now.img["src"] ?? "an image") with attributes that are not its own")
      }
      count += 1
    }
    return .same(images: count)
  }

  /// Whether an image is what it was, and what it gained is what its picture gains.
  private func isExpected(
    _ old: HTMLElement, _ new: HTMLElement, _ digests: [String: String], on page: String
  ) -> Bool {
    guard old.attributes.allSatisfy({ new[$0.key] == $0.value || DoorUse.later.contains($0.key) }),
      let sha256 = old["src"].flatMap({ digests[$0] }),
      let entry = pictures.entry(sha256, size: DoorUse.size(of: old), on: page)
    else { return false }
    return new.attributes.allSatisfy { name, value in old[name] == value || entry[name] == value }
  }
}

extension DoorUse {
  /// What says when an image is loaded, which may be another value than the generator's.
  static let later: Set<String> = ["loading", "decoding", "fetchpriority"]
}
