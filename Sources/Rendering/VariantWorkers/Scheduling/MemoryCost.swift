import AssetModel
import VariantPlanner
import Vips

/// The peak memory of steps, in bytes, estimated before they begin.
///
/// The numbers are lines through measured peaks, rounded up (Tests/Benchmarks/Memory/make-table, with libvips 8.14 and
/// the codecs of Debian 12, on noise, the worst case). The number for bitmaps is a guess. An estimate that is too high
/// makes a worker wait; one that is too low lets the process grow beyond what the user allows.
enum MemoryCost {
  /// A part that every call needs, and one that grows with the picture.
  private struct Line {
    var fixed: Double
    var perPixel: Double

    func bytes(_ pixels: Int) -> Int { Int(fixed * 1e6 + perPixel * Double(pixels)) }
  }

  // MARK: Decoding

  /// Decoding a source while its pixels stream: without the file, and without the stored pixels.
  static func decode(_ source: Source, _ needs: DecoderNeeds) -> Int {
    // The rows that the decoder and the shrinking have in work.
    let perColumn = 4_800 * (needs.isSixteenBit ? 2 : 1) * (source.alpha ? 4 : 3) / 3
    return 8_000_000 + perColumn * source.width + Int(needs.perPixel * Double(source.width * source.height))
  }

  // MARK: Encoding

  /// One encode, without its pixels.
  static func encode(width: Int, height: Int, hasAlpha: Bool, _ settings: EncodingSettings) -> Int {
    let pixels = width * height
    return lines(settings, hasAlpha).map { $0.bytes(pixels) }.max() ?? 0
  }

  /// What each way of encoding needs that the settings leave open.
  private static func lines(_ settings: EncodingSettings, _ hasAlpha: Bool) -> [Line] {
    let effort = settings.effort ?? 4
    let lossless: Line
    let lossy: Line
    switch settings.format {
    case .avif:
      lossless = Line(fixed: 34, perPixel: 38)
      // Graphics keep all of their color detail, which needs as much as an alpha channel.
      lossy = hasAlpha ? Line(fixed: 26, perPixel: 35) : Line(fixed: 24, perPixel: effort > 3 ? 32 : 22)
    case .webp:
      lossless = Line(fixed: 14, perPixel: 36)
      lossy = hasAlpha ? Line(fixed: 17, perPixel: 41) : Line(fixed: 3, perPixel: 8)
    case .jxl:
      lossless = Line(fixed: 43, perPixel: 69)
      lossy = Line(fixed: 9, perPixel: 44)
    case .png:
      // A palette is chosen and its file read back and compared.
      lossless = Line(fixed: 12, perPixel: 41)
      lossy = Line(fixed: 12, perPixel: 41)
    default:
      lossless = Line(fixed: 3, perPixel: 4)
      lossy = lossless
    }
    switch settings.loss {
    case .lossy: return [lossy]
    case .lossless, .nearLossless: return [lossless]
    case .smallest: return [lossy, lossless]
    }
  }

  /// Scoring files against a picture: its stored data (see ``Perception/Ssimulacra2``) and, at the peak, either an
  /// encode or a decoded file and its decoder.
  static func scored(width: Int, height: Int, hasAlpha: Bool, _ settings: EncodingSettings) -> Int {
    let pixels = width * height
    let reference = pixels * (hasAlpha ? 40 : 20)
    let decoded = 6_000_000 + pixels * 12 + width * 450
    return reference + max(encode(width: width, height: height, hasAlpha: hasAlpha, settings), decoded)
  }

  // MARK: Units of work

  /// A source: enough for its decode, and afterwards for the pixels of its encodes and the costliest of them.
  ///
  /// - Parameter needs: nil to take the most that the format may need.
  static func source(_ job: RenderJob, _ needs: DecoderNeeds? = nil) -> Reservation {
    let needs = needs ?? DecoderNeeds(job.source.format)
    let source = job.source
    let hasAlpha = source.alpha
    let bands = hasAlpha ? 4 : 3
    let pixels = Set(job.renditions.map { PixelSize(width: $0.width, height: $0.height) })
    let isAnimation = source.content == .animation
    if isAnimation, !hasAlpha, source.width * source.height * source.frames > AnimationRuns.mostPixels {
      let most = job.renditions.map { runs($0, of: source).working }.max() ?? 0
      return Reservation(
        working: max(most, source.bytes + decode(source, needs) + levels(job, needs, bands: bands)))
    }
    let frames = isAnimation ? source.frames : 1
    let held = pixels.reduce(0) { $0 + $1.pixels * bands * frames }
    let encode = job.renditions.flatMap { rendition in
      Set(rendition.photograph + rendition.graphic).map { settings in
        if isAnimation { return animation(rendition, frames: frames) }
        return settings.target != nil || job.scores
          ? scored(width: rendition.width, height: rendition.height, hasAlpha: hasAlpha, settings)
          : self.encode(width: rendition.width, height: rendition.height, hasAlpha: hasAlpha, settings)
      }
    }
    // A group's search looks at a further rung, and crops are held besides.
    let further = (pixels.map(\.pixels).max() ?? 0) * bands * frames
    let decoding = source.bytes + decode(source, needs) + levels(job, needs, bands: bands) + held
    return Reservation(working: max(decoding, held + further + (encode.max() ?? 0)))
  }

