import AssetModel
import Foundation
import PostRewriter
import SiteFiles
import SizeBudget

/// What earlier runs made of a site's images, as their records say.
struct ExistingVariants {
  var record: SiteReport.Record
  /// The folder that the variants lie in.
  var root: SiteRoot
  var variants: [Variant] = []
  /// The digests of the files that they were made of, by path, where the record tells.
  var digests: [String: String] = [:]
}

extension Pipeline {
  /// Looks for what was made: in a staged copy that is named, in the site itself, then in the staged copy that the
  /// configuration names.
  ///
  /// - Parameters:
  ///   - staged: a folder that a run has filled; nil to look for what there is.
  ///   - files: the paths of the site's image files.
  /// - Throws: ``PipelineError``
  func existingVariants(staged: String?, journal: EditJournal, files: [String]) throws -> ExistingVariants {
    if let staged {
      guard let existing = try stagedImages(staged, named: staged) else {
        throw PipelineError.badOutput(
          "this is no staged copy: there is no manifest in it", file: staged,
          advice: "name the folder that --output named, or run optimize-assets again")
      }
      return existing
    }
    if !journal.sources.allSatisfy(\.variants.isEmpty) {
      return ExistingVariants(
        record: .inPlace, root: root, variants: journal.sources.flatMap { $0.variants.map(\.variant) })
    }
    if let existing = try stagedImages(absoluteOutput(nil), named: configuration.output) { return existing }
    let command = "optimize-assets \(ShellWord.quoted(siteName))"
    let hasMarks = files.contains { VariantMark.of($0) != nil }
    return ExistingVariants(
      record: hasMarks ? .unrecorded(command: command + " --output DIR") : .nothing(command: command),
      root: root)
  }

  /// The site's folder without what leads to it, which is nobody else's business.
  var siteName: String { root.path.split(separator: "/").last.map(String.init) ?? "/" }

  private func stagedImages(_ folder: String, named name: String) throws -> ExistingVariants? {
    guard let staged = try? SiteRoot(folder) else { return nil }
    let folders = [staged.absolute(StagedSite.recordFolder), StagedSite.records(beside: staged.path)]
    let files = folders.map { $0 + "/" + AssetManifest.fileName }
    guard let file = files.first(where: FileManager.default.fileExists) else { return nil }
    do {
      let manifest = try AssetManifest(json: FileAccess.read(file))
      return ExistingVariants(
        record: .staged(folder: name), root: staged, variants: manifest.variants,
        digests: Dictionary(
          manifest.sources.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first }))
    } catch let error as FileError {
      throw PipelineError.fileSystem("\(error)")
    } catch {
      throw PipelineError.fileSystem(
        "the manifest of the staged copy cannot be read", file: file, advice: "run optimize-assets again")
    }
  }
}
