import AssetModel
import Foundation
import Web

extension ImageDisplay {
  /// Whether the image is shown no wider than its `sizes` say, be its file ever so wide: then a file that is wider than its
  /// `srcset` says is shown as one is that is not.
  ///
  /// Both widths are lines between a few windows, so that what holds in these holds in all.
  func fills(sizes: String?) -> Bool {
    let text = sizes ?? ""
    guard obstacle == nil, height == nil, !spans.isEmpty,
      !["min(", "max(", "clamp(", "auto"].contains(where: text.lowercased().contains)
    else { return false }
    return windows(text).allSatisfy { window in
      let told = SizesAttribute.slot(text, on: Screen(width: window, height: 2 * window, density: 1))
      guard told >= leastWidth, let shown = width(own: told, viewport: Double(window)),
        let widest = width(own: 100_000, viewport: Double(window))
      else { return false }
      return abs(widest - shown) < 0.5
    }
  }

  /// The widths of windows at which one of the two may go on in another way, and those beside them.
  private func windows(_ sizes: String) -> Set<Int> {
    let pieces = spans.flatMap { span in
      switch span.slot {
      case .own: [span.from]
      case .upTo(let widths), .filled(let widths): [span.from] + widths.pieces.map(\.from)
      }
    }
    // A length in a condition may be of letters.
    let lengths = sizes.matches(of: /\d+(?:\.\d+)?/).compactMap { Double($0.output) }.flatMap {
      [$0, 16 * $0]
    }
    let bounds = pieces + lengths.map { Int($0) }
    return Set(([320, 2560] + bounds.flatMap { [$0 - 1, $0, $0 + 1] }).filter { (320...2560).contains($0) })
  }
}
