import AssetModel
import Web

/// What the images of a site weigh, page by page: what budgets and lints are judged by.
package struct SiteWeight: Codable, Hashable, Sendable {
  /// The devices that the downloads are computed for, in the order of the configuration.
  package var devices: [Screen]
  /// The posts or pages, sorted by path.
  package var pages: [PageWeight]
  /// Every image file that is published, sorted by path; referenced or not.
  package var files: [PublishedImage]
  /// What could not be read or judged; the rest is complete without it.
  package var problems: [Diagnostic]

  /// Makes the weight of a site.
  package init(devices: [Screen], pages: [PageWeight], files: [PublishedImage], problems: [Diagnostic] = []) {
    self.devices = devices
    self.pages = pages
    self.files = files
    self.problems = problems
  }
}
