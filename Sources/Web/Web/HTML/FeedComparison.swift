import Foundation
import SiteFiles

/// The feeds of two builds of a site: whether they say the same but for lighter images, and whether a reader of feeds can
/// have what the new ones name.
package struct FeedComparison: Sendable {
  /// A feed that is not the same.
  package struct ChangedFeed: Hashable, Sendable {
    /// Its path in the tree.
    package var feed: String
    /// What differs, for people.
    package var difference: String
    /// The number of the part that differs.
    var part: Int
  }

  /// How many feeds both trees have.
  package private(set) var feeds = 0
  /// All differences, in byte order of the feeds.
  package private(set) var changed: [ChangedFeed] = []

  /// Feeds above this many bytes are not read.
  private static let largest = 32 << 20

  private let before: String
  private let after: String
  private let publication: PageAddress.Publication

  /// Compares two trees.
  ///
  /// - Throws: `FileError` when a folder or a feed cannot be read.
  package init(
    before: String, after: String, publication: PageAddress.Publication = .init()
  ) throws(FileError) {
    (self.before, self.after, self.publication) = (before, after, publication)
    for path in try FileTree.files(below: before).map(\.path).filter(Self.isNamedAsFeed) {
      guard (FileStamp(of: before + "/" + path)?.bytes ?? 0) <= Self.largest else { continue }
      let old = try FileAccess.read(before + "/" + path)
      guard let parts = FeedParts(old)?.parts else { continue }
      feeds += 1
      guard let new = try? FileAccess.read(after + "/" + path) else {
        changed.append(ChangedFeed(feed: path, difference: "only the build before has it", part: -1))
        continue
      }
      if old != new { compare(path, parts, FeedParts(new)?.parts ?? []) }
    }
  }

  /// The differences but for those that two builds of the same sources have too: the time of a build, a random id.
  package func without(_ unstable: FeedComparison) -> [ChangedFeed] {
    let changing = Set(unstable.changed.map { "\($0.part) \($0.feed)" })
    return changed.filter { !changing.contains("\($0.part) \($0.feed)") }
  }

  private static func isNamedAsFeed(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".xml", ".rss", ".atom", ".rdf", ".json"].contains(where: name.hasSuffix)
  }

  private mutating func compare(_ feed: String, _ old: [FeedParts.Part], _ new: [FeedParts.Part]) {
    guard old.count == new.count else {
      let difference = "\(old.count) parts before, \(new.count) after"
      changed.append(ChangedFeed(feed: feed, difference: difference, part: -1))
      return
    }
    for (part, (before, after)) in zip(old, new).enumerated() where before != after {
      let isBased = part > 0 && Self.saysBase(old[part - 1]) && Self.saysBase(new[part - 1])
      guard let difference = difference(feed, before, after, isBased: isBased) else { continue }
      changed.append(ChangedFeed(feed: feed, difference: difference, part: part))
    }
  }

  /// Whether an element says at which address its URLs start (`xml:base`; RFC 4287, 2), as Zola's feeds do of each text.
  private static func saysBase(_ part: FeedParts.Part) -> Bool {
    guard case .markup(let tag) = part else { return false }
    return tag.contains(/xml:base\s*=\s*["']https?:\/\//)
  }

  /// - Parameter isBased: whether readers can have URLs without a host.
  private func difference(
    _ feed: String, _ old: FeedParts.Part, _ new: FeedParts.Part, isBased: Bool
  ) -> String? {
    switch (old, new) {
    case (.text(let old), .text(let new)):
      if ImageURLs.isImage(old), ImageURLs.isImage(new) {
        return unreadable(feed, [old], [new], isBased: isBased)
      }
      guard old.contains("<"), let before = RenderedPage(Array(old.utf8)),
        let after = RenderedPage(Array(new.utf8))
      else { return "before “\(old.prefix(80))”, after “\(new.prefix(80))”" }
      if let difference = PageComparison.difference(before, after) { return "\(difference)" }
      return unreadable(feed, PageImages(before), PageImages(after), isBased: isBased)
    case (.markup(let old), .markup(let new)):
      let (before, after) = (Self.images(of: old), Self.images(of: new))
      guard before.masked == after.masked else {
        return "before \(old.prefix(160)), after \(new.prefix(160))"
      }
      return unreadable(feed, before.urls, after.urls, isBased: false)
    default: return "before \(old), after \(new)"
    }
  }

  /// The URLs of images in a tag, and the tag without them and without the length of what they lead to.
  private static func images(of tag: String) -> (masked: String, urls: [String]) {
    let pieces = tag.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    let urls = pieces.filter { ImageURLs.isImage($0) }
    guard !urls.isEmpty else { return (tag, []) }
    var masked: [String] = []
    for (index, piece) in pieces.enumerated() {
      let isLength = index > 0 && pieces[index - 1].hasSuffix(" length=")
      masked.append(ImageURLs.isImage(piece) ? ImageURLs.token : isLength ? "" : piece)
    }
    return (masked.joined(separator: "\""), urls)
  }

  // MARK: What readers of feeds can have

  private func unreadable(_ feed: String, _ old: PageImages, _ new: PageImages, isBased: Bool) -> String? {
    if let difference = unreadable(feed, old.uses.map(\.url), new.uses.map(\.url), isBased: isBased) {
      return difference
    }
    // Many readers show nothing but the `src`, and not all of them the newer formats.
    for (before, after) in zip(old.pictures, new.pictures) {
      let names = [before.img["src"] ?? "", after.img["src"] ?? ""].map { $0.lowercased() }
      let isNewer = names.map { $0.hasSuffix(".webp") || $0.hasSuffix(".avif") }
      if isNewer == [false, true] { return "the src \(names[1]) is of a format that not every reader shows" }
    }
    return nil
  }

  private func unreadable(_ feed: String, _ old: [String], _ new: [String], isBased: Bool) -> String? {
    let isWhole = { (url: String) in PageAddress.host(url) != nil || PageAddress.hasScheme(url) }
    if !isBased, !old.isEmpty, old.allSatisfy(isWhole), let bare = new.first(where: { !isWhole($0) }) {
      return "\(bare) has no host, and what stood there before has one"
    }
    let address = PageAddress(page: feed, location: PageLocation(), publication: publication)
    let isThere = { (url: String) -> Bool? in
      address.path(of: url).map { FileStamp(of: after + "/" + $0) != nil }
    }
    // Where the author's own URLs lead to nothing, as those to which a generator adds its base path once more, ours may.
    guard old.isEmpty || old.contains(where: { isThere($0) != false }) else { return nil }
    let earlier = Set(old)
    let missing = new.first { !earlier.contains($0) && isThere($0) == false }
    return missing.map { "\($0) is not there" }
  }
}
