/// The site that a manifest describes.
public struct Site: Codable, Hashable, Sendable {
  /// The generator the site is written for.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A Jekyll site: `_config.yml`, `_posts`, kramdown.
    case jekyll
    /// A tree of HTML files: what a generator built, or pages written by hand.
    case html
  }

  /// The generator the site is written for.
  public var kind: Kind
  /// Why that kind was chosen, for a person to read.
  public var reason: String
  /// The site's root folder, as the user named it.
  public var root: String
  /// The path below the host at which the site is published (`/blog`), empty for the host's root.
  public var baseurl: String
  /// The site's own scheme and host (`https://example.org`), empty when its configuration names none.
  public var url: String

  /// Makes a description of a site.
  public init(kind: Kind, reason: String, root: String, baseurl: String = "", url: String = "") {
    self.kind = kind
    self.reason = reason
    self.root = root
    self.baseurl = baseurl
    self.url = url
  }
}
