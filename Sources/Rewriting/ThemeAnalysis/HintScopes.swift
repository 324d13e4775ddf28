import Web

/// The posts in which rules of size match an image: a rule for a class concerns those that have the class.
struct HintScopes {
  /// The posts of each layout, with the classes and identifiers that their elements can have.
  var posts: [String: [(path: String, words: Set<String>)]] = [:]

  /// The most kinds of posts that are looked at one by one.
  private static let maxKinds = 500

  /// The layout, where the rules concern all of its posts, or else the paths of those that they do.
  ///
  /// - Parameter rules: those with which `width` and `height` would give an image another shape somewhere.
  func broken(by rules: [StyleSheet.Rule], _ contexts: ImageContexts, layout: String) -> [String] {
    let posts = posts[layout] ?? []
    guard !posts.isEmpty, Set(posts.map(\.words)).count <= Self.maxKinds else { return [layout] }
    var answers: [Set<String>: Bool] = [:]
    let broken = posts.filter { post in
      if let answer = answers[post.words] { return answer }
      let findings = MarkupFindings(rules: rules, contexts: contexts) {
        AuthorsWords.contain(post.words, $0)
      }
      let answer = findings.dimensions().hintBreak != nil
      answers[post.words] = answer
      return answer
    }
    return broken.count == posts.count ? [layout] : broken.map(\.path)
  }
}
