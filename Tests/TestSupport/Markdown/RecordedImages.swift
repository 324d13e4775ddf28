import Foundation

/// What real renderers show of each ``MarkdownCase``.
package struct RecordedImages: Codable, Equatable, Sendable {
  /// An image of a page, attributes decoded.
  package struct Image: Codable, Hashable, Sendable, CustomStringConvertible {
    package var src: String
    package var alt: String

    package init(src: String, alt: String) { (self.src, self.alt) = (src, alt) }

    package var description: String { "\(src) [\(alt)]" }
  }

  /// A program that renders Markdown.
  package enum Renderer: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    /// kramdown with GitHub's extensions, after Liquid: what Jekyll does.
    case kramdown
    /// goldmark with raw HTML allowed: what Hugo does.
    case goldmark
    /// Python-Markdown with the extensions that MkDocs and Pelican turn on.
    case pythonMarkdown
  }

  /// Which version of a renderer's program was asked.
  package var versions: [Renderer: String] = [:]
  /// The images in the order of the page, by renderer and by the case's name.
  package var images: [Renderer: [String: [Image]]] = [:]

  /// The images that a renderer shows of a case.
  package subscript(_ one: MarkdownCase, _ renderer: Renderer) -> [Image] {
    images[renderer]?[one.name] ?? []
  }

  private static let file = URL(fileURLWithPath: Project.root)
    .appendingPathComponent("Tests/TestSupport/Recorded/markdown-images.json")

  /// What is recorded.
  package static let recorded: RecordedImages? = try? JSONDecoder().decode(
    RecordedImages.self, from: Data(contentsOf: file))

  /// Writes what one renderer shows into the file.
  package static func record(_ renderer: Renderer, version: String, _ images: [String: [Image]]) throws {
    var all = (try? JSONDecoder().decode(RecordedImages.self, from: Data(contentsOf: file))) ?? .init()
    all.versions[renderer] = version
    all.images[renderer] = images
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(all.json().utf8).write(to: file)
  }

  /// A line a case, so that a change of one is a change of one line.
  private func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    let renderers = try images.sorted { $0.key.rawValue < $1.key.rawValue }.map { renderer, cases in
      let lines = try cases.sorted { $0.key < $1.key }.map { try "\(text($0.key)): \(text($0.value))" }
      return "\"\(renderer.rawValue)\": {\n\(lines.joined(separator: ",\n"))\n}"
    }
    return try "{\"versions\": \(text(versions)),\n\"images\": {\n\(renderers.joined(separator: ",\n"))\n}}\n"
  }
}
