/// A page, and the files that a browser downloads for it: what ``all`` says is held against our own reckoning without a
/// browser, and against a real one.
package struct DownloadCase: Sendable, CustomStringConvertible {
  package var name: String
  /// What stands in the `<head>` and in the `<body>`.
  package var head = ""
  package var body: String
  /// Stylesheets by their paths.
  package var sheets: [String: String] = [:]
  /// The images, without folder and extension, that a phone (412 × 915 at 2.625) downloads; it reads the page to its end.
  package var phone: Set<String>
  /// The same for a desktop screen (1920 × 1080 at 1).
  package var desktop: Set<String>

  package var description: String { name }

  /// The page's HTML.
  package var html: String {
    "<!doctype html><html><head><meta charset=utf-8><title>x</title>\(head)</head><body>\(body)</body></html>"
  }

  /// An image's file: each is an SVG picture of a size.
  package static let image =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"40\" height=\"30\"/></svg>"

  /// The images that there are, as `i/a.svg`.
  package static let images = ["a", "b", "c", "d", "e"]

  private static func one(
    _ name: String, head: String = "", _ body: String, sheets: [String: String] = [:], both: Set<String>
  ) -> DownloadCase {
    DownloadCase(name: name, head: head, body: body, sheets: sheets, phone: both, desktop: both)
  }

  package static let all: [DownloadCase] = [
    one("an image", "<img src=i/a.svg>", both: ["a"]),
    one("one file twice", "<img src=i/a.svg><img src=/i/a.svg?x>", both: ["a"]),
    DownloadCase(
      name: "srcset and sizes",
      body: "<img src=i/a.svg srcset='i/b.svg 800w, i/c.svg 2000w' sizes='(max-width: 600px) 300px, 1500px'>",
      phone: ["b"], desktop: ["c"]),
    DownloadCase(
      name: "densities", body: "<img src=i/a.svg srcset='i/b.svg 2x, i/c.svg 3x'>", phone: ["c"],
      desktop: ["a"]),
    DownloadCase(
      name: "art direction",
      body: "<picture><source media='(max-width: 600px)' srcset=i/b.svg><img src=i/a.svg></picture>",
      phone: ["b"], desktop: ["a"]),
    one(
      "the first type that is known",
      "<picture><source type=image/x-none srcset=i/b.svg><source type=image/svg+xml srcset=i/c.svg><img src=i/a.svg></picture>",
      both: ["c"]),
    one(
      "a source behind the image", "<picture><img src=i/a.svg><source srcset=i/b.svg></picture>", both: ["a"]),
    one("a source without a picture", "<div><source srcset=i/b.svg><img src=i/a.svg></div>", both: ["a"]),
    one("lazy and read", "<div style='height:9000px'></div><img loading=lazy src=i/a.svg>", both: ["a"]),
    one(
      "lazy and hidden", "<div style='display:none'><img loading=lazy src=i/a.svg></div><img src=i/b.svg>",
      both: ["b"]),
    one("eager and hidden", "<img style='display:none' src=i/a.svg>", both: ["a"]),
    one(
      "lazy and hidden by a rule", head: "<style>.x .y{display:none}</style>",
      "<p class=x><span class=y><img loading=lazy src=i/a.svg></span></p>", both: []),
    DownloadCase(
      name: "lazy and hidden on phones",
      head: "<style>@media (max-width: 600px) { .wide { display: none } }</style>",
      body: "<p class=wide><img loading=lazy src=i/a.svg></p>", phone: [], desktop: ["a"]),
    one("a poster", "<video poster=i/a.svg></video>", both: ["a"]),
    one("an image button", "<form><input type=image src=i/a.svg alt=go></form>", both: ["a"]),
    one(
      "an image in SVG", "<svg width=9 height=9><image href=i/a.svg width=9 height=9></image></svg>",
      both: ["a"]),
    one(
      "noscript and template", "<noscript><img src=i/a.svg></noscript><template><img src=i/b.svg></template>",
      both: []),
    one("a style attribute", "<div style='background: url(i/a.svg)'>x</div>", both: ["a"]),
    one(
      "the rule that counts",
      head: "<style>#x{background:url(i/a.svg)} p{background:url(i/b.svg)}</style>", "<p id=x>x</p>",
      both: ["a"]),
    one(
      "a background taken away",
      head:
        "<style>p{background:url(i/a.svg)} p.y{background:#fff} .z{background-image:none!important}</style>",
      "<p class=y>x</p><p class=z style='background-image:url(i/b.svg)'>x</p>", both: []),
    one(
      "a declaration without a value", head: "<style>p{background-image:url(i/a.svg);background: ;}</style>",
      "<p>x</p>", both: ["a"]),
    one("a rule for nothing here", head: "<style>.q{background:url(i/a.svg)}</style>", "<p>x</p>", both: []),
    one("a state", head: "<style>p:hover{background:url(i/a.svg)}</style>", "<p>x</p>", both: []),
    one(
      "a hidden background", head: "<style>p{background:url(i/a.svg)}</style>", "<div hidden><p>x</p></div>",
      both: []),
    DownloadCase(
      name: "a background by width",
      head:
        "<style>p{background:url(i/a.svg)} @media (min-width: 1000px) { p { background-image: url('i/b.svg') } }</style>",
      body: "<p>x</p>", phone: ["a"], desktop: ["b"]),
    DownloadCase(
      name: "image-set",
      head: "<style>p{background-image:image-set(url(i/a.svg) 1x, url(i/b.svg) 3x)}</style>",
      body: "<p>x</p>", phone: ["b"], desktop: ["a"]),
    one(
      "layers", head: "<style>p{background:url(i/a.svg) no-repeat, url(i/b.svg)}</style>", "<p>x</p>",
      both: ["a", "b"]),
    one(
      "generated content",
      head:
        "<style>p::before{content:'';background:url(i/a.svg)} p::after{background:url(i/b.svg)} em::before{content:url(i/c.svg)}</style>",
      "<p>x <em>y</em></p>", both: ["a", "c"]),
    one(
      "list marks", head: "<style>li{list-style:square url(i/a.svg)}</style>", "<ul><li>x</ul>", both: ["a"]),
    one(
      "a stylesheet and what it takes in", head: "<link rel=stylesheet href=css/x.css>", "<p>x</p><em>y</em>",
      sheets: [
        "css/x.css": "@import 'sub/y.css'; p{background:url(../i/a.svg)}",
        "css/sub/y.css": "em{background:url(../../i/b.svg)}",
      ], both: ["a", "b"]),
    DownloadCase(
      name: "a stylesheet for some screens",
      head:
        "<link rel=stylesheet media='(min-width: 1000px)' href=x.css><link rel=stylesheet media=print href=y.css>",
      body: "<p>x</p>",
      sheets: ["x.css": "p{background:url(i/a.svg)}", "y.css": "p{background:url(i/b.svg)}"],
      phone: [], desktop: ["a"]),
    one(
      "an old attribute", "<table background=i/a.svg><tr><td>x</table>", both: ["a"]),
    DownloadCase(
      name: "a preload that is used",
      head:
        "<link rel=preload as=image href=i/a.svg imagesrcset='i/b.svg 800w, i/c.svg 2000w' imagesizes=300px>",
      body: "<img src=i/a.svg srcset='i/b.svg 800w, i/c.svg 2000w' sizes=300px>", phone: ["b"],
      desktop: ["b"]),
    DownloadCase(
      name: "a preload by media",
      head: "<link rel=preload as=image href=i/d.svg media='(min-width: 1000px)'>",
      body: "<p>x</p>", phone: [], desktop: ["d"]),
    one(
      "a base and a style", head: "<base href=/i/><style>p{background:url(a.svg)}</style>", "<p>x</p>",
      both: ["a"]),
    one("a base", head: "<base href=/i/>", "<img src=a.svg>", both: ["a"]),
    DownloadCase(
      name: "auto sizes with a fallback",
      body:
        "<div style='width:300px'><img loading=lazy width=300 height=200 style='width:100%' src=i/a.svg srcset='i/b.svg 800w, i/c.svg 3000w' sizes='auto, 300px'></div>",
      phone: ["b"], desktop: ["b"]),
    DownloadCase(
      name: "auto sizes alone",
      body:
        "<img loading=lazy width=300 height=200 src=i/a.svg srcset='i/b.svg 800w, i/c.svg 3000w' sizes=auto>",
      phone: ["b"], desktop: ["b"]),
    one(
      "sizes in em and calc",
      "<img src=i/a.svg srcset='i/b.svg 640w, i/c.svg 3000w' sizes='calc(10em + 2 * 40px)'>", both: ["b"]),
  ]
}
