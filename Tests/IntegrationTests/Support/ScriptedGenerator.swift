import Foundation
import TestSupport

/// A site whose generator is a script of the test's: it copies a folder of pages, unless a test has it do something else.
struct ScriptedGenerator {
  let folder: TemporaryFolder

  /// Few and quick images.
  static let images = "quality: fixed\nwidths: [200, 400]\n"

  private static let script = """
    echo "building it"
    mkdir -p "$1" && cp -r pages/. "$1"
    """

  /// - Parameters:
  ///   - script: what the generator does; `$1` is the folder of the pages.
  ///   - settings: further lines of the configuration.
  init(
    _ script: String? = nil, settings: String = "", words: String = "sh, generate.sh, \"{destination}\""
  ) throws {
    folder = try TemporaryFolder([
      "site/generate.sh": script ?? Self.script,
      "site/optimize-assets.yml": "build: [\(words)]\n\(Self.images)\(settings)",
    ])
    for (name, grain) in [("index", 5), ("about", 3)] {
      try folder.write(Self.page(name), to: "site/pages/\(name).html")
      let picture = try DrawnSite.picture(name == "index" ? 900 : 700, 500, grain: grain)
      try folder.write(picture.jpeg(quality: 92, chroma: .full), to: "site/pages/\(name).jpg")
    }
  }

  static func page(_ image: String, style: String = "max-width: 100%") -> String {
    """
    <!doctype html><html><head><style>img { \(style); height: auto }</style></head>
    <body><main><p><img src="\(image).jpg" alt="A harbour"></p></main></body></html>
    """
  }

  func build(_ arguments: String..., environment: [String: String] = [:]) async throws -> Command {
    try await Product.run(
      ["build", folder("site"), "--cache", folder("cache")] + arguments, environment: environment)
  }
}
