import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import SystemResources
import ThemeAnalysis
import VariantPlanner
import VariantWorkers
import Vips

/// What a run cannot do without, measured on its own: each source decoded once, one chain of resizes, and the encoders,
/// each on pixels in memory.
///
/// What counts:
/// - *decode*: each source that something is wanted of, once, from bytes in memory; JPEG at a half, a quarter or an
///   eighth of its size where that still has twice the width of the widest rung, as the decoder does for nearly nothing.
/// - *resize*: an alpha channel that is opaque everywhere left out (finding that out does not count), one Lanczos resize
///   to the widest rung, each other rung from the next wider one, with alpha weighted where there is any, colors through
///   an embedded profile at the size of the widest rung, and the pixels upright.
/// - *encode*: every file that the plan asks for, those included that are looked at and then left out because they are no
///   smaller; both tries where a setting asks for the smaller of two; where a quality was searched, one encode at the
///   quality found.
///
/// What does not count: reading, hashing, the content class, comparing, writing, posts. Animations are left out.
///
/// As many images are worked on at once as the run has workers, so that both feel a shared cache and memory alike. Only
/// CPU seconds are counted.
struct Floor: Codable {
  var decode = 0.0
  var resize = 0.0
  var encode = 0.0
  /// CPU seconds by format.
  var formats: [String: Double] = [:]
  var sources = 0
  var files = 0
  /// Megapixels of the sources, and of the files.
  var decoded = 0.0
  var encoded = 0.0
  /// Bytes of all files together, so that no encode can be left out unseen.
  var bytes = 0

  /// CPU seconds of everything.
  var cpu: Double { decode + resize + encode }
}

extension Floor {
  /// One source and what is wanted of it.
  private struct Item: Sendable {
    var source: Source
    var content: Source.Content
    var path: String
    var wanted: [Wanted]
    var widest: Int
  }

  private struct Wanted: Sendable {
    var width: Int
    var height: Int
    var settings: EncodingSettings
  }

  /// Measures the floor of a run that was made.
  ///
  /// - Parameters:
  ///   - site: the run's site.
  ///   - configuration: the run's configuration.
  ///   - manifest: the run's manifest, which tells what the pixels showed.
  static func measure(
    site: String, configuration: Configuration, manifest: AssetManifest, workers: Int
  ) throws -> Floor {
    let theme = try ThemeStyles(root: SiteRoot(site), site: manifest.site).fit(manifest)
    let options = configuration.planOptions(for: manifest.site, theme: theme)
    let items = items(site: site, options: options, manifest: manifest)
    var floor = Floor()
    // So many pixels are in memory at once that each stage of a batch is measured on its own.
    var batch: [Item] = []
    var pixels = 0
    for item in items {
      batch.append(item)
      pixels += item.source.width * item.source.height
      guard pixels > 60_000_000 else { continue }
      try floor.add(batch, workers: workers)
      (batch, pixels) = ([], 0)
    }
    try floor.add(batch, workers: workers)
    return floor
  }

  private static func items(
    site: String, options: PlanOptions, manifest: AssetManifest
  ) -> [Item] {
    let found = Dictionary(grouping: manifest.variants, by: \.source)
    return VariantPlanner(options: options).plan(manifest).jobs.compactMap { job in
      let source = job.source
      guard source.content != .animation, source.format.loader != nil else { return nil }
      let content = job.content ?? source.content ?? .photograph
      var seen: Set<[String]> = []
      let wanted = job.renditions.flatMap { rendition in
        rendition.encodings(for: content, alpha: source.alpha, of: source.format).compactMap {
          settings -> Wanted? in
          guard rendition.width <= source.width, rendition.height <= source.height,
            seen.insert(["\(rendition)", "\(settings)"]).inserted
          else { return nil }
          var settings = settings
          if settings.target != nil {
            let made = found[source.path]?.first {
              $0.format == settings.format && $0.width == rendition.width
            }
            settings.quality = made?.settings.quality ?? 60
          }
          return Wanted(width: rendition.width, height: rendition.height, settings: settings)
        }
      }
      guard let widest = wanted.map(\.width).max() else { return nil }
      return Item(
        source: source, content: content, path: site + "/" + source.path, wanted: wanted, widest: widest)
    }
  }

