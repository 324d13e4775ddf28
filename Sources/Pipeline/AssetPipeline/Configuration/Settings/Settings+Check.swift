import AssetModel
import SizeBudget

extension Settings {
  /// What `check` goes by.
  static let check: [Setting] = [
    Setting(
      "lints", .mapping(lints),
      """
      What else is said about images: warning, note or off. missing-alt: an <img> without alt. empty-alt: an image whose alt
      is empty, as a decoration's should be.
      The others are those of `optimize-assets check`, which Config/lints.md describes; one that is an error makes it fail.
      """,
      example: """
        lints:
          missing-alt: note
          empty-alt: off
          oversized: warning
          wasted-bytes: warning
          no-dimensions: note
          location: warning
          type-mismatch: warning
          heavy-gif: warning
          single-size: note
          unreferenced: note
          duplicate-file: note
          missing-file: warning
        """),
    Setting(
      "devices", .named(.text),
      """
      The screens that `optimize-assets check` computes downloads for: width and height in CSS pixels, device pixels to each.
      """,
      example: """
        devices:
          phone: 412x915@2.625
          tablet: 820x1180@2
          laptop: 1440x900@1
          desktop: 1920x1080@2
        """),
    Setting(
      "budgets", .list(.mapping(budget)),
      """
      Limits that `optimize-assets check` holds the site against; Config/budgets.yml shows all there are.
      """,
      example: """
        budgets: []
        """),
  ]

  private static let lints: [Setting] = Diagnostic.Rule.lints.map {
    Setting($0.rawValue, .choice(LintLevel.allCases), "See Config/lints.md.")
  }

  /// One budget.
  static let budget: [Setting] = [
    Setting("glob", .text, "The paths that count; without a glob, all."),
    Setting("tag", .text, "Only pages whose front matter has this tag or category."),
    Setting("severity", .choice(BudgetFile.Level.allCases), "error makes the check fail, warning does not."),
    Setting(
      "image",
      .mapping([
        Setting("bytes", .bytes, "The most bytes of one image file."),
        Setting("pixels", .integer(1...10_000_000_000), "The most pixels of one image file."),
        Setting("bytesPerPixel", .number(0.001...100), "The most bytes for each pixel."),
      ]), "Limits of each image file."),
    Setting(
      "page",
      .mapping([
        Setting(
          "total", .any([.bytes, .named(.bytes)]),
          "What a page makes a device download: for all, or by device."),
        Setting("firstView", .any([.bytes, .named(.bytes)]), "The same of the images that load at once."),
        Setting("originals", .bytes, "The bytes of the files that the page names."),
        Setting("images", .integer(0...1_000_000), "The number of images."),
      ]), "Limits of each page."),
    Setting(
      "site",
      .mapping([
        Setting("total", .bytes, "The bytes of all published images."),
        Setting("growth", .bytes, "The bytes more than in the baseline."),
      ]), "Limits of the site."),
    Setting(
      "formats",
      .mapping(ImageFormat.allCases.map { Setting($0.rawValue, .bytes, "The largest file of this format.") }),
      "The largest file of a format."),
  ]
}
