import AssetModel
import Foundation
import SiteFiles
import Testing
import TestSupport

@testable import PageScanner

@Suite struct PageScannerTests {
  /// Each page, and what it is found to refer to: kind, URL, status, source.
  @Test(arguments: [
    (#"<img src="/a/x.png" alt="x">"#, ["html-img /a/x.png local a/x.png"]),
    (#"<IMG SRC=/a/x.png>"#, ["html-img /a/x.png local a/x.png"]),
    (#"<image src="/a/x.png">"#, ["html-img /a/x.png local a/x.png"]),
    (#"<img src=" ../a/x.png ">"#, ["html-img  ../a/x.png  local a/x.png"]),
    (#"<img src="x.png">"#, ["html-img x.png missing -"]),
    (#"<img src="local.png?v=2#f">"#, ["html-img local.png?v=2#f local p/local.png"]),
    (#"<img src="../../up.png">"#, ["html-img ../../up.png outside-site -"]),
    (#"<img src="">"#, []),
    (#"<img src="data:image/gif;base64,R0">"#, ["html-img data:image/gif;base64,R0 data -"]),
    (#"<img src="//other.org/a/x.png">"#, ["html-img //other.org/a/x.png remote -"]),
    (#"<img src="https://blog.org/a/x.png">"#, ["html-img https://blog.org/a/x.png local a/x.png"]),
    (#"<img src="/a/%EC%82%AC%20%EC%A7%84.png">"#, ["html-img /a/%EC%82%AC%20%EC%A7%84.png local a/사 진.png"]),
    (#"<img src="/a/doc.pdf">"#, ["html-img /a/doc.pdf unsupported a/doc.pdf"]),
    (#"<img src="/sub/a/x.png">"#, ["html-img /sub/a/x.png local a/x.png"]),
    (
      #"<picture><source srcset="/a/x.png 1x, /a/y.png 2x"><img src="/a/x.png"></picture>"#,
      [
        "html-source /a/x.png local a/x.png", "html-source /a/y.png missing -",
        "html-img /a/x.png local a/x.png",
      ]
    ),
    (#"<video poster="/a/x.png"></video>"#, ["video-poster /a/x.png local a/x.png"]),
    (#"<link rel="preload" as="image" href="/a/x.png">"#, ["preload /a/x.png local a/x.png"]),
    (#"<link rel="preload" as="font" href="/a/x.png">"#, []),
    (
      #"<meta property="og:image" content="https://blog.org/a/x.png">"#,
      [
        "meta-image https://blog.org/a/x.png local a/x.png"
      ]
    ),
    (#"<div style="background-image:url('/a/x.png')"></div>"#, ["css-url /a/x.png local a/x.png"]),
    (#"<style>p{background:url(/a/x.png)}</style>"#, ["css-url /a/x.png local a/x.png"]),
    (#"<script>var s = '<img src="/a/x.png">'</script>"#, []),
    (#"<!-- <img src="/a/x.png"> -->"#, []),
    (#"<template><img src="/a/x.png"></template>"#, []),
    (#"<noscript><img src="/a/x.png"></noscript>"#, []),
    (#"<textarea><img src="/a/x.png"></textarea>"#, []),
    (#"<base href="/a/"><img src="x.png">"#, ["html-img x.png local a/x.png"]),
    (#"<base href="https://cdn.org/"><img src="x.png">"#, ["html-img x.png remote -"]),
  ])
  func finds(body: String, expected: [String]) throws {
    let found = try scan("<head><link rel=canonical href=\"https://blog.org/p/page.html\"></head>" + body)
    #expect(
      found.references.map { "\($0.kind.rawValue) \($0.url) \($0.status.rawValue) \($0.source ?? "-")" }
        == expected)
  }

  @Test func rangesAndPlacesAreExact() throws {
    let page = "<p>한글\n <img class=\"a\" src='/a/x.png'>\n"
    let reference = try #require(scan(page).references.first)
    let bytes = Array(page.utf8)
    #expect(
      String(decoding: bytes[reference.range.range], as: UTF8.self) == "<img class=\"a\" src='/a/x.png'>")
    #expect(String(decoding: bytes[reference.urlRange.range], as: UTF8.self) == "/a/x.png")
    #expect(reference.line == 2)
    #expect(reference.column == 2)
    #expect(reference.attributes == ["class": "a"])
  }

  @Test(arguments: [
    ("<img src='/a/x.png'>", "/o/v.webp"), ("<img src='../a/x.png'>", "../o/v.webp"),
    ("<img src='https://blog.org/a/x.png'>", "https://blog.org/o/v.webp"),
    ("<img src='/sub/a/x.png'>", "/sub/o/v.webp"),
  ])
  func linksAreWrittenTheAuthorsWay(body: String, expected: String) throws {
    let found = try scan("<link rel=canonical href=\"https://blog.org/p/page.html\">" + body)
    #expect(found.references.first?.link?.url(of: "o/v.webp") == expected)
  }

  @Test func theCanonicalURLTellsTheBaseurl() throws {
    let found = try scan(
      "<link rel=canonical href=\"https://blog.org/base/p/page.html\"><img src='/base/a/x.png'>")
    #expect(found.references.first?.source == "a/x.png")
    #expect(found.references.first?.link?.prefix == "/base/")
  }

  @Test func aPageNestedTooDeeplyIsLeftAlone() throws {
    let found = try scan(String(repeating: "<div>", count: 5_000) + "<img src='/a/x.png'>")
    #expect(found.references.isEmpty)
    #expect(found.problems.map(\.rule) == [.postSkipped])
  }

  @Test func bytesThatAreNotUTF8AreTolerated() throws {
    let folder = try TemporarySite()
    var page = Data([0xFF, 0xFE, 0x80])
    page += Data("<img src='/a/x.png'>".utf8)
    try FileAccess.write(page, to: folder.path + "/p/page.html")
    #expect(try folder.scan().references.first?.range == ByteRange(3, 23))
  }

  @Test func pagesComeInOrderWhateverTheNumberOfWorkers() throws {
    let folder = try TemporarySite()
    for number in 0..<40 {
      try FileAccess.write(
        Data("<img src='/a/x.png'><img src='/nothing\(number).png'>".utf8),
        to: folder.path + "/n/\(number).html")
    }
    let one = try folder.scan(jobs: 1)
    #expect(one.posts.count == 40)
    #expect(one.problems.count == 40)
    for jobs in [2, 5] {
      let many = try folder.scan(jobs: jobs)
      #expect(many.references == one.references)
      #expect(many.problems == one.problems)
    }
  }

  private func scan(_ page: String) throws -> PageScanner.Result {
    let folder = try TemporarySite()
    try FileAccess.write(Data(page.utf8), to: folder.path + "/p/page.html")
    return try folder.scan()
  }
}

/// A tree with a few files that pages may refer to, removed when the test ends.
private struct TemporarySite {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  init() throws {
    folder = try TemporaryFolder([
      "a/x.png": "x", "a/사 진.png": "x", "a/doc.pdf": "x", "p/local.png": "x",
    ])
  }

  func scan(jobs: Int = 1) throws -> PageScanner.Result {
    let site = Site(kind: .html, reason: "", root: path)
    return try PageScanner(root: SiteRoot(path), site: site, excluded: [], jobs: jobs).scan()
  }
}
