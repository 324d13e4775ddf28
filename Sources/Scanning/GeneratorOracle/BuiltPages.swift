import AssetModel
import Foundation
import SiteFiles
import SystemResources
import Web

/// What one built page says about the tokens.
struct PageReading: Sendable {
  /// The page, relative to the built site.
  var path: String
  /// Whether it is the page of the untouched build once the tokens are taken out.
  var isEqual: Bool
  /// Every token in it.
  var tokens: Set<Int> = []
  /// The tokens that are on an image, and the images they are on.
  var images: [Int: Set<Verdicts.Rendered>] = [:]
  /// The file names of the images that carry no token.
  var others: Set<String> = []
}

/// Reads a tokenized build next to the untouched one, a page at a time.
struct BuiltPages: Sendable {
  /// The untouched build.
  let untouched: String
  /// The tokenized build.
  let tokenized: String
  let tokens: Tokens
  let jobs: Int

  /// What the pages say.
  struct Result: Sendable {
    var pages: [PageReading] = []
    /// The tokens in style sheets, feeds and data.
    var elsewhere: Set<Int> = []
  }

  static func isPage(_ path: String) -> Bool { ["html", "htm", "xhtml"].contains(kind(of: path)) }

  /// Whether a file can hold a token.
  static func isText(_ path: String) -> Bool {
    isPage(path)
      || ["xml", "rss", "atom", "json", "css", "js", "txt", "webmanifest"].contains(kind(of: path))
  }

  private static func kind(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }

  /// The pages of a build.
  ///
  /// - Throws: `FileError`
  static func pages(below folder: String) throws(FileError) -> Set<String> {
    guard access(folder, F_OK) == 0 else { return [] }
    return Set(try FileTree.files(below: folder).filter { $0.kind == .file && isPage($0.path) }.map(\.path))
  }

  /// Reads every page.
  ///
  /// - Parameter postPages: the pages of posts, whose images are listed even if they hold no token.
  /// - Throws: `FileError` when a folder cannot be listed.
  func read(postPages: Set<String>) throws(FileError) -> Result {
    let files = try FileTree.files(below: tokenized).filter { $0.kind == .file && Self.isText($0.path) }
    let result = Shared(Result())
    _ = Parallel.map(files.map(\.path), jobs: jobs) { path in
      guard let bytes = try? [UInt8](FileAccess.read(tokenized + "/" + path)) else { return }
      if Self.isPage(path) {
        let page = reading(path, bytes, isPostPage: postPages.contains(path))
        result.withLock { $0.pages.append(page) }
      } else {
        let present = tokens.all(in: bytes)
        if !present.isEmpty { result.withLock { $0.elsewhere.formUnion(present) } }
      }
    }
    return result.withLock { result in
      result.pages.sort { $0.path < $1.path }
      return result
    }
  }

  private func reading(_ path: String, _ bytes: [UInt8], isPostPage: Bool) -> PageReading {
    var page = PageReading(path: path, isEqual: false)
    let stripped = tokens.stripped(bytes, indices: &page.tokens)
    if let before = try? [UInt8](FileAccess.read(untouched + "/" + path)) {
      // What happens to look like a token is taken out of both.
      var ignored: Set<Int> = []
      let original = tokens.stripped(before, indices: &ignored)
      page.isEqual = original == stripped || Self.areEqualButForNumbers(original, stripped)
    }
    guard isPostPage || !page.tokens.isEmpty else { return page }
    let isParsed = GumboTree.walk(bytes) { event in
      guard case .start(let element) = event else { return .inside }
      if element.range != nil { read(HTMLElement(element), &page) }
      return element.isHTML && !GumboTree.unshown.contains(element.name) ? .inside : .past
    }
    if !isParsed { page.isEqual = false }
    return page
  }

  private func read(_ element: HTMLElement, _ page: inout PageReading) {
    let isImage = element.name == "img"
    var attributeTokens = element.attributes.keys.compactMap { tokens.leading($0) }
    // What a script makes an image of later keeps the attribute, whatever the element's name.
    if isImage, let token = element["alt"].flatMap({ tokens.leading($0) }) { attributeTokens.append(token) }
    let source = element["src"] ?? element["data-src"] ?? ""
    for token in attributeTokens {
      page.images[token, default: []].insert(
        Verdicts.Rendered(source: tokens.stripped(source), alt: tokens.stripped(element["alt"] ?? "")))
    }
    if isImage, attributeTokens.isEmpty, let name = Self.fileName(source) { page.others.insert(name) }
  }

  /// The last part of a URL's path, percent-encoding undone.
  private static func fileName(_ url: String) -> String? {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    guard let name = path.split(separator: "/").last, name.utf8.count > 2 else { return nil }
    return name.removingPercentEncoding ?? String(name)
  }

  /// Whether two texts differ in nothing but the digits of numbers. Reading times and word counts see the tokens,
  /// and some templates print the time of the build.
  static func areEqualButForNumbers(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if isDigit(a[i]), isDigit(b[j]) {
        while i < a.count, isDigit(a[i]) { i += 1 }
        while j < b.count, isDigit(b[j]) { j += 1 }
      } else {
        guard a[i] == b[j] else { return false }
        i += 1
        j += 1
      }
    }
    return i == a.count && j == b.count
  }
}
