import AssetModel
import Foundation

/// What templates print in front of a field of front matter (`/images/{{ page.image.feature }}`), so that the field holds a
/// part of a path.
final class TemplatePrefixes {
  private let compared: ComparedValues
  private var byField: [String: [(path: String, prefix: String)]] = [:]

  init(_ compared: ComparedValues) { self.compared = compared }

  /// A reference as the page shows it, where templates make a file's path of its value.
  func completed(_ reference: Reference, in index: SiteIndex) -> Reference? {
    guard reference.kind == .frontMatter, let field = reference.field, !reference.url.hasPrefix("/") else {
      return nil
    }
    for (template, prefix) in prefixes(of: field) {
      let decoded = URLResolver.percentDecoded(reference.url) ?? reference.url
      let path = URLResolver.browserPath(prefix + decoded).joined(separator: "/")
      guard case .file(let source) = index.look(up: path), ImageFormat(fileName: source) != nil else {
        continue
      }
      var reference = reference
      reference.status = .local
      reference.source = source
      reference.reason = nil
      reference.keptBecause = "\(template) puts \(prefix) in front of it"
      return reference
    }
    return nil
  }

  private func prefixes(of field: String) -> [(path: String, prefix: String)] {
    if let cached = byField[field] { return cached }
    let name = NSRegularExpression.escapedPattern(for: field)
    // The text between a quote, a bracket or another value's end and the value.
    let pattern = "([^\\s\"'(){}=,;<>]*/)\\{\\{-?\\s*[\\w.$]*\\.\(name)\\s*[|}-]"
    var results: [(path: String, prefix: String)] = []
    for template in compared.templates where template.text.contains("." + field) {
      for match in ConfigurationText.matches(pattern, in: template.text)
      where match[1] != "/" && !match[1].contains(":") && !results.contains(where: { $0.prefix == match[1] })
      {
        results.append((template.path, match[1]))
      }
    }
    byField[field] = results
    return results
  }
}
