import Foundation
import TestSupport

/// A small built site that a test writes for itself, as a generator would leave it: pages, a stylesheet, a feed, pictures.
enum DrawnPages {
  /// Quick settings.
  static let settings = "quality: fixed\nwidths: [160, 320]\nformats: {webp: {effort: 0}}\n"

  /// Writes the site into a folder.
  static func write(to folder: TemporaryFolder, name: String = "site", further: [String: String] = [:]) throws
  {
    for (path, text) in texts.merging(further, uniquingKeysWith: { $1 }) {
      try folder.write(text, to: name + "/" + path)
    }
    try folder.write(settings, to: "quick.yml")
    for (picture, grain) in [("a", 2), ("b", 5)] {
      let image = try DrawnSite.picture(400, 300, grain: grain)
      try folder.write(image.jpeg(quality: 92, chroma: .full), to: "\(name)/img/\(picture).jpg")
    }
  }

  private static let texts = [
    "index.html": page("Start", "<ul><li><a href=\"/posts/a/\">A</a><li><a href=\"/posts/b/\">B</a></ul>"),
    "posts/a/index.html": page(
      "A", "<p>One <img src=\"/img/a.jpg\" alt=\"a\"> two</p><p><img alt=b src=../../img/b.jpg></p>"),
    "posts/b/index.html": page(
      "B",
      "<figure><picture><source srcset=\"/img/a.jpg 400w\"><img src=\"/img/b.jpg\" alt=\"\"></picture></figure>"
        + "<p><img src=/img/b.jpg srcset='/img/b.jpg 400w'><img src=\"/img/a.jpg\"></p>"),
    "style.css": "main img { max-width: 100%; height: auto }",
    "feed.xml": "<rss><item><description>&lt;img src=\"/img/a.jpg\"&gt;</description></item></rss>",
  ]

  static func page(_ title: String, _ main: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
    <link rel="stylesheet" href="/style.css"></head>
    <body><main>\(main)</main></body></html>

    """
  }
}
