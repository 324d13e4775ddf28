/// The steps of a render, in their order; each has a file of its own in this folder.
///
/// The first steps are taken once a source, the next once a size and crop, the last once a file. In front of them stand
/// `ContentSniffer` and ``GuardStep``, which look at a file before any pixel is decoded, and behind them ``PruneStep``,
/// which compares the files of one source with each other.
enum RenderSteps {
  /// From a source's bytes to the finest of the levels that are wanted of it; ``Pyramid`` makes the others from that one.
  static let level = DecodeStep.step.droppingOpaqueAlpha(before: HalveStep.step.then(ColorStep.step))

  /// From a level to the pixels of a rendition.
  static let rendition = CropStep.step.then(ResizeStep.step).then(SharpenStep.step).then(OrientStep.step)

  /// From the pixels of a rendition to a file that is lighter than its source, or the reason why there is none.
  static let file = EncodeStep.step.then(ScoreStep.step).then(CompareStep.step)

  /// All of them, as they are named.
  static var names: [String] { level.names + rendition.names + file.names }
}
