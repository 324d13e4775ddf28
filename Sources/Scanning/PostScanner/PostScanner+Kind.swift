import AssetModel

extension PostScanner {
  /// The kind of site, as the user says or as its files tell; nil where no generator is recognized.
  package var kind: Site.Kind? {
    if let kind = options.kind { return kind }
    let folder = SiteFolder(root: root, options)
    return SiteKind.all.first { $0.recognize(folder) != nil }?.kind
  }
}
