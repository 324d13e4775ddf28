import AssetModel

/// The part of a Hugo post that its summary can hold: what stands above the author's divider or, where there is none, the
/// paragraphs up to the one that fills a number of words (Hugo 0.134 and later). Lists and feeds print it at other URLs than the
/// post's, where a relative URL leads elsewhere; and Hugo puts its host in front of one URL of a `srcset` that has no spaces.
/// Source: Hugo's resources/page (`ExtractSummaryFromHTML`)
struct AutomaticSummary {
  /// Why a tag keeps its markup there.
  private static let reason =
    "the post's summary may show it in lists and feeds, where a relative candidate leads nowhere (a <!--more--> above it ends"
    + " the summary)"

  /// Why an image above a divider stays.
  private static let dividedReason =
    "above <!--more--> it is printed in lists and feeds too, where a relative candidate leads nowhere (a URL from the"
    + " root of its host would hold everywhere)"

  /// The offset behind the last image that it can hold.
  private(set) var end = 0
  /// Whether the author's divider ends it. Feeds keep a `srcset` in such a one as it is (``DividedPost`` of the rewriter).
  private(set) var isDivided = false

  /// - Parameters:
  ///   - divides: whether a divider is one to the generator.
  ///   - words: how many words a summary has; nil where no feed prints any.
  ///   - body: the bytes of the body in the file.
  init(_ file: [UInt8], _ body: Range<Int>, divides: Bool, words: Int?, _ matter: FrontMatter) {
    let text = file[body]
    if divides, let divider = text.firstRange(of: Array("<!--more-->".utf8)) {
      (end, isDivided) = (divider.lowerBound, true)
      return
    }
    guard let words, matter.text("summary") == nil else { return }
    var (count, start) = (0, body.lowerBound)
    end = body.upperBound
    while start < body.upperBound {
      let paragraph = Self.paragraph(text[start...])
      count += Self.words(in: paragraph)
      start = paragraph.endIndex
      // Only a paragraph ends a summary: a heading or a list goes on to the next one.
      if count >= words, let first = paragraph.first(where: { $0 > 0x20 }), first.isLetter || first >= 0x80 {
        end = start
        return
      }
    }
  }

  /// Leaves an image there one candidate, or above a divider all of them, and a relative one none.
  static func limit(_ reference: inout Reference, isDivided: Bool) {
    guard reference.status == .local else { return }
    guard let link = reference.htmlLink ?? reference.link, link.base != nil, !link.isAbsolute else {
      if !isDivided { reference.isInSummary = true }
      return
    }
    if isDivided {
      reference.keptBecause = reference.keptBecause ?? dividedReason
    } else if reference.kind == .htmlImage {
      reference.keptBecause = reference.keptBecause ?? reason
    } else {
      reference.changesText = true
    }
  }

  /// The text up to the next empty line.
  private static func paragraph(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var (hasText, isEmpty) = (false, true)
    for index in text.indices {
      if text[index] == UInt8(ascii: "\n") {
        if hasText, isEmpty { return text[..<index] }
        isEmpty = true
      } else if text[index] > 0x20 {
        (hasText, isEmpty) = (true, false)
      }
    }
    return text
  }

  /// Words that are certainly some: what could be markup or an address is not counted, and of other scripts each letter is one
  /// to Hugo at most.
  private static func words(in text: ArraySlice<UInt8>) -> Int {
    let markup = Set("<>[](){}=/|`!".utf8)
    return text.split(whereSeparator: { $0 <= 0x20 }).count { word in
      word.contains(where: \.isLetter) && !word.contains(where: markup.contains)
    }
  }
}
