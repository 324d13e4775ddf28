import AssetModel

/// What a site's own generator shows of its posts.
package struct Verdicts: Sendable {
  /// An image as the generator wrote it.
  package struct Rendered: Hashable, Sendable {
    /// The `src` attribute.
    package var source: String
    /// The alternative text.
    package var alt: String
  }

  /// The generator's verdict on a candidate.
  package enum Verdict: Hashable, Sendable {
    /// An image, as in these.
    case image(Set<Rendered>)
    /// Something else, or nothing.
    case notImage
    /// The build gives no answer: the token is not in its output.
    case unknown
  }

  /// A candidate of a post and the generator's verdict on it.
  package struct OracleVerdict: Hashable, Sendable {
    /// The offset of `!`, of `<`, or of a front-matter value's first byte.
    package var offset: Int
    /// The line, from 1.
    package var line: Int
    /// The column in Unicode scalars, from 1.
    package var column: Int
    /// Whether the candidate is a front-matter value. An image is then any URL in the built site.
    package var isValue: Bool
    /// What the generator makes of it.
    package var verdict: Verdict
  }

  /// The command that built the site, with `{source}` and `{destination}` for its folders.
  package var command: String
  /// The verdicts on the candidates of each judged post, by the post's path; in the order of their offsets.
  package var judged: [String: [OracleVerdict]] = [:]
  /// The posts that could not be judged, and why.
  package var unjudged: [String: String] = [:]
  /// What a person should know about the builds.
  package var notes: [String] = []
  /// The number of pages that the site has.
  package var pages = 0
  /// How often the site was built.
  package var builds = 0

  /// How the generator's verdicts compare with references found without it.
  package struct Comparison: Sendable {
    /// References that stay: those that the generator shows, and those without a verdict.
    package var retained: [Reference] = []
    /// References that the generator does not show.
    package var rejected: [Reference] = []
    /// Images that the generator shows and no reference names.
    package var missed: [Missed] = []
  }

  /// An image that no reference names.
  package struct Missed: Hashable, Sendable {
    /// The post.
    package var post: String
    /// The candidate.
    package var judgement: OracleVerdict
  }

  /// Compares references with the verdicts.
  package func compare(_ references: [Reference]) -> Comparison {
    var comparison = Comparison()
    let byPost = judged.mapValues { results in
      Dictionary(results.map { ($0.offset, $0.verdict) }, uniquingKeysWith: { first, _ in first })
    }
    var named: [String: Set<Int>] = [:]
    for reference in references {
      named[reference.post, default: []].insert(reference.range.start)
      if byPost[reference.post]?[reference.range.start] == .notImage {
        comparison.rejected.append(reference)
      } else {
        comparison.retained.append(reference)
      }
    }
    for (post, results) in judged.sorted(by: { $0.key < $1.key }) {
      for result in results where !result.isValue && named[post]?.contains(result.offset) != true {
        guard case .image = result.verdict else { continue }
        comparison.missed.append(Missed(post: post, judgement: result))
      }
    }
    return comparison
  }
}
