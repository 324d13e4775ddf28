extension PageWeight {
  /// The different files that a device downloads for the page, with their sizes. A file that stands in a page twice is
  /// downloaded once; an image of the front matter alone is not.
  package func downloads(on device: String, inFirstView: Bool = false) -> [String: Int] {
    var files: [String: Int] = [:]
    for image in images where !image.isMetadata {
      guard let download = image.downloads[device], !inFirstView || download.isInFirstView else { continue }
      files[download.file] = download.bytes
    }
    return files
  }

  /// The bytes that a device downloads for the page.
  package func total(on device: String) -> Int { downloads(on: device).values.reduce(0, +) }

  /// The bytes of the page's first view.
  package func firstView(on device: String) -> Int {
    downloads(on: device, inFirstView: true).values.reduce(0, +)
  }
}

extension SiteWeight {
  /// The bytes that each device downloads, by its name: the sums over the pages.
  package var downloads: [String: Int] {
    Dictionary(
      devices.map { device in (device.name, pages.reduce(0) { $0 + $1.total(on: device.name) }) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The bytes of all published images.
  package var total: Int { files.reduce(0) { $0 + $1.bytes } }

  /// The bytes of the different files that a page names.
  package func originals(of page: PageWeight) -> Int {
    let sizes = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    return Set(page.images.compactMap(\.file)).reduce(0) { $0 + (sizes[$1] ?? 0) }
  }
}
