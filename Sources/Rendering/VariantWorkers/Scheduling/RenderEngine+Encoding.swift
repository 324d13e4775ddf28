import AssetModel
import Foundation
import SiteFiles
import VariantPlanner
import Vips

extension RenderEngine {
  /// A file to generate.
  private struct Wanted {
    var job: Int
    var position: Int
    var planned: PlannedEncode
    var source: Source
    var step: EncodeStep
  }

  /// Renders pixels, widest first, and makes a unit of each encode, and of each search for a quality.
  func encodes(
    of decoded: DecodedSource, _ orders: RenderOrders, _ job: RenderJob, _ number: Int
  ) -> [WorkUnit] {
    let planned = PlannedEncode.all(for: job, facts: decoded.facts, folder: folder)
    var pixels = RenderedPixels(decoded)
    let wanted = orders.missing.map { position in
      Wanted(
        job: number,
        position: position,
        planned: planned[position],
        source: job.source,
        step: EncodeStep(content: job.content ?? decoded.facts.content, credit: job.source.credit)
      )
    }
    let groups = QualityGroup.all(in: planned, of: job.source)
    var units: [WorkUnit] = []
    for group in groups {
      let members = wanted.filter { group.members.contains($0.position) }
      guard !members.isEmpty else { continue }
      units.append(
        search(
          group,
          members.map { ($0, pixels.image($0.planned.rendition, group.settings.color)) },
          pixels.image(group.middle, group.settings.color),
          previous: orders.qualities[group.key]
        )
      )
    }
    let inGroups = Set(groups.flatMap(\.members))
    for file in wanted where !inGroups.contains(file.position) {
      let (rendition, settings) = (file.planned.rendition, file.planned.settings)
      if let runs = decoded.runs(rendition, settings) {
        let memory = MemoryCost.runs(rendition, of: job.source)
        units.append(
          WorkUnit(stage: .encode, cost: file.planned.cost, memory: memory) {
            watched(number, "\(job.source.format.decoder) or \(settings.format.encoder)") {
              encode(runs, file)
            }
          })
        continue
      }
      if let later = decoded.later(rendition) {
        let memory = MemoryCost.later(rendition, of: job.source)
        units.append(
          WorkUnit(stage: .encode, cost: file.planned.cost, memory: memory) {
            // The frames are decoded only now.
            watched(number, "\(job.source.format.decoder) or \(settings.format.encoder)") {
              encode(Result { () throws(VipsError) in try later() }, file)
            }
          })
        continue
      }
      let image = pixels.image(rendition, settings.color)
      let memory = MemoryCost.encode(image, settings, isScored: file.planned.isScored)
      units.append(
        WorkUnit(stage: .encode, cost: file.planned.cost, memory: memory) {
          watched(number, settings.format.encoder) { encode(image, file) }
        })
    }
    return units
  }

  /// The unit that finds a group's quality, which the group's files are then encoded at.
  private func search(
    _ group: QualityGroup,
    _ members: [(file: Wanted, image: Result<Image, VipsError>)],
    _ middle: Result<Image, VipsError>,
    previous: RenderRecord.Quality?
  ) -> WorkUnit {
    // The group's other encodes wait for it, so it counts for all of them.
    let cost =
      members.reduce(0) { $0 + $1.file.planned.cost } + RenderCost.encode(group.middle, group.settings)
    let memory = MemoryCost.search(middle, members.map(\.image), group.settings)
    let operation = group.settings.format.encoder
    return WorkUnit(stage: .encode, cost: cost, memory: memory) {
      guard let first = members.first?.file else { return [] }
      let encoder = PerceptualEncode(step: first.step, settings: group.settings, target: group.target)
      return watched(first.job, operation) {
        let quality: RenderRecord.Quality
        var file: PerceptualEncode.Scored?
        do throws(VipsError) {
          if let previous {
            quality = previous
          } else {
            (quality, file) = try encoder.search(middle.get())
            listener.searched(quality, for: group.key, of: first.job)
          }
        } catch {
          return members.flatMap { save(.failure(error), $0.file) }
        }
        return members.map { [file] member in
          let memory = MemoryCost.encode(member.image, group.settings, isScored: true)
          return WorkUnit(stage: .encode, cost: member.file.planned.cost, memory: memory) {
            watched(first.job, operation) {
              encode(member.image, member.file) { image throws(VipsError) in
                try encoder.encode(image, quality, middle: group.middle.width, file: file).encoded
              }
            }
          }
        }
      }
    }
  }

  /// Makes a file from a rendition's pixels.
  private func encode(
    _ image: Result<Image, VipsError>, _ file: Wanted,
    _ encoder: @escaping @Sendable (Image) throws(VipsError) -> EncodeStep.Encoded
  ) -> [WorkUnit] {
    save(
      Result { () throws(VipsError) in
        let work = FileInWork(
          source: file.source, planned: file.planned, encoder: encoder, image: try image.get())
        return try RenderSteps.file.run(work)
      }, file)
  }

  /// Makes a file at the settings that it was planned with.
  private func encode(_ image: Result<Image, VipsError>, _ file: Wanted) -> [WorkUnit] {
    encode(image, file) { image throws(VipsError) in try file.step.encode(image, file.planned.settings) }
  }

  /// Makes the file of an animation that is decoded while it is encoded.
  private func encode(
    _ runs: @escaping @Sendable () throws(VipsError) -> EncodeStep.Encoded, _ file: Wanted
  ) -> [WorkUnit] {
    save(
      Result { () throws(VipsError) in
        let pixel = try Image.fromPixels([0], width: 1, height: 1, bands: 1, file: file.source.path)
        let work = FileInWork(
          source: file.source, planned: file.planned, encoder: { _ throws(VipsError) in try runs() },
          image: pixel)
        return try RenderSteps.file.run(work)
      }, file)
  }

  /// Tells what became of a file.
  private func save(_ rendered: Result<RenderedFile, VipsError>, _ file: Wanted) -> [WorkUnit] {
    switch rendered {
    case .success(let rendered): listener.rendered(file.job, file.position, rendered)
    case .failure(let error): listener.failed(file.job, file.position, error.message)
    }
    return []
  }
}

extension ImageFormat {
  /// The encoder by libvips' name.
  fileprivate var encoder: String {
    switch self {
    case .avif: Saver.avif.operation
    case .jpeg: Saver.jpeg.operation
    case .jxl: Saver.jxl.operation
    case .png: Saver.png.operation
    case .webp: Saver.webp.operation
    case .bmp, .gif, .heic, .ico, .jp2, .svg, .tiff: "save"
    }
  }
}

/// The pixels of renditions, each rendered once.
private struct RenderedPixels {
  private let decoded: DecodedSource
  private var images: [Key: Result<Image, VipsError>] = [:]

  /// What tells the pixels of two renditions apart.
  private struct Key: Hashable {
    var width: Int
    var height: Int
    var crop: Crop?
    var color: EncodingSettings.Color?
  }

  init(_ decoded: DecodedSource) { self.decoded = decoded }

  mutating func image(
    _ rendition: Rendition, _ color: EncodingSettings.Color?
  ) -> Result<Image, VipsError> {
    let key = Key(width: rendition.width, height: rendition.height, crop: rendition.crop, color: color)
    if let image = images[key] { return image }
    let image = Result { () throws(VipsError) in try decoded.render(rendition, in: color) }
    images[key] = image
    return image
  }
}
