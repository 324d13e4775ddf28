import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// What a generator's plugin gives the images of posts, by the files of the site that they show, and by the URLs of those
/// that are published under their own names.
struct DoorPictures: Codable, Sendable {
  /// The attributes of an image, by the size that its element has already.
  typealias Entries = [String: [String: String]]

  /// By path in the site.
  private(set) var files: [String: Entries] = [:]
  /// By URL.
  private(set) var urls: [String: Entries] = [:]

  /// The entries by the digests of pictures.
  private(set) var byDigest: [String: Entries] = [:]

  private enum CodingKeys: String, CodingKey { case files, urls }

  var isEmpty: Bool { byDigest.isEmpty }

  /// - Parameters:
  ///   - uses: how pages show pictures.
  ///   - screens: the screens that count where two pages show one picture in slots of two widths.
  ///   - knowsPages: whether the plugin can tell which page it renders, so that a page may have narrower slots of its own.
  init(_ uses: [DoorUse], screens: [Screen], knowsPages: Bool = false) {
    let content = uses.contains(where: \.isContent) ? uses.filter(\.isContent) : uses
    for (sha256, uses) in Dictionary(grouping: content, by: \.sha256) {
      for (size, uses) in Dictionary(grouping: uses, by: \.size) {
        guard var entry = Self.entry(uses, screens) else { continue }
        if knowsPages { entry.merge(Self.narrower(uses, than: entry, screens)) { own, _ in own } }
        byDigest[sha256, default: [:]][size] = entry
      }
    }
    for use in content where use.url.hasPrefix("/") {
      if let entry = byDigest[use.sha256]?[use.size] { urls[use.url, default: [:]][use.size] = entry }
    }
  }

  /// What all uses of a picture by elements of one size gain; nil where one of them gains nothing, or another form.
  private static func entry(_ uses: [DoorUse], _ screens: [Screen]) -> [String: String]? {
    guard var entry = uses.first?.gained, entry["srcset"] != nil else { return nil }
    for name in ["width", "height", "style"] {
      guard uses.allSatisfy({ $0.gained["srcset"] != nil && $0.gained[name] == entry[name] }) else {
        return nil
      }
    }
    for name in ["loading", "decoding", "fetchpriority"]
    where !uses.allSatisfy({ $0.gained[name] == entry[name] }) { entry[name] = nil }
    // Of two slots the wider one, so that no page shows fewer pixels than it has room for.
    entry["sizes"] = widestSizes(uses, screens)
    return entry
  }

  /// The `sizes` of the pages whose slots are all narrower than the widest, each under its page's name.
  private static func narrower(
    _ uses: [DoorUse], than entry: [String: String], _ screens: [Screen]
  ) -> [String: String] {
    var narrower: [String: String] = [:]
    for (page, uses) in Dictionary(grouping: uses, by: \.page) {
      guard let sizes = widestSizes(uses, screens), sizes != entry["sizes"],
        Self.width(sizes, screens) < Self.width(entry["sizes"], screens)
      else { continue }
      narrower[Self.name(ofSizesOn: page)] = sizes
    }
    return narrower
  }

  /// Under which name an entry has the `sizes` of one page.
  private static func name(ofSizesOn page: String) -> String {
    "sizes@" + (page.hasSuffix(".html") ? String(page.dropLast(5)) : page)
  }

  /// What an image of a picture gains on a page; nil where it gains nothing.
  func entry(_ sha256: String, size: String, on page: String) -> [String: String]? {
    guard var entry = byDigest[sha256]?[size] else { return nil }
    if let sizes = entry[Self.name(ofSizesOn: page)] { entry["sizes"] = sizes }
    return entry
  }

  private static func widestSizes(_ uses: [DoorUse], _ screens: [Screen]) -> String? {
    uses.map { $0.gained["sizes"] }.max { width($0, screens) < width($1, screens) } ?? nil
  }

  private static func width(_ sizes: String?, _ screens: [Screen]) -> Double {
    screens.reduce(0) { $0 + SizesAttribute.slot(sizes, on: $1) }
  }

  /// Adds the files of the site that are these pictures.
  ///
  /// - Parameters:
  ///   - sources: the pictures among the pages.
  ///   - isSkipped: folders that are no part of the site.
  /// - Throws: `FileError` where the site cannot be listed.
  mutating func add(
    filesOf root: SiteRoot, like sources: [Source], jobs: Int, isSkipped: (String) -> Bool
  ) throws(FileError) {
    let lengths = Set(sources.filter { byDigest[$0.sha256] != nil }.map(\.bytes))
    let pictures = try FileTree.files(below: root.path, skip: isSkipped).filter {
      $0.kind == .file && lengths.contains($0.bytes) && ImageFormat(fileName: $0.path) != nil
    }
    let digests = Parallel.map(pictures, jobs: jobs) { entry in
      (try? FileAccess.read(root.absolute(entry.path))).map { ContentDigest.sha256($0) } ?? ""
    }
    for (picture, sha256) in zip(pictures, digests) {
      if let entries = byDigest[sha256] { files[picture.path] = entries }
    }
  }

  /// The map as the plugin reads it.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// The names of the files that it offers.
  var names: Set<String> {
    let lists = byDigest.values.flatMap(\.values).compactMap { $0["srcset"] }
    return Set(
      lists.flatMap { SourceCandidate.parse($0) }.map { ($0.url as NSString).lastPathComponent })
  }
}
