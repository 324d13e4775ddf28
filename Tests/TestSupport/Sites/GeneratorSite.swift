import Foundation

/// A small site of a generator, made for tests.
package struct GeneratorSite: Sendable, CustomStringConvertible {
  package var name: String
  /// Texts by path. The text of a picture is `x`; ``write(to:name:picture:)`` puts a real one there.
  package var files: [String: String]

  package var description: String { name }

  /// Writes the site, with a picture in the place of each `x`.
  ///
  /// - Parameter picture: a picture's bytes, by its path.
  package func write(to folder: TemporaryFolder, name: String, picture: (String) throws -> Data) throws {
    for (path, text) in files {
      try folder.write(text == "x" ? picture(path) : Data(text.utf8), to: name + "/" + path)
    }
  }

  /// A site for each generator, and a second where there is more to it.
  package static let all: [GeneratorSite] = [
    .hugo, .hugoWithTheme, .eleventy, .astro, .hexo, .pelican, .mkdocs, .docusaurus, .zola, .quarto, .jekyll,
    .jekyllBlog,
  ]
}
