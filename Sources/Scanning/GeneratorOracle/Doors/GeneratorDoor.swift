import Foundation
import SiteFiles

/// A way in which a generator that compiles posts into scripts gives their images candidates itself, so that pages have them
/// after a link as well: a configuration beside the author's, which imports it and adds a plugin.
///
/// The author's files stay as they are. What the plugin adds comes from a map of pictures, by their files.
package struct GeneratorDoor: Hashable, Sendable {
  /// A file that is generated.
  package struct File: Hashable, Sendable {
    /// The path, in the private copy of the site or else in a folder of its own.
    package var path: String
    /// What it holds.
    package var text: String
  }

  /// A file with the bytes of another.
  package struct Move: Hashable, Sendable {
    package var from: String
    package var to: String
  }

  /// The generated files.
  package private(set) var files: [File] = []
  /// The author's configuration where it gets another name in the copy.
  package private(set) var moved: Move?
  /// Whether the generator runs in a private copy of the site, where the files are put; else it is told of them.
  package let needsCopy: Bool
  /// What the generator's command gains, where `{door}` stands for the folder of the files.
  package private(set) var arguments: [String] = []

  /// Why a site has no door, for people.
  package struct Closed: Error, Hashable, Sendable {
    package var reason: String
  }

  /// The generators that have one.
  package static let generators: Set<DeployGenerator> = [.docusaurus, .vitepress]

  /// Whether a generator's plugin is told which page it renders.
  package static func knowsPages(_ generator: DeployGenerator) -> Bool { generator == .vitepress }

  /// What adds the candidates, for people.
  package static func name(_ generator: DeployGenerator) -> String {
    generator == .docusaurus ? "a remark plugin" : "a markdown-it rule"
  }

  /// Whether a generator runs in a private copy of the site then, which the plain pages have to come from as well.
  package static func needsCopy(_ generator: DeployGenerator) -> Bool { generator == .vitepress }

  /// - Parameters:
  ///   - generator: the site's generator, one of ``generators``.
  ///   - root: the site.
  ///   - folder: the folder that the generator is started in: the site or a copy of it, absolute.
  ///   - pictures: the map of pictures, in JSON.
  ///   - stamp: what changes whenever a file does that the configuration may depend on: generators keep what they compiled.
  /// - Throws: ``Closed`` where the configuration has a form that is not understood.
  package init(
    _ generator: DeployGenerator, site root: SiteRoot, in folder: String, pictures: String, stamp: String
  ) throws(Closed) {
    let files = DeployFiles(root)
    switch generator {
    case .docusaurus:
      guard let author = files.configuration("docusaurus.config") else {
        throw Closed(reason: "docusaurus.config is not where Docusaurus looks for it")
      }
      needsCopy = false
      arguments = ["--config", "{door}/docusaurus.config.cjs"]
      self.files = DocusaurusDoor.files(
        site: folder, author: folder + "/" + author, pictures: pictures, stamp: stamp)
    case .vitepress:
      let pages = files.vitePressFolder == "." ? "" : files.vitePressFolder + "/"
      let form = try VitePressDoor.Form(files, folder: pages + ".vitepress")
      needsCopy = true
      self.files = [
        File(path: form.wrapper, text: VitePressDoor.text(form, folder: pages, pictures: pictures))
      ]
      moved = form.moved
    default: throw Closed(reason: "\(generator.name) has none")
    }
  }

  /// Puts the files into a folder.
  ///
  /// - Throws: `FileError`
  package func write(to folder: String) throws(FileError) {
    if let moved {
      let author = try FileAccess.read(folder + "/" + moved.from)
      try FileAccess.write(author, to: folder + "/" + moved.to)
    }
    for file in files {
      try FileAccess.makeFolder(FileAccess.folder(of: folder + "/" + file.path))
      try FileAccess.write(Data(file.text.utf8), to: folder + "/" + file.path)
    }
  }
}

/// Text as JavaScript has it.
enum JavaScriptText {
  /// A file of this module.
  static func file(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// A string literal.
  static func literal(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
