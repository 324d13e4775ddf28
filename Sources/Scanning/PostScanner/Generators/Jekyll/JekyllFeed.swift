import Foundation
import SiteFiles

/// What a Jekyll site's own templates make of the markup of whole posts.
enum JekyllFeed {
  /// The first template that counts the words of a post with its markup: what an image gains would be words to it.
  static func countingMarkup(in folder: SiteFolder) -> String? {
    let files = ["", "blog", "posts", "_pages", "_layouts", "_includes"].flatMap { parent in
      folder.names(in: parent, ending: [".html", ".liquid", ".htm"])
        .map { parent.isEmpty ? $0 : "\(parent)/\($0)" }
    }
    return files.first { countsMarkup(folder.textIfAny($0)) }
  }

  /// Whether an expression counts the words of a content that it has not taken the tags out of.
  static func countsMarkup(_ template: String) -> Bool {
    guard template.contains("number_of_words") else { return false }
    return template.split { $0 == "}" || $0 == "%" }.contains { code in
      let words = code.split(separator: "number_of_words", omittingEmptySubsequences: false)
      return words.dropLast().contains { isContent(String($0).trimmed) }
    }
  }

  /// Whether a content, and filters behind it that leave its tags, is what the next filter is given.
  private static func isContent(_ code: String) -> Bool {
    guard code.hasSuffix("|") else { return false }
    let parts = code.dropLast().components(separatedBy: "content")
    guard
      let first = parts.indices.dropFirst().first(where: { ["", "|"].contains(parts[$0].trimmed.prefix(1)) })
    else { return false }
    return !parts[first...].contains { $0.contains("strip_html") }
  }

  /// The first feed that prints whole posts and makes the URLs of their `src` absolute: readers resolve relative URLs
  /// against nothing, and the template knows nothing of `srcset`.
  static func makingAbsolute(in folder: SiteFolder) -> String? {
    let files = ["", "feed", "_layouts"].flatMap { parent in
      folder.names(in: parent, ending: [".xml", ".atom", ".rss", ".json"])
        .map { parent.isEmpty ? $0 : "\(parent)/\($0)" }
    }
    return files.first { makesAbsolute(folder.textIfAny($0)) }
  }

  /// Whether an output of a post's content replaces what its URLs begin with.
  static func makesAbsolute(_ template: String) -> Bool {
    var rest = template[...]
    while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
      let code = rest[open.upperBound..<close.lowerBound]
      rest = rest[close.upperBound...]
      guard code.contains("content"), !code.contains("strip_html") else { continue }
      if code.contains("expand_urls") || code.contains("absolutize") { return true }
      if code.contains("replace"), code.contains("src=") || code.contains("=\"/") || code.contains("='/") {
        return true
      }
    }
    return false
  }
}
