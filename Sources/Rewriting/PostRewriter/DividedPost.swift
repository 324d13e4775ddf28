import AssetModel
import Foundation

/// The part of a Hugo post above the author's `<!--more-->`: its summary, which feeds print with whole URLs. There Hugo puts
/// its host in front of each piece of a `srcset` between real spaces, and nothing is cut by the number of words, for which
/// spaces are written as `&#32;` everywhere else.
/// Source: Hugo's transform/urlreplacers (`checkCandidateSrcset`)
struct DividedPost {
  private let end: Int

  /// Without a divider nothing is above it.
  init(_ bytes: Data, _ options: RewriteOptions) {
    let divider = options.countsMarkup ? bytes.range(of: Data("<!--more-->".utf8)) : nil
    end = divider.map { $0.lowerBound - bytes.startIndex } ?? 0
  }

  /// The edits for a reference, their candidates between real spaces where it stands in the summary.
  func edits(_ edits: [Edit], for reference: Reference) -> [Edit] {
    guard reference.range.start < end else { return edits }
    return edits.map { Edit(range: $0.range, text: $0.text.replacing(",&#32;", with: ", ")) }
  }
}
