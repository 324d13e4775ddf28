import AssetModel

/// An image of the author's, where it is shown, what was made of it and what there is to say about it.
struct ImageRow {
  /// A post or page that shows an image.
  struct Location: Hashable {
    var page: String
    var line: Int?
  }

  /// What the image is called in links within the report.
  let id: String
  let file: PublishedImage
  let locations: [Location]
  /// What was made of it, widest first.
  let variants: [Variant]
  let isOutdated: Bool
  let findings: [Diagnostic]
  let pair: SiteReport.Pair?

  /// See ``SiteReport/representative(of:)``.
  var representative: Variant? { SiteReport.representative(of: variants) }

  /// The bytes that are saved where the representative is downloaded in place of the image.
  var saved: Int { representative.map { max(0, file.bytes - $0.bytes) } ?? 0 }

  /// The author's images, heaviest first.
  static func rows(_ report: SiteReport) -> [ImageRow] {
    let weight = report.before ?? report.result.weight
    let variants = Dictionary(grouping: report.variants, by: \.source)
    let variantPaths = Set(report.variants.map(\.path))
    var locations: [String: [Location]] = [:]
    for page in weight.pages {
      for image in page.images {
        guard let file = image.file else { continue }
        let location = Location(page: page.path, line: image.line)
        if locations[file]?.last != location { locations[file, default: []].append(location) }
      }
    }
    let findings = findings(report.result)
    return weight.files.filter { !variantPaths.contains($0.path) }
      .sorted { ($1.bytes, $0.path) < ($0.bytes, $1.path) }
      .enumerated().map { number, file in
        ImageRow(
          id: "image-\(number + 1)", file: file, locations: locations[file.path] ?? [],
          variants: (variants[file.path] ?? []).sorted {
            ($1.width, $0.bytes, $0.path) < ($0.width, $1.bytes, $1.path)
          },
          isOutdated: report.outdated.contains(file.path), findings: findings[file.path] ?? [],
          pair: report.pairs[file.path])
      }
  }

  /// The findings that name an image or the place of one, by the image.
  private static func findings(_ result: CheckResult) -> [String: [Diagnostic]] {
    struct Spot: Hashable {
      var page: String
      var line: Int
      var column: Int?
    }
    var files: [Spot: String] = [:]
    for page in result.weight.pages {
      for image in page.images {
        guard let line = image.line, let file = image.file else { continue }
        files[Spot(page: page.path, line: line, column: image.column)] = file
      }
    }
    var findings: [String: [Diagnostic]] = [:]
    for finding in result.findings {
      let file = finding.line.flatMap {
        files[Spot(page: finding.file, line: $0, column: finding.column)]
      }
      findings[file ?? finding.file, default: []].append(finding)
    }
    return findings
  }
}
