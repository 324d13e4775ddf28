import Foundation
import TestSupport
import Vips

/// A small Jekyll site that a test writes for itself: the same bytes each time, and images small enough to be quick.
enum DrawnSite {
  /// Writes the site into a folder.
  static func write(to folder: TemporaryFolder, name: String = "site") throws {
    for (path, text) in texts { try folder.write(text, to: name + "/" + path) }
    let photograph = try picture(1000, 600, grain: 7)
    try folder.write(photograph.jpeg(quality: 92, chroma: .full), to: name + "/assets/images/harbour.jpg")
    try folder.write(
      picture(700, 900, grain: 3).jpeg(quality: 92, chroma: .full), to: name + "/assets/images/바다 사진 (1).jpg")
    try folder.write(picture(480, 270, grain: 1).png(), to: name + "/assets/images/screen.png")
    try folder.write(cutOut(360, 240).png(), to: name + "/assets/images/cut-out.png")
    try folder.write(
      #"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>"#,
      to: name + "/assets/images/mark.svg")
  }

  /// Soft colors under a pattern that repeats every `grain` pixels or so.
  static func picture(_ width: Int, _ height: Int, grain: Int) throws -> Image {
    let (w, h) = (width / 10, height / 10)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(w * h * 3)
    for y in 0..<h {
      for x in 0..<w {
        let noise = (x &* 7919 ^ y &* 104_729 ^ grain &* 31) % 40
        pixels.append(UInt8(60 + 120 * x / w + noise))
        pixels.append(UInt8(200 - 110 * y / h - noise))
        pixels.append(UInt8(90 + 60 * (x + y) / (w + h) + noise))
      }
    }
    return try Image.fromPixels(pixels, width: w, height: h, bands: 3, file: "drawing")
      .resized(width: width, height: height)
  }

  /// A square on nothing.
  private static func cutOut(_ width: Int, _ height: Int) throws -> Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 4)
    for y in 0..<height {
      for x in 0..<width {
        let isInside = x > width / 4 && x < 3 * width / 4 && y > height / 4 && y < 3 * height / 4
        pixels += isInside ? [230, UInt8(x % 200), 40, 255] : [0, 0, 0, 0]
      }
    }
    return try Image.fromPixels(pixels, width: width, height: height, bands: 4, file: "drawing")
  }

  private static let texts = [
    "_config.yml": """
    title: A drawn site
    url: https://drawn.example
    baseurl: ""
    permalink: /:year/:month/:title.html
    """,
    "_layouts/default.html": """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{ page.title }}</title>
    {% if page.image %}<meta property="og:image" content="{{ page.image | absolute_url }}">
    <script type="application/ld+json">{"@type":"BlogPosting","image":{{ page.image | absolute_url | jsonify }}}</script>
    {% endif %}<link rel="stylesheet" href="{{ "/style.css" | relative_url }}">
    </head>
    <body><main{% if page.image %} style="background-image: url('{{ page.image | relative_url }}')"{% endif %}>
    {{ content }}
    </main></body>
    </html>
    """,
    "style.css": """
    body { margin: 0; font: 16px/1.6 sans-serif } main { max-width: 600px; margin: 0 auto; padding: 0 16px }
    main img { max-width: 100% } img + em { display: block; color: rgb(90, 90, 90); font-size: 13px }
    .center { text-align: center } .right { float: right; width: 40% }
    """,
    "index.html": """
    ---
    layout: default
    title: Posts
    ---
    <ul>{% for post in site.posts %}<li><a href="{{ post.url | relative_url }}">{{ post.title }}</a></li>{% endfor %}</ul>
    """,
    "_posts/2026-01-02-harbour.md": """
    ---
    layout: default
    title: Harbour
    image: /assets/images/harbour.jpg
    ---

    {:.center}
    ![The harbour](/assets/images/harbour.jpg)
    *At seven in the morning*

    Text, then ![screen](../../assets/images/screen.png "A screen"){:.right} more text.

    [![linked]({{ site.baseurl }}/assets/images/harbour.jpg)](/assets/images/harbour.jpg)
    """,
    "_posts/2026-01-03-바다.md": """
    ---
    layout: default
    title: "바다"
    ---
    글 ![바다][sea] 뒤

    - <img src="{{ "/assets/images/cut-out.png" | relative_url }}" alt="a square" width="120">
    - ![mark](/assets/images/mark.svg)
    - `![](/assets/images/screen.png)`

    | a | b |
    |---|---|
    | ![cell](/assets/images/screen.png) | ![gone](/assets/images/gone.png) |

    [sea]: </assets/images/바다 사진 (1).jpg> "파도"
    """,
  ]
}

extension Image {
  /// A PNG that its encoder took no pains with.
  func heavyPNG() throws -> Data {
    try png(filter: .none)
  }
}
