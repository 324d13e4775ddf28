import Foundation

extension LinkForm {
  /// The site files that a URL in this form may lead to: the inverse of ``url(of:)``, which several mounts make ambiguous.
  /// Empty for a URL in another form.
  package func paths(of url: String) -> [String] {
    guard url.hasPrefix(prefix), url.hasSuffix(suffix), url.count >= prefix.count + suffix.count,
      let inner = String(url.dropFirst(prefix.count).dropLast(suffix.count)).removingPercentEncoding
    else { return [] }
    // With an empty prefix anything begins like it.
    if prefix.isEmpty, inner.hasPrefix("/") || inner.contains("://") { return [] }
    var published: [Substring] = base?.split(separator: "/") ?? []
    for part in inner.split(separator: "/") where part != "." {
      if part != ".." {
        published.append(part)
      } else if published.popLast() == nil {
        return []
      }
    }
    let path = published.joined(separator: "/")
    return (mounts ?? []).compactMap { $0.file(publishedAt: path) } + [path]
  }
}

extension LinkForm.Mount {
  /// The file that is published at a path; nil where the mount publishes nothing there.
  fileprivate func file(publishedAt path: String) -> String? {
    guard url.isEmpty || path.hasPrefix(url + "/") else { return nil }
    let inner = url.isEmpty ? path[...] : path.dropFirst(url.count + 1)
    return folder.isEmpty ? String(inner) : "\(folder)/\(inner)"
  }
}
