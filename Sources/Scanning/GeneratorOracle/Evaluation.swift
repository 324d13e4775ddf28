import AssetModel
import Foundation

/// Reads the verdicts on posts off one tokenized build.
struct Evaluation {
  /// What is known of a post.
  enum Outcome {
    case judged([Verdicts.OracleVerdict])
    /// The tokens changed a page, which is named.
    case differs(page: String)
    /// No page of the build shows anything of the post.
    case notRendered
  }

  private let built: BuiltPages.Result
  /// For each token, the pages that hold it, as indices.
  private let pagesOfToken: [Int: [Int]]
  private let pageIndex: [String: Int]
  /// The token was written into the post.
  private let isWritten: (Int) -> Bool
  /// The token, in an earlier build, came out as text.
  private let wasText: (Int) -> Bool

  init(
    _ built: BuiltPages.Result, isWritten: @escaping (Int) -> Bool = { _ in true },
    wasText: @escaping (Int) -> Bool = { _ in false }
  ) {
    self.built = built
    self.isWritten = isWritten
    self.wasText = wasText
    var pagesOfToken: [Int: [Int]] = [:]
    for (index, page) in built.pages.enumerated() {
      for token in page.seen { pagesOfToken[token, default: []].append(index) }
    }
    self.pagesOfToken = pagesOfToken
    pageIndex = Dictionary(
      built.pages.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The built page of a URL path below baseurl, as servers look it up.
  static func page(of url: String, among pages: Set<String>) -> String? {
    let decoded = url.removingPercentEncoding ?? url
    let path = decoded.split(separator: "/").joined(separator: "/")
    let names =
      decoded.hasSuffix("/") || path.isEmpty
      ? [path.isEmpty ? "index.html" : path + "/index.html"] : [path, path + ".html", path + "/index.html"]
    return names.first { pages.contains($0) }
  }

  /// The verdict on a post.
  ///
  /// - Parameters:
  ///   - post: the post.
  ///   - own: the post's own page, where it is known.
  func outcome(_ post: TokenizedPost, own: String?) -> Outcome {
    guard !post.places.isEmpty else { return .judged([]) }
    let holding = Set(post.tokens.flatMap { pagesOfToken[$0] ?? [] })
    let ownIndex = own.flatMap { pageIndex[$0] }
    if let own, ownIndex == nil { return .differs(page: own) }
    if let ownIndex, !built.pages[ownIndex].isEqual { return .differs(page: built.pages[ownIndex].path) }
    let equal = holding.union(ownIndex.map { [$0] } ?? []).filter { built.pages[$0].isEqual }
    if ownIndex == nil {
      // Every difference must be on a page, such as a list of extracts, that shows nothing of its own.
      for index in holding where !built.pages[index].isEqual {
        let tokens = Set(post.tokens)
        let page = built.pages[index]
        let isCovered = page.seen.intersection(tokens).isSubset(of: seen(on: equal, tokens))
        guard isCovered else { return .differs(page: page.path) }
      }
      if equal.isEmpty, !post.tokens.contains(where: built.elsewhere.contains) { return .notRendered }
    }
    return .judged(
      zip(post.tokens, post.places).map { token, place in
        Verdicts.OracleVerdict(
          offset: place.offset, line: place.line, column: place.column, isValue: place.kind == .value,
          verdict: verdict(token, place, post, equal: equal))
      }.sorted { $0.offset < $1.offset })
  }

  private func seen(on pages: Set<Int>, _ tokens: Set<Int>) -> Set<Int> {
    pages.reduce(into: Set<Int>()) { $0.formUnion(built.pages[$1].seen.intersection(tokens)) }
  }

  private func verdict(_ token: Int, _ place: Place, _ post: TokenizedPost, equal: Set<Int>)
    -> Verdicts.Verdict
  {
    guard isWritten(token) else {
      // A label that was changed may have been what made it text.
      return wasText(token) && (place.kind == .markdown || place.kind == .tag) ? .notImage : .unknown
    }
    let pages = pagesOfToken[token] ?? []
    if place.kind == .value {
      return pages.isEmpty && !built.elsewhere.contains(token) ? .notImage : .image([])
    }
    let shown = pages.filter { built.pages[$0].shown[token] != nil }
    let shownEqual = shown.filter { built.pages[$0].isEqual }
    if !shownEqual.isEmpty {
      return .image(shownEqual.reduce(into: []) { $0.formUnion(built.pages[$1].shown[token] ?? []) })
    }
    if !shown.isEmpty { return .unknown }
    if pages.contains(where: { built.pages[$0].isEqual }) { return .notImage }
    return isNamedWithoutToken(place, post, equal) ? .unknown : .notImage
  }

  /// Whether a page shows a file that this place names on an image without a token: an attribute list that sets
  /// `alt`, or a template that writes its own, takes the token away.
  private func isNamedWithoutToken(_ place: Place, _ post: TokenizedPost, _ equal: Set<Int>) -> Bool {
    let next = post.places.lazy.map(\.offset).filter { $0 > place.offset }.min() ?? post.bytes.count
    let end = min(next, place.offset + 2000, post.bytes.count)
    let text = String(decoding: post.bytes[place.offset..<end], as: UTF8.self)
    let decoded = text.removingPercentEncoding ?? text
    return equal.contains { index in
      built.pages[index].others.contains { text.contains($0) || decoded.contains($0) }
    }
  }
}
