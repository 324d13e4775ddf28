import AssetModel

/// Limits for the images of some files and pages.
package struct Budget: Hashable, Sendable {
  /// A measure that a limit is set for; the raw value is the finding's id behind `budget-`.
  package enum Measure: String, Hashable, Sendable, CaseIterable {
    /// Bytes of one image file.
    case imageBytes = "image-bytes"
    /// Width times height of one image file.
    case imagePixels = "image-pixels"
    /// Bytes of one image file for each of its pixels.
    case imageDensity = "image-bytes-per-pixel"
    /// Bytes of the different files that a page names.
    case pageOriginals = "page-originals"
    /// The number of images in a page.
    case pageImages = "page-images"
    /// Bytes of all published images.
    case siteTotal = "site-total"
    /// Bytes that the published images have grown by since the baseline.
    case siteGrowth = "site-growth"
  }

  /// Which paths count: those of image files for limits of images, those of posts and pages for the others; nil for all.
  package var glob: String?
  /// The same as a shell pattern whose `*` stands for slashes too, as Lighthouse's budgets have it.
  package var shellPattern: String?
  /// The tag that a page's front matter has to carry; of an image: that of a page naming it.
  package var tag: String?
  /// How much it matters that a limit is passed.
  package var severity: Diagnostic.Severity
  /// The limits by measure: bytes, pixels, counts, or bytes per pixel.
  package var limits: [Measure: BudgetLimit] = [:]
  /// The most bytes that one page makes a device download, by the device's name; `*` stands for every device.
  package var pageTotals: [String: BudgetLimit] = [:]
  /// The most bytes of the images in a page's first view, in the same way.
  package var firstViews: [String: BudgetLimit] = [:]
  /// The most bytes of one image file, by format.
  package var formats: [ImageFormat: BudgetLimit] = [:]

  /// Makes a budget without limits.
  package init(glob: String? = nil, tag: String? = nil, severity: Diagnostic.Severity = .error) {
    self.glob = glob
    self.tag = tag
    self.severity = severity
  }

  private func covers(_ path: String) -> Bool {
    (glob.map { PathPattern($0).matches(path) } ?? true)
      && (shellPattern.map { Glob.matches($0, path) } ?? true)
  }

  /// Whether the budget speaks of a page.
  package func covers(_ page: PageWeight) -> Bool {
    covers(page.path) && (tag.map(page.tags.contains) ?? true)
  }

  /// Whether the budget speaks of an image file.
  ///
  /// - Parameter tags: the tags of the pages that name it.
  package func covers(_ image: PublishedImage, tags: Set<String>) -> Bool {
    covers(image.path) && (tag.map(tags.contains) ?? true)
  }
}
