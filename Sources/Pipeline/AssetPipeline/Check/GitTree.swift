import Foundation
import SiteFiles
import SystemResources

/// A commit's files below a site's folder, read from git's objects. Neither the work tree nor the index is touched.
struct GitTree {
  /// A file of the commit.
  struct Blob {
    /// The name of git's object.
    var object: String
    /// The length of what git keeps.
    var bytes: Int
    /// The path below the site's folder.
    var path: String
    /// Whether it is a symbolic link, whose text is what git keeps.
    var isLink: Bool
  }

  private let site: String
  /// The top of the work tree that it is in.
  private let top: String
  /// The site's folder below the top of its work tree: `blog/`, or nothing.
  private let prefix: String
  /// The full name of the commit.
  let commit: String

  /// Finds a commit.
  ///
  /// - Parameters:
  ///   - site: the site's folder, in a work tree.
  ///   - ref: a commit, branch or tag.
  /// - Throws: ``ConfigurationError`` where there is none of that name.
  init(site: String, ref: String) throws(ConfigurationError) {
    self.site = site
    let folder = URL(fileURLWithPath: site).standardizedFileURL.resolvingSymlinksInPath().path
    // The repository is that of the work tree, and no folder of the site's that looks like one.
    top = Git.top(of: folder) ?? folder
    prefix = folder == top ? "" : folder.dropFirst(top.count + 1) + "/"
    // A ref is never taken for an option, and has to be one of a commit.
    let answer = try Self.git(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"], in: top, of: site)
    // git ends with 128 where it could not even look: there is no repository, or it is somebody else's.
    guard answer.status != 128 else {
      throw ConfigurationError(
        file: site,
        message: "git cannot look for commit '\(ref)': "
          + answer.errors.trimmingCharacters(in: .whitespacesAndNewlines),
        advice: "run it in a work tree of git, or use --baseline FILE")
    }
    guard answer.status == 0 else {
      throw ConfigurationError(
        file: site, message: "git knows no commit '\(ref)' here",
        advice: "name a commit, branch or tag; a shallow clone has only the last (fetch-depth: 0)")
    }
    commit = String(decoding: answer.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The files and links below the site's folder. Submodules are left out.
  ///
  /// - Throws: ``ConfigurationError``
  func blobs() throws(ConfigurationError) -> [Blob] {
    let listing = try read(["ls-tree", "-r", "-l", "-z", commit] + (prefix.isEmpty ? [] : ["--", prefix]))
    return listing.split(separator: 0).compactMap { line in
      // `100644 blob 0123… 1234<tab>path`
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      let name = String(decoding: line[line.index(after: tab)...], as: UTF8.self)
      guard name.hasPrefix(prefix) else { return nil }
      let path = String(name.dropFirst(prefix.count))
      guard words.count == 4, words[1] == "blob", let bytes = Int(words[3]),
        let parts = SiteRoot.normalize(path), parts.joined(separator: "/") == path
      else { return nil }
      return Blob(object: String(words[2]), bytes: bytes, path: path, isLink: words[0] == "120000")
    }
  }

  /// Reads files, with one question to git about all of them.
  ///
  /// - Parameters:
  ///   - folder: a place for the question. It is a file, so that git never waits for one who waits for its output.
  ///   - body: is given each file that there is, in their order.
  /// - Throws: ``ConfigurationError``, and what `body` throws.
  func read(_ blobs: [Blob], in folder: String, body: (Blob, Data) throws -> Void) throws {
    guard !blobs.isEmpty else { return }
    let question = folder + "/question"
    try FileAccess.write(Data(blobs.map { $0.object + "\n" }.joined().utf8), to: question)
    let output = try read(["cat-file", "--batch"], input: FileHandle(forReadingAtPath: question))
    var at = output.startIndex
    for blob in blobs {
      // `<object> blob <bytes>`, a line feed, the bytes, and another; or `<object> missing` alone.
      guard let lineEnd = output[at...].firstIndex(of: UInt8(ascii: "\n")) else { return }
      let words = String(decoding: output[at..<lineEnd], as: UTF8.self).split(separator: " ")
      let start = lineEnd + 1
      at = start
      guard words.count == 3, let bytes = Int(words[2]), bytes >= 0, bytes <= output.endIndex - start
      else { continue }
      try body(blob, output[start..<start + bytes])
      at = min(output.endIndex, start + bytes + 1)
    }
  }

  private func read(_ arguments: [String], input: FileHandle? = nil) throws(ConfigurationError) -> Data {
    let answer = try Self.git(arguments, in: top, of: site, input: input)
    guard answer.status == 0 else {
      throw ConfigurationError(
        file: site,
        message: "git cannot read commit \(commit): "
          + answer.errors.trimmingCharacters(in: .whitespacesAndNewlines),
        advice: "check the repository with git fsck, or use --baseline FILE")
    }
    return answer.output
  }

  private static func git(
    _ arguments: [String], in top: String, of site: String, input: FileHandle? = nil
  ) throws(ConfigurationError) -> Git.Answer {
    do throws(Git.Failure) {
      return try Git.run(arguments, in: top, input: input)
    } catch {
      throw ConfigurationError(
        file: site, message: "git cannot be run", advice: "install it, or use --baseline FILE")
    }
  }
}
