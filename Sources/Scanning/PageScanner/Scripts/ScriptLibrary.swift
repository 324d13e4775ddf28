import AssetModel
import Foundation
import SiteFiles
import SystemResources

/// The scripts of a tree as they were read, each once: pages share them.
final class ScriptLibrary: Sendable {
  private let root: SiteRoot
  private let files = Shared<[String: ScriptUse]>([:])
  private let texts = Shared<[String: ScriptUse]>([:])

  /// Texts that are kept: those that stand in each page of a site are few.
  private static let mostTexts = 500

  init(root: SiteRoot) { self.root = root }

  /// What a file of the tree does; nil where there is no such file.
  func use(of file: String) -> ScriptUse? {
    if let cached = files.withLock({ $0[file] }) { return cached }
    guard let data = try? FileAccess.read(root.absolute(file)) else { return nil }
    let use = ScriptUse([UInt8](data), file: file)
    files.withLock { $0[file] = use }
    return use
  }

  /// What a text in a page does.
  func use(of text: ArraySlice<UInt8>) -> ScriptUse {
    let bytes = [UInt8](text)
    let digest = ContentDigest.sha256(bytes)
    if let cached = texts.withLock({ $0[digest] }) { return cached }
    let use = ScriptReader.read(bytes)
    texts.withLock { if $0.count < Self.mostTexts { $0[digest] = use } }
    return use
  }
}