  private mutating func add(_ batch: [Item], workers: Int) throws {
    let files = batch.map { FileManager.default.contents(atPath: $0.path) ?? Data() }
    let (decoded, decodeCPU) = try Self.timed(Array(zip(batch, files)), workers) { item, data in
      try Self.decode(item, data)
    }
    // Finding an opaque channel out does not count.
    let bare = try Parallel.map(Array(zip(batch, decoded)), jobs: workers) { item, image in
      Result { try Self.withoutOpaqueAlpha(image, of: item.source) }
    }.map { try $0.get() }
    let (rungs, resizeCPU) = try Self.timed(Array(zip(batch, bare)), workers) { item, image in
      try Self.resize(image, item)
    }
    decode += decodeCPU
    resize += resizeCPU
    for format in Set(batch.flatMap { $0.wanted.map(\.settings.format) }).sorted(by: {
      $0.rawValue < $1.rawValue
    }) {
      var encodes: [(image: Image, wanted: Wanted, content: Source.Content)] = []
      for (item, rungs) in zip(batch, rungs) {
        for wanted in item.wanted where wanted.settings.format == format {
          guard let image = rungs[wanted.width] else { continue }
          encodes.append((image, wanted, item.content))
        }
      }
      let (counts, cpu) = try Self.timed(encodes, workers) { image, wanted, content in
        try FloorEncoder.encode(image, wanted.settings, content)
      }
      encode += cpu
      formats[format.rawValue, default: 0] += cpu
      bytes += counts.reduce(0, +)
      self.files += counts.count
      encoded += encodes.reduce(0) { $0 + Double($1.image.width * $1.image.height) / 1e6 }
    }
    sources += batch.count
    self.decoded += batch.reduce(0) { $0 + Double($1.source.width * $1.source.height) / 1e6 }
  }

  /// Works on some things at once, and says what CPU time that took.
  private static func timed<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], _ workers: Int, _ body: @escaping @Sendable (Input) throws -> Output
  ) throws -> ([Output], Double) {
    let start = usedCPU()
    let results = Parallel.map(inputs, jobs: workers) { input in Result { try body(input) } }
    let cpu = usedCPU() - start
    return (try results.map { try $0.get() }, cpu)
  }

  private static func decode(_ item: Item, _ data: Data) throws -> Image {
    guard let loader = item.source.format.loader else { throw CocoaError(.fileReadUnknown) }
    let width = item.source.orientation < 5 ? item.source.width : item.source.height
    let shrink =
      item.source.format == .jpeg ? [8, 4, 2].first { width / $0 >= 2 * item.widest } ?? 1 : 1
    return try Image.open(data, with: loader, file: item.source.path, failOn: .truncated, shrink: shrink)
      .inMemory()
  }

  private static func withoutOpaqueAlpha(_ image: Image, of source: Source) throws -> Image {
    guard image.hasAlpha, !source.alpha else { return image }
    return try image.bands(from: 0, count: image.bands - 1)
  }

  /// The chain: the pixels of each rung by its width, upright.
  private static func resize(_ image: Image, _ item: Item) throws -> [Int: Image] {
    var image = image
    var rungs: [Int: Image] = [:]
    var isConverted = false
    for wanted in item.wanted.sorted(by: { $0.width > $1.width }) where rungs[wanted.width] == nil {
      let isTurned = item.source.orientation >= 5
      let (width, height) = isTurned ? (wanted.height, wanted.width) : (wanted.width, wanted.height)
      if width != image.width || height != image.height {
        image =
          image.hasAlpha
          ? try image.premultiplied().resized(width: width, height: height).unpremultiplied().rounded(
            like: image)
          : try image.resized(width: width, height: height)
      }
      if !isConverted {
        image = try converted(image)
        isConverted = true
      }
      image = try image.inMemory()
      rungs[wanted.width] = try image.oriented(item.source.orientation).withoutMetadata().inMemory()
    }
    return rungs
  }

  private static func converted(_ image: Image) throws -> Image {
    if image.hasProfile, let converted = try? image.convertedThroughProfile() { return converted }
    switch image.interpretation {
    case .srgb, .gray: return image.isEightBit ? image : try image.eightBit(shifting: false)
    case .gray16: return try image.converted(to: "b-w")
    case .cmyk: return try image.convertedThroughProfile(assuming: "cmyk")
    case .rgb16, .other: return try image.converted(to: "srgb")
    }
  }
}
