/// One page as a browser has laid it out.
package struct PageView: Codable, Hashable, Sendable {
  /// An element's border box in CSS pixels from the page's top left.
  package struct Box: Codable, Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }
  }

  /// An `<img>`.
  package struct Picture: Codable, Hashable, Sendable {
    /// Its place in the tree, as in ``PageView/paths``.
    package var path: String
    /// The `src` as the page writes it.
    package var src: String
    /// The address of the file that was chosen.
    package var chosen: String
    /// Whether the file is there and could be decoded.
    package var isShown: Bool
    /// The natural size in CSS pixels, which `srcset` and `sizes` have a say in.
    package var naturalWidth: Double
    package var naturalHeight: Double
    /// The pixels that the chosen file has; nil where they are not known.
    package var pixels: Double?
    /// The content box: what the pixels fill.
    package var width: Double
    package var height: Double
    /// From the page's top, unscrolled.
    package var top: Double
    /// The CSS property `object-fit`.
    package var fit: String
    package var loading: String
    /// Whether a browser has a choice.
    package var isResponsive: Bool
    /// The widths that are on offer as what was chosen is: by the `srcset` of the same element.
    package var offered: [Double]

    package init(
      path: String, src: String, chosen: String, isShown: Bool, naturalWidth: Double, naturalHeight: Double,
      pixels: Double?, width: Double, height: Double, top: Double, fit: String, loading: String,
      isResponsive: Bool,
      offered: [Double]
    ) {
      self.path = path
      self.src = src
      self.chosen = chosen
      self.isShown = isShown
      self.naturalWidth = naturalWidth
      self.naturalHeight = naturalHeight
      self.pixels = pixels
      self.width = width
      self.height = height
      self.top = top
      self.fit = fit
      self.loading = loading
      self.isResponsive = isResponsive
      self.offered = offered
    }
  }

  /// A background of an element that is shown at the image's own size.
  package struct Background: Codable, Hashable, Sendable {
    /// The element's place in the tree.
    package var path: String
    package var url: String
    /// Its pixels, `1600x800`; nil where the file is not there.
    package var size: String?

    package init(path: String, url: String, size: String?) {
      self.path = path
      self.url = url
      self.size = size
    }
  }

  /// What was the largest thing to be painted while the page loaded.
  package struct LargestPaint: Codable, Hashable, Sendable {
    package var path: String
    package var url: String
    package var loading: String

    package init(path: String, url: String, loading: String) {
      self.path = path
      self.url = url
      self.loading = loading
    }
  }

  /// The viewport's width that the page saw.
  package var width: Double
  /// Every element below `<html>` that can have a box, in document order: its place in the tree with `<picture>` unwrapped,
  /// `body > main > p[2] > img`.
  package var paths: [String]
  /// x, y, width and height of each.
  package var frames: [Double]
  /// For elements near images and for captions: the number of their style in ``styles``; -1 for the others.
  package var styled: [Int]
  /// Computed styles: `name:value` joined by `;`.
  package var styles: [String]
  /// Every `<img>` in document order.
  package var images: [Picture]
  /// Every background that is shown at its own size.
  package var backgrounds: [Background]
  /// The sum of layout shifts while the page loaded and was read to its end.
  package var shift: Double
  package var largestPaint: LargestPaint?
  /// Bytes of each image file that was fetched, by address.
  package var fetched: [String: Int] = [:]
  /// What scripts and the browser complained of, each once.
  package var complaints: [String] = []

  enum CodingKeys: CodingKey {
    case width, paths, frames, styled, styles, images, backgrounds, shift, largestPaint
  }

  package init(
    width: Double, paths: [String], frames: [Double], styled: [Int], styles: [String], images: [Picture],
    backgrounds: [Background] = [], shift: Double, largestPaint: LargestPaint?
  ) {
    self.width = width
    self.paths = paths
    self.frames = frames
    self.styled = styled
    self.styles = styles
    self.images = images
    self.backgrounds = backgrounds
    self.shift = shift
    self.largestPaint = largestPaint
  }

  package func box(_ index: Int) -> Box {
    Box(
      x: frames[4 * index], y: frames[4 * index + 1], width: frames[4 * index + 2],
      height: frames[4 * index + 3])
  }

  package func style(_ index: Int) -> String? { styled[index] < 0 ? nil : styles[styled[index]] }

  /// Bytes of all images.
  package var bytes: Int { fetched.values.reduce(0, +) }
}
