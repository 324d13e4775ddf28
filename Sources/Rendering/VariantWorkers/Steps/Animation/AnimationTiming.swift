/// How long frames are shown and how often an animation is played.
enum AnimationTiming {
  /// Delays as browsers keep them: 10 ms or less are shown as 100 ms. Chromium 156 does so with GIF, APNG and WebP
  /// alike (twenty frames of 0, 10 or 100 ms take 1.9 s in each format, of 11 ms 0.2 s), after Firefox and WebKit
  /// (https://webkit.org/b/36082). Written out, the time stays the same where an encoder joins two equal frames.
  static func displayedDelay(_ milliseconds: Int) -> Int { milliseconds <= 10 ? 100 : milliseconds }

  /// An APNG's delays in whole milliseconds, rounded so that their sum stays that of the fractions: frames of 1/60 s
  /// become 17, 16 and 17 ms and so on.
  static func milliseconds(of frames: [APNG.Frame]) -> [Int] {
    var (exact, written) = (0.0, 0)
    return frames.map { frame in
      let denominator = frame.delayDenominator == 0 ? 100 : frame.delayDenominator
      let milliseconds = 1000 * Double(frame.delayNumerator) / Double(denominator)
      exact += milliseconds <= 10 ? 100 : milliseconds
      let rounded = max(11, Int(exact.rounded()) - written)
      written += rounded
      return rounded
    }
  }

  /// The number of plays that WebP can hold in its sixteen bits, 0 for without end. A GIF's count is one of
  /// repetitions, to which libvips adds the first play, as browsers do; an APNG's and a WebP's is one of plays.
  static func plays(_ count: Int) -> Int { min(max(0, count), 65_535) }
}
