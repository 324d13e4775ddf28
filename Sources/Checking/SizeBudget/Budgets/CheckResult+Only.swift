import AssetModel

extension CheckResult {
  /// The part of a result that speaks of some posts and images: for whoever changed just these.
  ///
  /// What is said of the site as a whole is left out. A page that shows one of the images belongs to them, because that is
  /// where what is wrong with an image is told. The list of files stays whole, so that totals stay the site's.
  ///
  /// - Parameter files: paths below the site's root; what is neither a post nor an image of the site says nothing.
  package func only(_ files: Set<String>) -> CheckResult {
    var result = self
    let isChosen: (PageWeight) -> Bool = { page in
      files.contains(page.path)
        || page.images.contains { image in
          image.file.map(files.contains) == true
            || image.downloads.values.contains { files.contains($0.file) }
        }
    }
    result.weight.pages = weight.pages.filter(isChosen)
    let chosen = files.union(result.weight.pages.map(\.path))
    let pages = Set(weight.pages.map(\.path))
    result.findings = findings.filter { $0.file != "." && chosen.contains($0.file) }
    let kinds = Set(files.map(\.fileExtension))
    // Of another page or image is not spoken; what is neither, the site's configuration say, concerns everybody.
    result.weight.problems = weight.problems.filter {
      // Posts that are not read are told by their format.
      if $0.rule == .unreadFormat { return kinds.contains($0.file.fileExtension) }
      return chosen.contains($0.file) || !pages.contains($0.file) && ImageFormat(fileName: $0.file) == nil
    }
    // Who names a file wants to know of it, although no page shows it.
    for index in result.weight.problems.indices
    where files.contains(result.weight.problems[index].file)
      && result.weight.problems[index].rule == .undecodable
    {
      result.weight.problems[index].severity = .error
    }
    return result
  }
}

extension String {
  /// What stands behind the last dot of a file's name, in small letters.
  fileprivate var fileExtension: String {
    let name = split(separator: "/").last ?? ""
    return name.split(separator: ".").last.map { $0.lowercased() } ?? ""
  }
}
