import AssetModel
import SiteFiles

/// What of a site makes the files and the markup of its images by itself. What its posts say is its input, so that they
/// stay as they are, and the pages that it has built are what can gain.
struct ImagePipeline: Sendable {
  /// The package or function, as the site names it.
  var name: String
  /// The file that names it.
  var file: String

  /// A pipeline among the packages that a site asks npm for; nil where no name tells of images.
  ///
  /// - Parameter code: what the site's plugins are named in; nil where each package that is there is one.
  init?(packagesIn folder: SiteFolder, namedIn code: String? = nil) {
    let file = "package.json"
    guard folder.has(file: file), let tree = try? ConfigurationText.tree(file, in: folder) else { return nil }
    let names = ["dependencies", "devDependencies"].flatMap { tree[$0]?.keys ?? [] }
    let name = names.sorted().first { name in
      let isPlugin = name.contains("eleventy") || name.contains("markdown-it")
      return Self.isOfImages(name) && (code == nil || !isPlugin || code?.contains(name) == true)
    }
    guard let name else { return nil }
    self.init(name: name, file: file)
  }

  init(name: String, file: String) { (self.name, self.file) = (name, file) }

  private static let words: Set<Substring> = [
    "figure", "figures", "image", "images", "img", "imgs", "lazyimages", "lazyload", "picture", "pictures",
    "responsive", "responsiver", "sharp", "srcset",
  ]

  /// Whether the name of a package tells that it is about images.
  static func isOfImages(_ package: String) -> Bool {
    !words.isDisjoint(with: package.lowercased().split { "@/-_.".contains($0) })
  }

  /// Why a reference stays.
  var reason: String { "the site makes the markup of its images itself (\(name))" }

  /// The one line that says so for all of them.
  func problem(of generator: String, output: String) -> Diagnostic {
    Diagnostic(
      .warning, .siteConfiguration, file: file,
      message: "posts keep their images: \(reason)",
      advice: "build the site with \(generator), and run optimize-assets on \(output)")
  }
}
