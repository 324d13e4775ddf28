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
    "Modernizr", "Font Awesome", "D3 ", "d3js.org", "three.js", "FitVids", "web-vitals",
    "Simple-Jekyll-Search",
  ].map { Array($0.utf8) }

  private static let firstBytes = 600

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
