import AssetModel

/// Where posts hold little of what pages show: the command that makes the whole lighter.
enum BuildRemark {
  /// Generators whose layouts, components and own image markup hold most images, which a copy of the sources leaves as they
  /// are; a line for a site of one of them, and nil for others.
  ///
  /// - Parameter isLighter: whether the run made anything of the site lighter.
  static func text(of site: Site, isLighter: Bool) -> String? {
    guard [.astro, .docusaurus, .eleventy, .hexo].contains(site.kind) else { return nil }
    let build = "'optimize-assets build' builds the site and optimizes its whole pages."
    return isLighter ? "Only posts are lighter in the copy: \(build)" : build
  }
}
