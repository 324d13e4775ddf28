import Foundation

/// A site of `Tests/Samples`: sources that show images in the ways of a generator's usual themes, whole enough for it to
/// build them. Their pictures are drawn when they are written.
package struct SampleSite: Sendable, Hashable, CustomStringConvertible {
  package var name: String
  /// The pictures that its theme shows, which no post names.
  package var themePictures: Set<String>

  package var description: String { name }

  package static let jekyll = SampleSite(name: "jekyll", themePictures: ["assets/theme/logo.png"])
  /// The pattern that a shortcode's argument is, only its template knows to be one.
  package static let hugo = SampleSite(
    name: "hugo",
    themePictures: [
      "static/logo.png", "content/posts/ridge/view-east.jpg", "content/posts/ridge/view-west.jpg",
    ])
  package static let mkdocs = SampleSite(name: "mkdocs", themePictures: ["docs/assets/logo.png"])
  package static let pelican = SampleSite(
    name: "pelican", themePictures: ["theme/static/images/logo.png"])
  package static let sphinx = SampleSite(name: "sphinx", themePictures: ["_static/logo.png"])

  private static let folder = Project.root + "/Tests/Samples"

  /// A picture of the site: its path, and its size in pixels.
  package struct Picture: Sendable {
    package var path: String
    package var width: Int
    package var height: Int
  }

  /// The pictures that `pictures.txt` lists for the site.
  package func pictures() throws -> [Picture] {
    let list = try String(contentsOfFile: Self.folder + "/pictures.txt", encoding: .utf8)
    return list.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      let size = words.last?.split(separator: "x").compactMap { Int($0) } ?? []
      guard words.count == 2, words[0].hasPrefix(name + "/"), size.count == 2 else { return nil }
      return Picture(path: String(words[0].dropFirst(name.count + 1)), width: size[0], height: size[1])
    }
  }

  /// Writes the site.
  ///
  /// - Parameter draw: a picture's bytes, by what it is and its number; no two may be the same.
  package func write(
    to folder: TemporaryFolder, name: String, draw: (Picture, Int) throws -> Data
  ) throws {
    try folder.copy(Self.folder + "/" + self.name, to: name)
    for (number, picture) in try pictures().enumerated() {
      try folder.write(try draw(picture, number), to: name + "/" + picture.path)
    }
  }
}
