import AssetModel

/// Why a site cannot be scanned at all. What is wrong with one post is a problem in the result instead.
public enum ScanError: DiagnosticError, Hashable, Sendable {
  /// The folder is not a site of a kind that can be read. What it holds of posts in other formats than Markdown is named, where
  /// there are any: none of them shows a picture of the folder. So are the sites that lie below it.
  case unknownSite(folder: String, posts: String? = nil, sites: String? = nil)
  /// The site's own configuration cannot be read.
  case badConfiguration(file: String, line: Int?, message: String)
  /// A folder or file cannot be read.
  case unreadable(file: String, message: String)

  /// What is wrong and what to do.
  public var diagnostic: Diagnostic {
    switch self {
    case .unknownSite(let folder, _, let sites?):
      Diagnostic(
        .error, .noSite, file: folder, message: "this is no site itself: \(sites)",
        advice: "name one of those")
    case .unknownSite(let folder, let posts?, nil):
      Diagnostic(
        .error, .noSite, file: folder,
        message:
          "this is no site of a known kind: it has \(posts), of which none names a picture that lies here",
        advice: "name the folder with the pages that are made of it")
    case .unknownSite(let folder, nil, nil):
      Diagnostic(
        .error, .noSite, file: folder,
        message:
          "this is no site of a known kind: there is no generator's configuration, such as _config.yml, "
          + "hugo.toml, eleventy.config.js, astro.config.mjs or mkdocs.yml",
        advice:
          "name the folder that holds it, or the kind with --kind; markdown is one for posts of any other making"
      )
    case .badConfiguration(let file, let line, let message):
      Diagnostic(
        .error, .noSite, file: file, line: line, message: message,
        advice: "the generator cannot read it either: correct it")
    case .unreadable(let file, let message):
      Diagnostic(.error, .noSite, file: file, message: message, advice: "check its permissions")
    }
  }
}
