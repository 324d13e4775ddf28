import Foundation
import Testing
import TestSupport

@testable import Web

/// What differs between the feeds of two builds.
@Suite struct FeedComparisonTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var before: String
    var after: String
    /// A part of what is said; nil where the feeds are the same.
    var says: String?
    var testDescription: String { name }
  }

  private static let old = #"<p><img src="https://a.example/b.jpg" alt="x"> text</p>"#
  private static func new(_ candidate: String, src: String = "https://a.example/b.jpg") -> String {
    #"<p><picture><source type="image/avif" srcset="\#(candidate) 300w"><img src="\#(src)" alt="x"></picture> text</p>"#
  }
  private static func escaped(_ html: String) -> String {
    html.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
      "\"", with: "&quot;")
  }
  private static func rss(_ content: String, more: String = "") -> String {
    "<?xml version=\"1.0\"?><rss><channel>\(more)<item><description>\(content)</description></item></channel></rss>"
  }

  private static func based(_ content: String, at address: String = "https://a.example/posts/") -> String {
    "<feed><entry><content type=\"html\" xml:base=\"\(address)\">\(content)</content></entry></feed>"
  }

  @Test(arguments: [
    Case(
      name: "candidates that are there", before: rss(escaped(old)),
      after: rss(escaped(new("https://a.example/c.avif")))),
    Case(
      name: "candidates in CDATA", before: rss("<![CDATA[\(old)]]>"),
      after: rss("<![CDATA[\(new("https://a.example/c.avif"))]]>")),
    Case(
      name: "candidates without a host", before: rss(escaped(old)), after: rss(escaped(new("/c.avif"))),
      says: "/c.avif has no host"),
    Case(
      name: "candidates of an element that says where its URLs start",
      before: based(escaped(old)), after: based(escaped(new("/c.avif", src: "/b.jpg")))),
    Case(
      name: "candidates of such an element that are not there",
      before: based(escaped(old)), after: based(escaped(new("/gone.avif"))), says: "gone.avif is not there"),
    Case(
      name: "candidates of an element that says its own path", before: based(escaped(old), at: "/posts/"),
      after: based(escaped(new("/c.avif")), at: "/posts/"), says: "/c.avif has no host"),
    Case(
      name: "candidates that are not there", before: rss(escaped(old)),
      after: rss(escaped(new("https://a.example/gone.avif"))), says: "gone.avif is not there"),
    Case(
      name: "a newer format as src", before: rss(escaped(old)),
      after: rss(escaped(new("https://a.example/c.avif", src: "https://a.example/c.avif"))),
      says: "not every reader"),
    Case(
      name: "text that vanished", before: rss(escaped(old)),
      after: rss(escaped(new("https://a.example/c.avif")).replacing(" text", with: "")), says: "text"),
    Case(
      name: "a summary that was cut elsewhere", before: rss("A few words"), after: rss("A few"),
      says: "A few"),
    Case(name: "an item less", before: rss("A", more: "<item></item>"), after: rss("A"), says: "parts"),
    Case(
      name: "an enclosure that became lighter",
      before: rss("A", more: #"<enclosure url="https://a.example/b.jpg" length="9" type="image/jpeg"/>"#),
      after: rss("A", more: #"<enclosure url="https://a.example/c.avif" length="5" type="image/jpeg"/>"#)),
    Case(
      name: "XHTML", before: "<feed><content type=\"xhtml\"><div>\(old)</div></content></feed>",
      after: "<feed><content type=\"xhtml\"><div>\(new("/c.avif"))</div></content></feed>",
      says: "has no host"),
    Case(
      name: "a sitemap is none", before: "<urlset><url><loc>a</loc></url></urlset>",
      after: "<urlset><url><loc>b</loc></url></urlset>"),
  ])
  func saysWhatDiffers(_ one: Case) throws {
    let folder = try TemporaryFolder([
      "old/feed.xml": one.before, "new/feed.xml": one.after, "new/c.avif": "x", "new/b.jpg": "x",
    ])
    let comparison = try FeedComparison(
      before: folder("old"), after: folder("new"),
      publication: .init(baseurl: "", hosts: ["a.example"]))
    if let says = one.says {
      #expect(comparison.changed.first?.difference.contains(says) == true, "\(comparison.changed)")
    } else {
      #expect(comparison.changed == [])
    }
  }

  @Test func readsJSONFeeds() throws {
    let feed = { (text: String) in
      #"{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_html": "\#(text)"}]}"#
    }
    let folder = try TemporaryFolder([
      "old/feed.json": feed("<p>one</p>"), "new/feed.json": feed("<p>two</p>"), "old/other.json": "{}",
      "new/other.json": "[]",
    ])
    let comparison = try FeedComparison(before: folder("old"), after: folder("new"))
    #expect(comparison.feeds == 1 && comparison.changed.map(\.feed) == ["feed.json"])
  }

  /// The time of a build is another each time, and hides nothing else.
  @Test func leavesOutWhatDiffersByItself() throws {
    let feed = { (date: String, text: String) in
      "<rss><channel><lastBuildDate>\(date)</lastBuildDate><title>\(text)</title></channel></rss>"
    }
    let folder = try TemporaryFolder([
      "old/a.xml": feed("1", "a"), "new/a.xml": feed("2", "b"), "again/a.xml": feed("3", "a"),
    ])
    let comparison = try FeedComparison(before: folder("old"), after: folder("new"))
    let again = try FeedComparison(before: folder("old"), after: folder("again"))
    #expect(comparison.changed.count == 2)
    #expect(comparison.without(again).map(\.difference) == ["before “a”, after “b”"])
  }
}
