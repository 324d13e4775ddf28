import AssetModel
import Foundation
import Vips

/// Makes a picture lighter in its own format: the fewest bytes that meet what is asked for, with all that its file says
/// beside its pixels.
struct ShrinkStep {
  /// What came of a picture.
  enum Outcome {
    case lighter(RenderRecord.File, Data)
    /// It stays, for what could be won is too little: the fewest bytes that were found.
    case stays(bytes: Int)
    /// It is left alone, and this is why.
    case leftAlone(String)
  }

  /// Pixels in a file, before what else the old file says is put into it.
  struct Candidate {
    var data: Data
    var settings: EncodingSettings
    var score: Double
  }

  let job: ShrinkJob

  /// - Parameter data: the file.
  func run(_ data: Data) throws(VipsError) -> Outcome {
    let source = job.source
    guard let loader = source.format.loader else { return .leftAlone("its format is not written") }
    if let obstacle = ShrinkObstacle.of(source, job.wish) { return .leftAlone(obstacle) }
    let opened = try Image.open(data, with: loader, file: source.path, failOn: .error)
    if let obstacle = ShrinkObstacle.of(source, data, opened) { return .leftAlone(obstacle) }
    let pixels = try opened.inMemory()
    guard PixelSize(width: pixels.width, height: pixels.height) == PixelSize(source) else {
      return .leftAlone("its pixels are not as many as its header says")
    }
    let image = try ResizeStep.resize(pixels, to: job.size).inMemory()
    guard let candidate = try smallest(image, data) else { return .stays(bytes: source.bytes) }
    var file = OriginalMetadata.carried(from: data, into: candidate.data, source.format)
    if !job.wish.keepsPosition {
      switch PositionData.removed(from: file) {
      case .removed(let clean): file = clean
      case .notThere: break
      case .impossible(let reason):
        return .leftAlone("the place where it was taken cannot be removed: \(reason)")
      }
    }
    guard file.count <= job.wish.leastSaving.most(insteadOf: source.bytes) else {
      return .stays(bytes: file.count)
    }
    guard try isSound(file, like: opened, loader) else {
      return .leftAlone("its new file would not say all that it says")
    }
    let record = RenderRecord.File(
      bytes: file.count, sha256: ContentDigest.sha256(file), settings: candidate.settings,
      score: candidate.score)
    return .lighter(record, file)
  }

  private func smallest(_ image: Image, _ data: Data) throws(VipsError) -> Candidate? {
    switch job.source.format {
    case .jpeg, .avif: return try LossyShrink(job: job, image: image, original: data).smallest()
    case .webp:
      let isLossless = WebPContainer(data)?.chunks.contains { $0.name == "VP8L" } == true
      return isLossless
        ? try ExactShrink(job: job, image: image).webp()
        : try LossyShrink(job: job, image: image, original: data).smallest()
    case .png:
      let exact = try ExactShrink(job: job, image: image).png()
      guard !job.wish.keepsPNG,
        let palette = try LossyShrink(job: job, image: image, original: data).palette()
      else { return exact }
      guard let exact else { return palette }
      return palette.data.count < exact.data.count ? palette : exact
    case .gif: return try ExactShrink(job: job, image: image).gif()
    default: return nil
    }
  }

  /// Opens the new file as the old one was opened: it has the same kind of pixels, the profile and the orientation.
  private func isSound(_ file: Data, like old: Image, _ loader: Loader) throws(VipsError) -> Bool {
    let new = try Image.open(file, with: loader, file: job.source.path, failOn: .warning)
    return PixelSize(width: new.width, height: new.height) == job.size && new.isEightBit
      && new.bytes("icc-profile-data") == old.bytes("icc-profile-data") && new.orientation == old.orientation
  }
}
