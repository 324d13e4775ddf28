/// How wide an image is shown in windows of all widths, by the rules of its page.
package struct ImageSlot: Hashable, Sendable {
  /// A width that is a line over the window's, from a window's width on.
  package struct Line: Hashable, Sendable {
    package var from: Int
    package var slope: Double
    package var offset: Double

    package init(from: Int, slope: Double, offset: Double) {
      self.from = from
      self.slope = slope
      self.offset = offset
    }

    func width(at viewport: Int) -> Double { slope * Double(viewport) + offset }
  }

  /// What holds in the windows from a width on.
  package enum Width: Hashable, Sendable {
    /// The natural width.
    case natural
    /// The natural width, or less where that is wider.
    case upTo([Line])
    /// A width that does not depend on the file's.
    case filled([Line])
  }

  package struct Span: Hashable, Sendable {
    package var from: Int
    package var width: Width
  }

  /// The widths, that of narrow windows first; empty where they are not known.
  package var spans: [Span] = []
  /// The height in CSS pixels that the width follows from in every window; nil where it does not.
  package var height: Double?
  /// Why the widths are not known.
  package var obstacle: SlotObstacle?
  /// Whether boxes depend on the natural width beyond what the widths say, so that it may not change.
  package var showsNatural = false
  /// Whether some windows do not show it.
  package var isHidden = false
  /// The file's width from which on the widths hold.
  package var leastNatural = 0.0
  /// Whether a `width` attribute means something: in no window a rule says how wide the image is.
  package var takesWidth = true
  /// Whether a rule of the page says `height: auto` in every window.
  package var isHeightAuto = true
  /// Whether the height is given in every window.
  package var isHeightGiven = true
  /// Whether dimensions, with `height: auto`, leave all boxes as they are.
  package var keepsWithDimensions = true
  /// The file's width from which on they do; ``noFile`` where no file is so wide.
  package var leastForDimensions = 0.0

  /// Wider than any file, and a number that JSON has.
  static let noFile = 1_000_000.0

  /// What is known where nothing could be told.
  package init(obstacle: SlotObstacle) {
    self.obstacle = obstacle
    showsNatural = true
    (takesWidth, isHeightAuto, isHeightGiven, keepsWithDimensions) = (false, false, false, false)
  }

  init() {}
}
