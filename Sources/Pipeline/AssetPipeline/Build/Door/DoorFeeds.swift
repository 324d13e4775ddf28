import Foundation
import PostRewriter
import SiteFiles

/// Takes the candidates out of feeds again that a generator makes of its finished pages: readers of feeds get what they got.
enum DoorFeeds {
  /// A list of candidates of ours with what the doors add around it, in their order and in quotes as XML, CDATA and JSON have
  /// them.
  private static let pattern: String = {
    let style = #"\s+style=Q\s*height:\s*auto;?\s*Q"#
    let list = #"\s+srcset=(\\?"|&quot;|&#34;)((?:(?!\1).)*?[0-9]w-[0-9a-f]{8}\.(?:(?!\1).)*?)\1"#
    let others = ["sizes", "loading", "decoding", "fetchpriority"].map { name in
      #"(?:\s+"# + name + #"=\1(?:(?!\1).)*?\1)?"#
    }
    let space = ["width", "height"].map { #"(?:\s+"# + $0 + #"=\1[0-9]+\1)?"# }
    let before = style.replacingOccurrences(of: "Q", with: #"(?:\\?"|&quot;|&#34;)"#)
    let behind = style.replacingOccurrences(of: "Q", with: #"\1"#)
    return "(?:\(before))?\(list)\((others + space).joined())(?:\(behind))?"
  }()

  /// Cleans the feeds among pages.
  ///
  /// - Throws: `FileError`
  static func clean(_ folder: String) throws(FileError) {
    for file in try FileTree.files(below: folder) where FeedProof.isFeed(file.path) {
      let path = folder + "/" + file.path
      let data = try FileAccess.read(path)
      guard !VariantMark.all(in: data).isEmpty, let text = String(data: data, encoding: .utf8) else {
        continue
      }
      try FileAccess.write(Data(cleaned(text).utf8), to: path, mode: FileAccess.mode(of: path))
    }
  }

  /// A feed without our candidates.
  static func cleaned(_ feed: String) -> String {
    guard
      let expression = try? NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators])
    else { return feed }
    return expression.stringByReplacingMatches(
      in: feed, range: NSRange(feed.startIndex..., in: feed), withTemplate: "")
  }
}
