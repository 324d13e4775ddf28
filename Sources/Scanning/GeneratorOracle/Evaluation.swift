import AssetModel
import Foundation

/// Reads the verdicts on posts off one tokenized build.
struct Evaluation {
  /// The outcome for a post.
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
      for token in page.tokens { pagesOfToken[token, default: []].append(index) }
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
  ///   - postPage: the post's page, if known.
  func outcome(_ post: TokenizedPost, postPage: String?) -> Outcome {
    guard !post.candidates.isEmpty else { return .judged([]) }
    let holding = Set(post.tokens.flatMap { pagesOfToken[$0] ?? [] })
    let postPageIndex = postPage.flatMap { pageIndex[$0] }
    if let postPage, postPageIndex == nil { return .differs(page: postPage) }
    if let postPageIndex, !built.pages[postPageIndex].isEqual {
      return .differs(page: built.pages[postPageIndex].path)
    }
    let equal = holding.union(postPageIndex.map { [$0] } ?? []).filter { built.pages[$0].isEqual }
    if postPageIndex == nil {
      // Every difference must be on a page, such as a list of extracts, that shows nothing of its own.
      for index in holding where !built.pages[index].isEqual {
        let tokens = Set(post.tokens)
        let page = built.pages[index]
        let isCovered = page.tokens.intersection(tokens).isSubset(of: presentTokens(on: equal, tokens))
        guard isCovered else { return .differs(page: page.path) }
      }
      if equal.isEmpty, !post.tokens.contains(where: built.elsewhere.contains) { return .notRendered }
    }
    return .judged(
      zip(post.tokens, post.candidates).map { token, candidate in
        Verdicts.OracleVerdict(
          offset: candidate.offset, line: candidate.line, column: candidate.column,
          isValue: candidate.kind == .value,
          verdict: verdict(token, candidate, post, equal: equal))
      }.sorted { $0.offset < $1.offset })
  }

  private func presentTokens(on pages: Set<Int>, _ tokens: Set<Int>) -> Set<Int> {
    pages.reduce(into: Set<Int>()) { $0.formUnion(built.pages[$1].tokens.intersection(tokens)) }
  }

  private func verdict(_ token: Int, _ candidate: OracleCandidate, _ post: TokenizedPost, equal: Set<Int>)
    -> Verdicts.Verdict
  {
    guard isWritten(token) else {
      // Changing the label may have turned the image into text.
      return wasText(token) && (candidate.kind == .markdown || candidate.kind == .tag) ? .notImage : .unknown
    }
    let pages = pagesOfToken[token] ?? []
    if candidate.kind == .value {
      return pages.isEmpty && !built.elsewhere.contains(token) ? .notImage : .image([])
    }
    let imagePages = pages.filter { built.pages[$0].images[token] != nil }
    let equalImagePages = imagePages.filter { built.pages[$0].isEqual }
    if !equalImagePages.isEmpty {
      return .image(equalImagePages.reduce(into: []) { $0.formUnion(built.pages[$1].images[token] ?? []) })
    }
    if !imagePages.isEmpty { return .unknown }
    if pages.contains(where: { built.pages[$0].isEqual }) { return .notImage }
    return isNamedWithoutToken(candidate, post, equal) ? .unknown : .notImage
  }

  /// Whether a page has an image without a token that shows a file of this candidate: an attribute list that sets
  /// `alt`, or a template that writes its own, removes the token.
  private func isNamedWithoutToken(_ candidate: OracleCandidate, _ post: TokenizedPost, _ equal: Set<Int>)
    -> Bool
  {
    let next = post.candidates.lazy.map(\.offset).filter { $0 > candidate.offset }.min() ?? post.bytes.count
    let end = min(next, candidate.offset + 2000, post.bytes.count)
    let text = String(decoding: post.bytes[candidate.offset..<end], as: UTF8.self)
    let decoded = text.removingPercentEncoding ?? text
    return equal.contains { index in
      built.pages[index].others.contains { text.contains($0) || decoded.contains($0) }
    }
  }
}
