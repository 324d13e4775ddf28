/// The words that sort a post among others.
package enum PostTags {
  /// The tags and categories of a post's front matter, in its order; empty where it has none that can be read.
  package static func of(_ file: [UInt8]) -> [String] {
    let matter = FrontMatter(file, from: 0, forms: [.yaml, .toml, .json], habits: .pyYAML)
    return matter.words("tags") + matter.words("categories")
  }
}
