import Browser

extension VerifyReport {
  /// How a page loads on a phone with a slow connection, as Lighthouse emulates one, in both builds.
  public struct Load: Codable, Hashable, Sendable {
    /// One build's page.
    public struct Side: Codable, Hashable, Sendable {
      /// Seconds until the largest thing of the first view was painted.
      public var largestPaint: Double
      /// The sum of layout shifts.
      public var shift: Double
      /// Images for which no space is reserved before they are there.
      public var unsized: Int
      /// Images below the first view that are fetched before anybody scrolls, because they do not say when to load.
      public var offscreen: Int
      /// Bytes of images that are fetched before anybody scrolls.
      public var bytes: Int
    }

    /// The page's path in the built site.
    public var page: String
    /// The page before; nil where it could not be measured.
    public var before: Side?
    /// The page after; nil where it could not be measured.
    public var after: Side?
    /// Seconds until the largest paint of the page after when no image comes at all: what its stylesheets and scripts take.
    public var withoutImages: Double?
    /// Why it could not be measured.
    public var failure: String?
  }
}

extension VerifyReport.Load {
  init(_ page: String, _ old: PageVisit, _ new: PageVisit) {
    self.init(page: page)
    do {
      before = Side(try old.load(page))
      after = Side(try new.load(page))
      withoutImages = try new.load(page, hasImages: false).largestPaint / 1_000
    } catch {
      failure = "\(error)"
    }
  }
}

extension VerifyReport.Load.Side {
  init(_ load: PageLoad) {
    self.init(
      largestPaint: load.largestPaint / 1_000, shift: load.shift, unsized: load.unsized,
      offscreen: load.offscreen, bytes: load.bytes)
  }
}
