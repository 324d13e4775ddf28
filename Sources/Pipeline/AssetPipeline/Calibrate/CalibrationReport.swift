import AssetModel

/// What ``Calibrator`` measured.
public struct CalibrationReport: Codable, Hashable, Sendable {
  /// One content image in the windows of ``CalibrationReport/widths``.
  public struct Image: Codable, Hashable, Sendable {
    /// The post that holds it.
    public var post: String
    /// The file, relative to the site's root.
    public var source: String
    /// The place in the page, `body > main > p[2] > img`.
    public var path: String
    /// The image's own width in CSS pixels.
    public var own: Double
    /// The width at which it is shown in each window, in CSS pixels.
    public var shown: [Double]
    /// The width that its `sizes` will say.
    public var stated: [Double]

    /// How far the stated widths are off at most, as a part of the shown ones.
    public var error: Double {
      zip(shown, stated).map { $0 > 0 ? abs($1 - $0) / $0 : 0 }.max() ?? 0
    }
  }

  /// A form of markup that changes pages.
  public struct Trial: Codable, Hashable, Sendable {
    /// `picture` or `hints`.
    public var form: String
    /// The layout that was tried.
    public var layout: String
    /// The page that changes.
    public var page: String
    /// The window in which it does, as `412x915@2.625`.
    public var viewport: String
    /// How many elements change.
    public var changes: Int
    /// The first change.
    public var first: String
  }

  /// The site's folder.
  public var site: String
  /// The configuration file that the section goes to.
  public var file: String
  /// The command that built the site; nil for a tree of pages.
  public var command: String?
  /// The browser's name and version.
  public var browser: String
  /// The widths of the windows, in CSS pixels.
  public var widths: [Int]
  /// What goes to the configuration.
  public var layouts = MeasuredLayouts()
  /// Every content image of every post that was measured.
  public var images: [Image] = []
  /// Pages that were opened.
  public var pages = 0
  /// Forms that do not keep the layout.
  public var trials: [Trial] = []
  /// What a person should know: pages that could not be opened, images that were not found.
  public var notes: [String] = []
  /// Wall time in seconds.
  public var seconds = 0.0
}
