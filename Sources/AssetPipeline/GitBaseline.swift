import Foundation
import Machine
import Manifest
import SiteFiles
import SizeBudget

/// What a site weighed in a commit, read from git's objects. Neither the work tree nor the index is touched: the texts go
/// to a temporary folder, and of the images only the sizes are asked for.
package struct GitBaseline {
  /// A file of the commit.
  private struct Blob {
    var object: String
    var bytes: Int
    var path: String
  }

  /// A text larger than this is no post, in bytes.
  private static let largestText = 8 << 20

  private let site: String
  private let ref: String
  private let configuration: Configuration

  /// - Parameter ref: a commit, branch or tag.
  package init(site: String, ref: String, configuration: Configuration) {
    self.site = site
    self.ref = ref
    self.configuration = configuration
  }

  /// Weighs the commit.
  ///
  /// - Throws: ``ConfigurationError`` where there is no such commit, ``PipelineError``, or `FileError`.
  package func read(cancellation: Cancellation = Cancellation()) throws -> Baseline {
    let folder = FileManager.default.temporaryDirectory.path + "/optimize-assets-" + UUID().uuidString
    try FileAccess.makeFolder(folder + "/site")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let blobs = try list(in: folder)
    var known: [String: Source] = [:]
    var texts: [Blob] = []
    for blob in blobs {
      if let format = ImageFormat(fileName: blob.path) {
        known[blob.path] = Source(path: blob.path, sha256: blob.object, bytes: blob.bytes, format: format)
        try FileAccess.write(Data(), to: folder + "/site/" + blob.path)
      } else if blob.bytes <= Self.largestText {
        texts.append(blob)
      }
    }
    try extract(texts, in: folder)
    var configuration = configuration
    configuration.cache = .off
    do {
      return Baseline(
        try Pipeline(site: folder + "/site", configuration: configuration)
          .weigh(known: known, cancellation: cancellation))
    } catch PipelineError.noSite {
      // A commit before the site began: what it lacks weighs nothing.
      return Baseline(SiteWeight(devices: Device.standard, pages: [], files: []))
    }
  }

  private func list(in folder: String) throws -> [Blob] {
    // A ref is never taken for an option, and has to be one of a commit.
    let commit = try git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"], in: folder)
    let name = String(decoding: commit, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    let listing = try git(["ls-tree", "-r", "-l", "-z", name], in: folder)
    return listing.split(separator: 0).compactMap { line in
      // `100644 blob 0123… 1234<tab>path`; links and submodules are left out.
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      let path = String(decoding: line[line.index(after: tab)...], as: UTF8.self)
      guard words.count == 4, words[0].hasPrefix("100"), words[1] == "blob", let bytes = Int(words[3]),
        let parts = SiteRoot.normalise(path), parts.joined(separator: "/") == path
      else { return nil }
      return Blob(object: String(words[2]), bytes: bytes, path: path)
    }
  }

  private func extract(_ blobs: [Blob], in folder: String) throws {
    guard !blobs.isEmpty else { return }
    let input = Data(blobs.map { $0.object + "\n" }.joined().utf8)
    let output = try git(["cat-file", "--batch"], input: input, in: folder)
    var at = output.startIndex
    for blob in blobs {
      // `<object> blob <bytes>`, a line feed, the bytes, and another.
      guard let lineEnd = output[at...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      let start = lineEnd + 1
      guard start + blob.bytes <= output.endIndex else { break }
      try FileAccess.write(Data(output[start..<start + blob.bytes]), to: folder + "/site/" + blob.path)
      at = min(output.endIndex, start + blob.bytes + 1)
    }
  }

  /// What git prints. Its input is a file, so that it never waits for one who waits for its output.
  private func git(_ arguments: [String], input: Data = Data(), in folder: String) throws -> Data {
    try FileAccess.write(input, to: folder + "/input")
    let answer: Git.Answer
    do throws(Git.Failure) {
      answer = try Git.run(["-C", site] + arguments, input: FileHandle(forReadingAtPath: folder + "/input"))
    } catch {
      throw ConfigurationError(
        file: site, message: "git cannot be run", advice: "install it, or use --baseline FILE")
    }
    guard answer.status == 0 else {
      throw ConfigurationError(
        file: site, message: "git knows no commit '\(ref)' here",
        advice: "name a commit, branch or tag; a shallow clone has only the last (fetch-depth: 0)")
    }
    return answer.output
  }
}
