import AssetCache
import AssetModel
import Foundation
import SystemResources
import VariantPlanner
import Vips

/// A digest of the results of the render steps for small pictures.
///
/// A file that an earlier run encoded can be reused as long as this program would encode the same bytes. The build does
/// not tell: most changes do not affect the files, and encoding takes minutes. A version number that somebody has to
/// raise would be forgotten. So the steps are run on small pictures that pass through each of them, and a step that has
/// changed gives other bytes. A case of a step that no picture covers goes unnoticed, so a new case needs a new picture
/// here.
enum RenderProbe {
  /// The digest. To find it takes some hundredths of a second for each build with its libraries; then it is remembered.
  static func digest(_ cache: AssetCache) -> String {
    let key = cache.key("probe", LoadedLibraries.identity)
    if let cached = cache.value(.facts, key) { return String(decoding: cached, as: UTF8.self) }
    // Where nothing can be tried, what this build encodes is its own.
    guard let digest = measuredDigest else { return cache.key("no probe") }
    cache.set([key: Data(digest.utf8)], in: .facts)
    return digest
  }

  /// What this process makes of them; nil where it can make nothing.
  private static let measuredDigest = try? measured()

  static func measured() throws -> String {
    var hash = SHA256()
    hash.update(RenderSteps.names.joined(separator: "\n"))
    for picture in try ProbePicture.all() {
      let decoded = try picture.decoded()
      for rendition in picture.renditions {
        for settings in rendition.graphic {
          let image = try decoded.render(rendition, in: settings.color)
          let step = EncodeStep(
            content: picture.source.content ?? .photograph, credit: Credit(creator: "probe"))
          hash.update(try file(of: image, step, settings))
        }
      }
    }
    return ContentDigest.hexadecimal(hash.finalize())
  }

  private static func file(
    of image: Image, _ step: EncodeStep, _ settings: EncodingSettings
  ) throws(VipsError) -> Data {
    guard let target = settings.target else { return try step.encode(image, settings).data }
    return try PerceptualEncode(step: step, settings: settings, target: target).search(image).file?.encoded
      .data
      ?? Data()
  }
}

/// A picture that is drawn to be rendered: a gradient, edges and noise, which is what encoders differ by.
private struct ProbePicture {
  var source: Source
  var data: Data
  var renditions: [Rendition]

  /// A photograph, the same with a profile, a graphic with alpha that lies on its side, and an animation of two frames.
  static func all() throws(VipsError) -> [ProbePicture] {
    let formats = Engine.allWrites.filter(\.isWritable)
    let lossy = formats.map { EncodingSettings(format: $0, loss: .lossy, quality: 60) }
    let searched = EncodingSettings(format: .jpeg, loss: .lossy, target: 70)
    let wide = EncodingSettings(format: .jpeg, loss: .lossy, quality: 60, color: .p3, metadata: .copyright)
    let smallest = formats.filter { [.webp, .png].contains($0) }.map {
      EncodingSettings(format: $0, loss: .smallest, quality: 60)
    }
    let frames = try drawn(bands: 3).animated(frameHeight: 32, delays: [100, 100], plays: 0)
    let animation = EncodingSettings(format: .webp, loss: .lossy, quality: 60)
    return try [
      still(.photograph, bands: 3, 1, [rendition(48, 32, lossy + [searched])]),
      ProbePicture(.photograph, profiled(), .jpeg, hasProfile: true, [rendition(48, 32, [searched, wide])]),
      still(.graphic, bands: 4, 6, [rendition(32, 32, smallest, crop: .square)]),
      ProbePicture(
        .animation, AnimationEncodeStep.encode(frames, animation).data, .webp, height: 32, frames: 2,
        [rendition(48, 16, [animation])]),
    ]
  }

  /// The picture, decoded as a file is.
  func decoded() throws -> DecodedSource {
    let path = FileManager.default.temporaryDirectory.path + "/optimize-assets-\(UUID().uuidString)"
    try data.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try DecodedSource(source, loader: source.format.loader, path: path, renditions: renditions)
  }

  private init(
    _ content: Source.Content, _ data: Data, _ format: ImageFormat, height: Int = 64, frames: Int = 1,
    orientation: Int = 1, hasProfile: Bool = false, _ renditions: [Rendition]
  ) {
    let isUpright = orientation < 5
    source = Source(
      path: "probe", sha256: ContentDigest.sha256(data), bytes: data.count, format: format,
      width: isUpright ? 96 : height, height: isUpright ? height : 96, frames: frames,
      orientation: orientation,
      icc: hasProfile, content: content, wideGamut: hasProfile)
    self.data = data
    self.renditions = renditions
  }

  private static func still(
    _ content: Source.Content, bands: Int, _ orientation: Int, _ renditions: [Rendition]
  ) throws(VipsError) -> ProbePicture {
    ProbePicture(content, try drawn(bands: bands).png(), .png, orientation: orientation, renditions)
  }

  /// A JPEG in Display P3, with that profile in a segment behind its first marker.
  private static func profiled() throws(VipsError) -> Data {
    let image = try drawn(bands: 3).convertedThroughProfile(to: .p3)
    let file = try image.jpeg(quality: 90, chroma: .full)
    let profile = image.bytes("icc-profile-data") ?? Data()
    let segment = Data("ICC_PROFILE\0".utf8) + [1, 1] + profile
    let length = UInt16(clamping: segment.count + 2)
    return file.prefix(2) + [0xFF, 0xE2, UInt8(length >> 8), UInt8(length & 0xFF)] + segment
      + file.dropFirst(2)
  }

  private static func rendition(
    _ width: Int, _ height: Int, _ settings: [EncodingSettings], crop: Crop? = nil
  ) -> Rendition {
    var rendition = Rendition(
      width: width, height: height, crop: crop, purpose: .responsive, photograph: settings, graphic: settings)
    rendition.sharpen = crop == nil
    return rendition
  }

  private static func drawn(bands: Int) throws(VipsError) -> Image {
    var noise: UInt32 = 1
    var pixels: [UInt8] = []
    for y in 0..<64 {
      for x in 0..<96 {
        noise = noise &* 1_664_525 &+ 1_013_904_223
        let grain = Int(noise >> 28)
        let edge = (x / 12 + y / 9) % 2 == 0 ? 60 : 0
        let color = [x * 2 + grain, y * 3 + grain, 120 + edge + grain, x + y]
        pixels += color.prefix(bands).map { UInt8(clamping: $0) }
      }
    }
    return try Image.fromPixels(pixels, width: 96, height: 64, bands: bands, file: "probe")
  }
}
