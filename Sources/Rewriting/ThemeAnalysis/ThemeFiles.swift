import AssetModel
import Foundation
import SiteFiles
import Web

/// A theme's files by their paths in the site, each read once. The requests are recorded, so that a later run can
/// decide whether the answers would be the same.
final class ThemeFiles {
  /// No stylesheet or layout that a person wrote is longer, in bytes; the longest frameworks have half a million.
  private static let maxBytes = 8_000_000

  private let root: SiteRoot
  private var texts: [String: String?] = [:]
  private var sheets: [String: StyleSheet] = [:]
  private var scripts: [String: ThemeScript] = [:]
  private var lists: [ThemeEvidence.List] = []
  /// Every requested path, whether there is a file or not.
  private(set) var dependencies: Set<String> = []

  init(_ root: SiteRoot) { self.root = root }

  /// A file's text; nil where there is none inside the site.
  func text(_ path: String) -> String? {
    if let cached = texts[path] { return cached }
    let text = load(path)
    texts[path] = .some(text)
    return text
  }

  /// A stylesheet, parsed once however many layouts name it; nil where there is none inside the site.
  func sheet(_ path: String) -> StyleSheet? {
    if let cached = sheets[path] { return cached }
    guard let text = text(path) else { return nil }
    let sheet = StyleSheetParser.parse(ThemeReader.header(text).body, file: path)
    sheets[path] = sheet
    return sheet
  }

  /// A script, read once however many pages run it; nil where there is none inside the site.
  func script(_ path: String) -> ThemeScript? {
    if let cached = scripts[path] { return cached }
    guard let text = text(path) else { return nil }
    let script = ThemeScript(text, file: path)
    scripts[path] = script
    return script
  }

  /// The files of the site's sources with some extensions, by their paths.
  ///
  /// - Parameters:
  ///   - extensions: in small letters, without the dot.
  ///   - folders: folders of the site that hold no sources.
  func files(_ extensions: Set<String>, skipping folders: Set<String>) -> [String] {
    let paths = list(extensions, skipping: folders)
    lists.append(.init(extensions: extensions, skipped: folders, sha256: Self.digest(paths)))
    return paths
  }

  private static func digest(_ paths: [String]) -> String {
    ContentDigest.sha256(paths.joined(separator: "\n"))
  }

  /// What was read and listed so far.
  var evidence: ThemeEvidence {
    ThemeEvidence(
      files: texts.mapValues { $0.map { ContentDigest.sha256($0) } ?? "" }, lists: lists)
  }

  /// Whether reading and listing gives the same.
  func holds(_ evidence: ThemeEvidence) -> Bool {
    evidence.files.allSatisfy { path, digest in (text(path).map { ContentDigest.sha256($0) } ?? "") == digest
    }
      && evidence.lists.allSatisfy { Self.digest(list($0.extensions, skipping: $0.skipped)) == $0.sha256 }
  }

  private func list(_ extensions: Set<String>, skipping folders: Set<String>) -> [String] {
    let others: Set<String> = [".git", "node_modules", ".cache", "resources"]
    let files = try? FileTree.files(below: root.path) { folder in
      folders.contains(folder) || others.contains(folder) || folder.hasSuffix("/node_modules")
    }
    return (files ?? []).filter { $0.kind == .file }.map(\.path).filter { path in
      path.split(separator: ".").last.map { extensions.contains(String($0)) } ?? false
    }
  }

  private func load(_ path: String) -> String? {
    guard let inside = SiteRoot.normalize(path)?.joined(separator: "/"), !inside.isEmpty else { return nil }
    dependencies.insert(inside)
    guard case .file(let resolved) = root.resolve(inside),
      let data = try? FileAccess.read(root.absolute(resolved)), data.count <= Self.maxBytes
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}
