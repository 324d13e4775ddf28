import Foundation
import Testing

/// Runs Jekyll.
package enum Jekyll {
  /// Builds a site and leaves nothing behind in its sources.
  package static func build(_ site: String, to folder: String, seconds: Double = 900) async throws {
    try await Command.succeed(
      #require(Programs.jekyll),
      ["build", "--quiet", "--trace", "--disable-disk-cache", "--source", site, "--destination", folder],
      in: (folder as NSString).deletingLastPathComponent, seconds: seconds)
  }
}

/// Runs Hugo.
package enum Hugo {
  package static func build(_ site: String, to folder: String, seconds: Double = 120) async throws {
    try await Command.succeed(
      #require(Programs.hugo), ["--quiet", "--source", site, "--destination", folder], in: site,
      seconds: seconds)
  }
}

/// Runs Python-Markdown, with the extensions that MkDocs and Pelican turn on.
package enum PythonMarkdown {
  /// The HTML of some texts.
  package static func render(_ texts: [String]) async throws -> [String] {
    let folder = try TemporaryFolder()
    try folder.write(try JSONEncoder().encode(texts), to: "texts.json")
    let command = try await Command.succeed(
      #require(Programs.pythonMarkdown), ["-c", script, folder("texts.json")])
    return try JSONDecoder().decode([String].self, from: command.output)
  }

  private static let script = """
    import json, markdown, sys
    extensions = ['fenced_code', 'md_in_html', 'attr_list', 'tables', 'admonition']
    texts = json.load(open(sys.argv[1], encoding='utf-8'))
    json.dump([markdown.markdown(text, extensions=extensions) for text in texts], sys.stdout)
    """
}
