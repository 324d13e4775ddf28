import Foundation

/// Which widths an image is wanted in.
package enum Ladder {
  /// The source's own width is added when it lies more than this factor above the last rung used. Closer than that, it
  /// replaces that rung: two files would differ by less than a reader sees, but a slot as wide as the source would show
  /// the narrower one enlarged.
  package static let sourceWidthGap = 1.15

  /// The rungs for a source of the given width, widest first: none wider than the source, the widest being the source's
  /// own width where that lies below the ladder's top.
  ///
  /// - Parameter keepingOwn: whether the source's own width is a rung in any case.
  package static func rungs(sourceWidth: Int, widths: [Int], keepingSourceWidth: Bool = false) -> [Int] {
    guard sourceWidth > 0, let top = widths.max() else { return [] }
    var rungs = Set(widths.filter { $0 > 0 && $0 <= sourceWidth })
    let last = Double(rungs.max() ?? 0)
    if keepingSourceWidth {
      rungs.insert(sourceWidth)
    } else if sourceWidth < top {
      if Double(sourceWidth) <= last * sourceWidthGap { rungs.remove(Int(last)) }
      rungs.insert(sourceWidth)
    }
    return rungs.sorted(by: >)
  }

  /// The widths that an automatic ladder chooses from, widest first: from the source's own, or the top where that is
  /// narrower, down to 240 pixels in steps of a fourth root of two. More steps would differ by less than the rule for
  /// neighbours (12 % of the bytes) lets stand.
  package static func choices(sourceWidth: Int, top: Int) -> [Int] {
    let widest = min(sourceWidth, top)
    guard widest > 0 else { return [] }
    var widths = [widest]
    for step in 1... {
      let width = Int((Double(widest) * pow(2, -Double(step) / 4)).rounded())
      guard width >= narrowestChoice else { break }
      widths.append(width)
    }
    return widths
  }

  /// Two thirds of the narrowest phone's 360 CSS pixels: no image in the text needs less.
  private static let narrowestChoice = 240

  /// The size of a rung: the requested width, or up to 2 % less if whole pixels then match the source's shape better.
  ///
  /// A browser gives an image the shape of the file it has chosen. At 320 pixels a photograph of 2400×1600 would be 213
  /// high, and 2.5 pixels too low on a page that shows it 2400 wide; at 318×212 it is exactly as high as before.
  package static func size(near width: Int, of source: (width: Int, height: Int)) -> (width: Int, height: Int)
  {
    func shift(_ width: Int) -> Double {
      let height = height(forWidth: width, of: source)
      return abs(Double(height) * Double(source.width) / Double(width) - Double(source.height))
    }
    guard width > 0, width < source.width else { return (width, height(forWidth: width, of: source)) }
    let widths = stride(from: width, through: max(1, width - width / 50), by: -1)
    // A browser lays out in steps of 1/64 of a pixel.
    let best = widths.first { shift($0) < 1 / 64 } ?? widths.min { shift($0) < shift($1) } ?? width
    return (best, height(forWidth: best, of: source))
  }

  /// The height that keeps the source's shape at a width, at least 1.
  package static func height(forWidth width: Int, of source: (width: Int, height: Int)) -> Int {
    guard source.width > 0 else { return 1 }
    let exact = Double(width) * Double(source.height) / Double(source.width)
    return max(1, Int(exact.rounded()))
  }
}
