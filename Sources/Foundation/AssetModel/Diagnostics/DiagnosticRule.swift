extension Diagnostic {
  /// The kinds of problems of a site. The raw value is stable: people write it in configurations, and programs read it.
  public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
    // MARK: Of files, posts and references

    /// A file could not be decoded.
    case undecodable
    /// A file is damaged, or its color profile is, and was used as far as it goes.
    case damaged
    /// An encoder refused an image.
    case encodeFailed = "encode-failed"
    /// A file is larger, in pixels or bytes, than the pipeline takes on.
    case tooLarge = "too-large"
    /// A file could not be read or written.
    case unreadable
    /// A file of the site is no part of the copy, or a file in the copy's folder is not the run's.
    case notCopied = "not-copied"
    /// A reference names no file.
    case missingFile = "missing-file"
    /// A reference leaves the site's root.
    case outsideSite = "outside-site"
    /// A reference's URL is template code that only the generator can evaluate.
    case templated
    /// A file is of a kind that is passed through untouched.
    case passedThrough = "passed-through"
    /// A file's extension does not say what it holds.
    case extensionMismatch = "extension-mismatch"
    /// An SVG holds scripts, or loads other files.
    case svgContent = "svg-content"
    /// Most browsers do not show files of this format.
    case notShown = "not-shown"
    /// New files of an image do not hold everything that its own does.
    case partLeftOut = "part-left-out"
    /// Browsers differ in how they show a file.
    case shownDifferently = "shown-differently"
    /// No variant was smaller than the source.
    case alreadySmall = "already-small"
    /// Front matter could not be read.
    case badFrontMatter = "bad-front-matter"
    /// A post is not processed by its generator, or cannot be rewritten safely.
    case postSkipped = "post-skipped"
    /// A reference was left as the author wrote it.
    case referenceKept = "reference-kept"
    /// An attribute in a post requests something that does not exist, or is not possible there.
    case badAttribute = "bad-attribute"
    /// An HTML image has no alternative text.
    case missingAlt = "missing-alt"
    /// An image's alternative text is empty.
    case emptyAlt = "empty-alt"
    /// The scanner and the site's own generator differ on whether something is an image.
    case oraclesDiffer = "judges-differ"
    /// A post that the site's own generator could not judge.
    case notJudged = "not-judged"
    /// How wide a built page shows some of its images is not known.
    case slotUnknown = "slot-unknown"
    /// The author changed text that an earlier in-place run had written.
    case authorEdit = "author-edit"
    /// A variant differs from what an earlier in-place run produced.
    case variantChanged = "variant-changed"
    /// Posts are of a format that is not read.
    case unreadFormat = "unread-format"
    /// There is no post or page in the site.
    case nothingFound = "nothing-found"
    /// An original can be made lighter in its own format.
    case heavyOriginal = "heavy-original"
    /// The original of a picture that was made lighter is not to be had.
    case originalGone = "original-gone"
    /// The site's own configuration could not be read, or holds something unexpected.
    case siteConfiguration = "site-configuration"
    /// The cache cannot be used, or no longer: everything is computed again.
    case cacheUnusable = "cache-unusable"
    /// An entry of the cache was damaged, and is computed again.
    case cacheDamaged = "cache-damaged"

    // MARK: Of what pages weigh, with no limit of the site's own

    /// A file at least twice as wide as any device shows it.
    case oversized
    /// Bytes of pixels that no screen shows, by Lighthouse's rule.
    case wastedBytes = "wasted-bytes"
    /// An HTML image without width or height.
    case noDimensions = "no-dimensions"
    /// A published file that tells where it was taken.
    case location
    /// A file whose extension is another format's.
    case typeMismatch = "type-mismatch"
    /// A GIF over 100 kB.
    case heavyGIF = "heavy-gif"
    /// An image shown at several widths, of which there is one file.
    case singleSize = "single-size"
    /// A published image that no page names.
    case unreferenced
    /// The same bytes under two names.
    case duplicateFile = "duplicate-file"

    // MARK: Of budgets, and of the baseline

    /// A file has more bytes than its budget.
    case budgetImageBytes = "budget-image-bytes"
    /// A file has more bytes than files of its format may.
    case budgetFormat = "budget-format"
    /// A file has more pixels than its budget.
    case budgetImagePixels = "budget-image-pixels"
    /// A file has more bytes for each pixel than its budget.
    case budgetImageBytesPerPixel = "budget-image-bytes-per-pixel"
    /// A page makes a screen download more than its budget.
    case budgetPageTotal = "budget-page-total"
    /// A page makes a screen download more than its budget before anybody scrolls.
    case budgetPageFirstView = "budget-page-first-view"
    /// The files of a page's images are larger than its budget.
    case budgetPageOriginals = "budget-page-originals"
    /// A page shows more images than its budget.
    case budgetPageImages = "budget-page-images"
    /// The site's images are larger than its budget.
    case budgetSiteTotal = "budget-site-total"
    /// The site's images have grown by more than its budget.
    case budgetSiteGrowth = "budget-site-growth"
    /// A page makes a screen download more than the baseline says.
    case baselinePage = "baseline-page"
    /// The site's images are larger than the baseline says.
    case baselineSite = "baseline-site"

    // MARK: Of runs that cannot be carried out

    /// The program's configuration, or a file that it names, is wrong.
    case configuration
    /// There is no site, or its generator is not supported.
    case noSite = "no-site"
    /// The output is not one to write to.
    case badOutput = "bad-output"
    /// The file system refused something.
    case fileSystem = "file-system"
    /// The site's generator could not build it.
    case generator
    /// No browser works.
    case browser
    /// The libvips of this machine is not good for the work.
    case engine
    /// It would not be safe now.
    case refused
    /// The journal of in-place edits cannot be used.
    case journal
    /// Somebody wished to stop.
    case cancelled
  }
}

extension Diagnostic.Rule {
  /// Whether the rule belongs to errors that end a run. They have only one message, which needs no name to distinguish
  /// it.
  package var endsRun: Bool {
    switch self {
    case .configuration, .noSite, .badOutput, .fileSystem, .generator, .browser, .engine, .refused, .journal,
      .cancelled:
      true
    default: false
    }
  }
}
