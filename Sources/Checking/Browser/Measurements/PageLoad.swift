import Foundation
import Web

/// What a reader waits for who opens a page on a phone with a slow connection.
package struct PageLoad: Codable, Hashable, Sendable {
  /// Milliseconds until the largest thing of the first view was painted.
  package var largestPaint: Double
  /// Its file; empty for a text.
  package var largestURL: String
  /// The sum of layout shifts.
  package var shift: Double
  /// Images for which no space is reserved before they are there: no height, no aspect ratio, no pair of attributes.
  package var unsized: Int
  /// Images below the first view that are fetched at once, because they do not say when to load.
  package var offscreen: Int
  /// Bytes of images that were fetched without scrolling.
  package var bytes: Int = 0

  enum CodingKeys: CodingKey { case largestPaint, largestURL, shift, unsized, offscreen }
}

extension PageVisit {
  /// A phone, as Lighthouse emulates one: `constants.js`, `MOTOGPOWER_EMULATION_METRICS`.
  private static let phone = Screen(width: 412, height: 823, density: 1.75)
  /// Seconds that a page may take to come to rest.
  private static let patience = 120

  /// Loads a page as a phone on a slow 4G connection does, and scrolls nothing.
  ///
  /// - Parameter hasImages: false refuses every image, which tells how soon the rest of the page is painted.
  /// - Throws: `ChromiumError`
  package func load(_ page: String, hasImages: Bool = true) throws -> PageLoad {
    let tab = try open(page, at: Self.phone, seconds: Self.patience) { tab in
      try tab.slowDown()
      if !hasImages { try tab.refuse(Self.imageAddresses) }
    }
    defer { tab.close() }
    _ = try tab.waitForQuiet(seconds: Self.patience)
    var load = try tab.evaluate(PageScript.load, as: PageLoad.self)
    load.bytes = tab.resources.filter { $0.type == "Image" }.reduce(0) { $0 + $1.bytes }
    return load
  }

  private static let imageAddresses = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"].flatMap {
    ["*.\($0)", "*.\($0)?*", "*.\($0.uppercased())"]
  }
}

extension Tab {
  /// Slows the network and the scripts down as Lighthouse does for a phone (`constants.js`, `mobileSlow4G`, the figures that
  /// DevTools applies to each request: 150 ms of round trip times 3.75, 1,638.4 and 750 kbit/s times 0.9; processor by 4).
  func slowDown() throws(ChromiumError) {
    try send("Network.setCacheDisabled", ["cacheDisabled": true])
    try send(
      "Network.emulateNetworkConditions",
      [
        "offline": false, "latency": .number(562.5), "downloadThroughput": .number(1_474.56 * 1_024 / 8),
        "uploadThroughput": .number(675 * 1_024 / 8),
      ])
    try send("Emulation.setCPUThrottlingRate", ["rate": .number(4)])
  }

  /// Has requests for addresses like these fail.
  func refuse(_ patterns: [String]) throws(ChromiumError) {
    try send("Network.setBlockedURLs", ["urls": .array(patterns.map { .string($0) })])
  }
}