  /// The levels of a source that stay in memory while its renditions are rendered; of an animation, one frame.
  private static func levels(_ job: RenderJob, _ needs: DecoderNeeds, bands: Int) -> Int {
    let size = PixelSize(job.source)
    guard job.source.content != .animation else { return size.pixels * bands * 3 }
    let levels = job.renditions.map { rendition in
      Pyramid.level(for: DecodedSource.stored(rendition, job.source), in: size)
    }
    let finest = min(levels.min() ?? .max, Pyramid.contentLevel(in: size), Pyramid.colorLevel(in: size))
    // Levels finer than that of the colors are also kept as decoded, with up to sixteen bits.
    let isRaw = finest < Pyramid.colorLevel(in: size)
    let copies: Double = !isRaw ? 1 : needs.isSixteenBit ? 3 : 2
    let isWide = job.renditions.contains { ($0.photograph + $0.graphic).contains { $0.color == .p3 } }
    let perPixel = copies * (isWide ? 2 : 1) * Double(bands)
    // Each level has a quarter of the pixels of the next finer one.
    return Int(Double(size.halved(finest).pixels) * perPixel * 4 / 3)
  }

  /// An encode of pixels that are there.
  static func encode(
    _ image: Result<Image, VipsError>, _ settings: EncodingSettings, isScored: Bool
  ) -> Reservation {
    guard case .success(let image) = image else { return Reservation() }
    var unit = Reservation(holds: [ObjectIdentifier(image): image.residentBytes])
    if image.frameCount > 1 {
      let frame = Rendition(
        width: image.width, height: image.frameHeight, purpose: .responsive, photograph: [], graphic: [])
      unit.working = animation(frame, frames: image.frameCount)
    } else {
      unit.working =
        isScored
        ? scored(width: image.width, height: image.height, hasAlpha: image.hasAlpha, settings)
        : encode(width: image.width, height: image.height, hasAlpha: image.hasAlpha, settings)
    }
    return unit
  }

  /// A search for a quality, which looks at a copy of the middle rung and keeps the pixels of the others.
  static func search(
    _ middle: Result<Image, VipsError>, _ members: [Result<Image, VipsError>], _ settings: EncodingSettings
  ) -> Reservation {
    var unit = encode(middle, settings, isScored: true)
    if case .success(let image) = middle {
      let most = PerceptualEncode.mostPixels * 3 / 2
      if image.width * image.height > most {
        let side = Int(Double(most).squareRoot().rounded(.up))
        unit.working = scored(width: side, height: side, hasAlpha: image.hasAlpha, settings)
      }
    }
    for case .success(let image) in members { unit.holds[ObjectIdentifier(image)] = image.residentBytes }
    return unit
  }

  /// An animation that is decoded when its turn comes.
  static func later(_ rendition: Rendition, of source: Source) -> Reservation {
    let stack = rendition.width * rendition.height * 4 * source.frames
    let frame = source.width * source.height * 16
    return Reservation(working: source.bytes + frame + stack + animation(rendition, frames: source.frames))
  }

  /// An animation that is decoded and encoded in runs, of which the encoded ones are kept until the end.
  static func runs(_ rendition: Rendition, of source: Source) -> Reservation {
    let frames = min(
      source.frames, AnimationRuns.frames(of: PixelSize(width: rendition.width, height: rendition.height)))
    let frame = source.width * source.height * 16
    let stack = rendition.width * rendition.height * 3 * frames
    return Reservation(
      working: 2 * source.bytes + frame + stack + animation(rendition, frames: frames))
  }

  /// An encode of an animation, without its frames.
  private static func animation(_ rendition: Rendition, frames: Int) -> Int {
    10_000_000 + rendition.width * rendition.height * (60 + 2 * frames)
  }
}
