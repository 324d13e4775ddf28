import Foundation
import SiteFiles

/// The classes and identifiers that authors write in their posts: attribute lists and HTML tags. Read on first use,
/// byte by byte, because a site can have ten thousand posts. Used by one thread at a time.
final class AuthorsWords {
  private let root: SiteRoot
  private let paths: [String]
  /// Those of each post, where it has any.
  private(set) lazy var byPath = read()
  /// All of them, with those that renderers add by themselves.
  private(set) lazy var all = byPath.values.reduce(into: Self.rendered) { $0.formUnion($1) }

  init(root: SiteRoot, paths: [String]) {
    self.root = root
    self.paths = paths
  }

  /// - Parameter word: a name; with `*` at its end, any that begins so.
  func contains(_ word: String) -> Bool { Self.contain(all, word) }

  /// The words that elements of one post can have.
  func of(_ path: String) -> Set<String> { Self.rendered.union(byPath[path] ?? []) }

  /// Whether a name is among words, or, with `*` at its end, what one of them begins with.
  static func contain(_ words: Set<String>, _ word: String) -> Bool {
    word.hasSuffix("*") ? words.contains { $0.hasPrefix(word.dropLast()) } : words.contains(word)
  }

  /// What renderers add by themselves.
  private static let rendered: Set<String> = [
    "footnote", "footnotes", "reversefootnote", "task-list-item", "highlight",
  ]

  /// The keys at the top of their front matter.
  var keys: Set<String> {
    _ = byPath
    return frontMatterKeys
  }
  private var frontMatterKeys: Set<String> = []

  /// The scripts of the posts that have any, by their paths.
  var scripts: [String: [LayoutMarkup.Script]] {
    _ = byPath
    return scriptsByPath
  }
  private var scriptsByPath: [String: [LayoutMarkup.Script]] = [:]

  private func read() -> [String: Set<String>] {
    var wordsByPath: [String: Set<String>] = [:]
    for path in paths {
      guard let data = try? FileAccess.read(root.absolute(path)) else { continue }
      let text = [UInt8](data)
      let words = Self.words(in: text)
      if !words.isEmpty { wordsByPath[path] = words }
      frontMatterKeys.formUnion(Self.keys(of: text))
      let scripts = PostScripts.scripts(in: text)
      if !scripts.isEmpty { scriptsByPath[path] = scripts }
    }
    return wordsByPath
  }

  /// What stands before a `:` at the beginning of a line between `---` and `---`.
  private static func keys(of text: [UInt8]) -> [String] {
    guard text.starts(with: "---".utf8) else { return [] }
    var keys: [String] = []
    for line in text.split(separator: 0x0A).dropFirst() {
      if line.starts(with: "---".utf8) { break }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), let first = line.first, !isSpace(first) else {
        continue
      }
      keys.append(String(decoding: line[..<colon], as: UTF8.self))
    }
    return keys
  }

  /// The words of one post.
  static func words(in text: [UInt8]) -> Set<String> {
    var words: Set<String> = []
    func insert(_ bytes: ArraySlice<UInt8>) {
      if !bytes.isEmpty { words.insert(String(decoding: bytes, as: UTF8.self)) }
    }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "="): value(text, at: index).split(whereSeparator: isSpace).forEach(insert)
      case UInt8(ascii: "{"):
        for part in list(text, at: index) {
          // `{:.a #b}` and `{.a}`
          part.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "#") }.forEach(insert)
        }
      default: break
      }
    }
    return words
  }

  /// Nobody's list or value is longer, and a post of nothing but their beginnings is not read once for each.
  private static let (longestList, longestValue) = (1024, 4096)

  /// The value of `class="a b"` or `id=c`, of tags, attribute lists and template tags alike, by the position of its
  /// `=`.
  private static func value(_ text: [UInt8], at equals: Int) -> ArraySlice<UInt8> {
    var end = equals
    while end > 0, isSpace(text[end - 1]) { end -= 1 }
    guard ["class", "id"].contains(where: { text[..<end].suffix($0.utf8.count).elementsEqual($0.utf8) })
    else {
      return []
    }
    let rest = text[(equals + 1)...].prefix(longestValue).drop(while: isSpace)
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return rest.dropFirst().prefix { $0 != quote && $0 != UInt8(ascii: ">") }
    }
    return rest.prefix { !isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "}") }
  }

  /// The classes and identifiers of an attribute list, by the position of its `{`.
  private static func list(_ text: [UInt8], at open: Int) -> [ArraySlice<UInt8>] {
    let list = text[(open + 1)...].prefix(longestList).prefix {
      $0 != UInt8(ascii: "}") && $0 != 0x0A && $0 != 0x0D
    }
    return list.split { isSpace($0) || $0 == UInt8(ascii: ":") }.filter {
      $0.first == UInt8(ascii: ".") || $0.first == UInt8(ascii: "#")
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
