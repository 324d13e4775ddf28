import Vips

/// The halve step: the finest level that is wanted, where the decoder gives a finer one.
enum HalveStep {
  static let step = RenderStep("halve") { (level: SourceLevel) throws(VipsError) in
    var level = level
    let wanted = level.request
    for number in wanted.file.decodedLevel(for: wanted.finest)..<wanted.finest {
      level.image = try ResizeStep.resize(level.image, to: wanted.size.halved(number + 1))
    }
    return level
  }
}
