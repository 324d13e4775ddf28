import Foundation

extension SiteRoot {
  /// The site's path of a file that a user or a program named: absolute, relative to the working folder, or else relative to
  /// the site. Nil where there is no such file in the site.
  package func path(ofNamed name: String, workingFolder: String) -> String? {
    let candidates = name.hasPrefix("/") ? [name] : [workingFolder + "/" + name, absolute(name)]
    return candidates.lazy.compactMap(path(ofAbsolute:)).first
  }

  private func path(ofAbsolute file: String) -> String? {
    guard let parts = Self.normalize(file), let last = parts.last else { return nil }
    // The folder may be reached through links; the file's own name counts, as it does in a listing.
    let folder = "/" + parts.dropLast().joined(separator: "/")
    guard let real = try? SiteRoot(folder).path, real == path || real.hasPrefix(path + "/") else {
      return nil
    }
    let inSite = (real.dropFirst(path.count) + "/" + last).drop { $0 == "/" }
    guard case .file(let resolved) = resolve(String(inSite)) else { return nil }
    return resolved
  }
}
