/// Libraries of which it is known that they set the `src` of what they made themselves, or of images that wait in a `data-src`
/// for that, and of no other image of the page. They tell their name in the first lines.
enum HarmlessLibraries {
  private static let names: [[UInt8]] = [
    "jQuery v", "jQuery JavaScript Library", "jQuery Migrate", "jQuery UI", "Bootstrap v", "Bootstrap: ",
    "fancyBox v",
    "fancyapps", "PhotoSwipe", "Magnific Popup", "GLightbox", "lightGallery", "lightgallery", "Lightbox v2",
    "baguetteBox",
    "SimpleLightbox", "simplelightbox", "medium-zoom", "lazysizes", "lozad.js", "vanilla-lazyload", "Swiper ",
    "Splide",
    "Flickity", "Masonry", "Isotope", "imagesLoaded", "Owl Carousel", "slick-carousel", "Leaflet", "Chart.js",
    "Highlight.js",
    "highlight.js", "PrismJS", "MathJax", "KaTeX", "Popper", "@popperjs", "GSAP", "anime.js", "clipboard.js",
    "lunr", "Fuse.js",
    "Modernizr", "Font Awesome", "D3 ", "d3js.org", "three.js", "Three.js", "FitVids", "web-vitals",
    "Simple-Jekyll-Search", "Minimal Mistakes Jekyll Theme",
  ].map { Array($0.utf8) }

  private static let firstBytes = 600

  /// Those whose files often have no banner: what the file's name begins with, and what its code holds.
  private static let files: [(name: String, mark: String)] = [
    ("fancybox", "fancybox__"), ("jquery.fancybox", "fancybox-"), ("jquery.magnific-popup", "mfp-"),
    ("magnific-popup", "mfp-"), ("photoswipe", "pswp__"), ("glightbox", "glightbox-"),
    ("lightgallery", "lg-"),
    ("lightbox", "lb-"), ("medium-zoom", "medium-zoom"), ("baguettebox", "baguetteBox"),
    ("swiper", "swiper-"),
    ("splide", "splide__"), ("slick", "slick-"), ("flickity", "flickity-"), ("owl.carousel", "owl-"),
    ("jquery", "jQuery"), ("bootstrap", "bs."), ("lazysizes", "lazySizes"), ("tex-mml-chtml", "MathJax"),
    ("tex-chtml", "MathJax"), ("tex-mml-svg", "MathJax"), ("tex-svg", "MathJax"), ("mathjax", "MathJax"),
    ("katex", "katex"), ("popper", "Popper"), ("plotly", "Plotly"), ("reveal", "Reveal"),
    ("raphael", "Raphael"), ("mermaid", "mermaid"),
    ("echarts", "echarts"),
    ("leaflet", "leaflet"),
  ]

  /// What stands behind a library's name in that of its file, beside digits of a version or a digest.
  private static let variants: Set<Substring> = [
    "js", "mjs", "min", "umd", "esm", "cjs", "iife", "bundle", "slim", "pkgd", "all", "es5", "module", "pack",
    "prod",
  ]

  /// Whether a file has a library's name, and its code.
  static func isFile(_ path: String, _ script: [UInt8]) -> Bool {
    library(named: path[...]).map { script.firstRange(of: Array($0.mark.utf8)) != nil } ?? false
  }

  /// Whether a URL of another host ends with a library's name: those who offer libraries offer them by their names.
  static func isName(_ url: Substring) -> Bool { library(named: url) != nil }

  private static func library(named path: Substring) -> (name: String, mark: String)? {
    let name = (path.split(separator: "/").last ?? "").lowercased()
    return files.first { file in
      guard name.hasPrefix(file.name + ".") || name.hasPrefix(file.name + "-") else { return false }
      let words = name.dropFirst(file.name.count).split { $0 == "." || $0 == "-" }
      return words.allSatisfy {
        variants.contains($0) || $0.contains(where: \.isNumber) && $0.allSatisfy(\.isHexDigit)
      }
    }
  }

  /// Whether a script's first lines name one.
  static func isNamed(in script: [UInt8]) -> Bool {
    let start = script.prefix(firstBytes)
    // A banner is a comment.
    guard start.firstRange(of: Array("/*".utf8)) != nil || start.starts(with: Array("//".utf8)) else {
      return false
    }
    return names.contains { start.firstRange(of: $0) != nil }
  }
}
