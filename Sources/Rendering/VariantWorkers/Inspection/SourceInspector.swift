import AssetModel
import Foundation
import SiteFiles
import Vips
import Web

/// The result of reading a file's header.
package struct Inspection: Codable, Hashable, Sendable {
  /// The image; nil when the file holds none that could be used.
  package var source: Source?
  /// What a person should know.
  package var problems: [Diagnostic]

  package init(source: Source?, problems: [Diagnostic]) {
    self.source = source
    self.problems = problems
  }
}

/// Looks at image files: format by content, size, orientation, frames, profile, GPS. No pixel is decoded.
package struct SourceInspector: Sendable {
  private let root: SiteRoot
  private let limits: SourceLimits

  package init(root: SiteRoot, limits: SourceLimits = SourceLimits()) {
    self.root = root
    self.limits = limits
  }

  /// Looks at one file. Safe to call from several threads.
  ///
  /// - Parameters:
  ///   - path: relative to the site's root, as ``SiteRoot/resolve(_:)`` gave it.
  package func inspect(_ path: String) -> Inspection {
    let data: Data
    do throws(FileError) {
      let bytes = try length(of: path)
      if let problem = GuardStep.refusal(path, bytes: bytes, limits) {
        return Inspection(source: nil, problems: [problem])
      }
      data = try FileAccess.read(root.absolute(path))
    } catch {
      return refused(path, .unreadable, "the file cannot be read: \(error.reason)", "check its permissions")
    }
    return inspect(path, data)
  }

  private func length(of path: String) throws(FileError) -> Int {
    var info = stat()
    guard stat(root.absolute(path), &info) == 0 else { throw FileError("read", path) }
    return Int(info.st_size)
  }

  private func inspect(_ path: String, _ data: Data) -> Inspection {
    guard let format = ContentSniffer.format(of: data) else {
      let what = ContentSniffer.describe(data)
      return refused(
        path,
        .undecodable,
        "not an image: it is \(what)",
        what == "a Git LFS pointer" ? "run `git lfs pull`" : "replace it, or remove the reference"
      )
    }
    let promised = ImageFormat(fileName: path)
    // Browsers sniff raster formats and show them under any name, but never SVG.
    if format == .svg, let promised, promised != .svg {
      return refused(
        path,
        .undecodable,
        "it holds SVG and is named .\(promised.fileExtension), so no browser shows it",
        "give it the extension .svg"
      )
    }
    var source = Source(
      path: path,
      sha256: ContentDigest.sha256(data),
      bytes: data.count,
      format: format
    )
    source.gps = PositionData.isThere(in: data)
    var problems: [Diagnostic] = []
    if let promised, promised != format {
      problems.append(
        Diagnostic(
          .warning,
          .extensionMismatch,
          file: path,
          message: "it holds \(format.rawValue) and is named as \(promised.rawValue)",
          advice: "variants are named by content; rename the file when convenient"
        )
      )
    }
    if let warning = GuardStep.reserve(source, limits) {
      // Without dimensions nothing is planned for it.
      return Inspection(source: source, problems: problems + [warning])
    }
    if !format.isShownByBrowsers { problems.append(unsupportedFormatWarning(source)) }
    if format == .svg {
      let document = SVGDocument(data)
      if let size = document.size {
        (source.width, source.height) = (
          Int(max(1, size.width.rounded())), Int(max(1, size.height.rounded()))
        )
      }
      return Inspection(source: source, problems: problems + document.problems(file: path))
    }
    if format == .bmp { return inspectBitmap(data, source, problems) }
    guard let loader = format.loader else { return Inspection(source: source, problems: problems) }
    guard format.isReadable else {
      return refused(
        path,
        .undecodable,
        "this build of libvips does not read \(format.title)",
        "install one that does, or save the image as JPEG or PNG"
      )
    }
    if let refusal = readFormatHeader(data, into: &source) { return refusal }
    // libvips opens no AVIF sequence, and needs not to: it is passed through.
    if format == .avif, source.frames > 1 { return Inspection(source: source, problems: problems) }
    do throws(VipsError) {
      let image = try Image.open(data, with: loader, file: path, failOn: .truncated)
      readHeader(of: image, into: &source)
      problems += try Fidelity.look(at: image, data, &source)
    } catch {
      return refused(
        path,
        .undecodable,
        "the image cannot be read: \(error.message)",
        "replace the file by an intact one"
      )
    }
    if let refusal = refusedForSize(source) { return refusal }
    return Inspection(source: source, problems: problems)
  }

  /// Facts that libvips does not report, or reports too late.
  private func readFormatHeader(_ data: Data, into source: inout Source) -> Inspection? {
    if source.format == .png, let header = PNGHeader(data) {
      (source.width, source.height) = (header.width, header.height)
      if let animation = APNG(data) {
        // One frame is an animation too where it is not the default image, which browsers then never show.
        (source.frames, source.content) = (animation.frames.count, .animation)
      }
    } else if let container = ImageContainer(data) {
      (source.width, source.height, source.frames) = (container.width, container.height, container.frames)
      if source.frames > 1 { source.content = .animation }
    }
    return refusedForSize(source)
  }

  private func readHeader(of image: Image, into source: inout Source) {
    // AVIF and HEIC are turned by libheif from their own boxes, and browsers ignore their EXIF orientation, as Chromium
    // does that of WebP.
    let turned = ![.avif, .heic, .webp].contains(source.format)
    source.orientation = turned ? image.orientation : 1
    source.width = source.orientation < 5 ? image.width : image.height
    source.height = source.orientation < 5 ? image.height : image.width
    source.alpha = image.hasAlpha
    source.icc = image.hasProfile
    if let profile = image.bytes("icc-profile-data") {
      let colors = image.hasAlpha ? image.bands - 1 : image.bands
      source.wideGamut =
        ColorProfile.flaw(in: profile, colors: colors) == nil && ColorProfile.isWideGamut(profile)
    }
    source.credit = Credit(of: image)
    source.gps = source.gps || image.hasPosition
    // Pages of a TIFF and further images of a HEIC are not an animation.
    if [.gif, .webp, .jxl].contains(source.format) { source.frames = max(1, image.int("n-pages") ?? 1) }
    if source.frames > 1, source.format != .jxl { source.content = .animation }
  }

  private func inspectBitmap(_ data: Data, _ source: Source, _ problems: [Diagnostic]) -> Inspection {
    guard let header = BitmapHeader(data), header.isSupported else {
      return refused(
        source.path, .undecodable, "the bitmap's header is damaged", "replace the file by an intact one")
    }
    var source = source
    (source.width, source.height) = (header.width, header.height)
    if let refusal = refusedForSize(source) { return refusal }
    guard !header.isPlain else { return Inspection(source: source, problems: problems) }
    // Without dimensions nothing is planned for it.
    (source.width, source.height) = (0, 0)
    let note = Diagnostic(
      .note, .passedThrough, file: source.path, message: "compressed bitmaps are left as they are",
      advice: "save it as PNG")
    return Inspection(source: source, problems: problems + [note])
  }

  private func unsupportedFormatWarning(_ source: Source) -> Diagnostic {
    Diagnostic(
      .warning,
      .notShown,
      file: source.path,
      message:
        "most browsers do not show \(source.format.rawValue.uppercased()); posts that can be rewritten get a"
        + " file that all do",
      advice: "where a reference stays as it is, save the image as JPEG or PNG"
    )
  }

  private func refusedForSize(_ source: Source) -> Inspection? {
    GuardStep.refusal(source, limits).map { Inspection(source: nil, problems: [$0]) }
  }

  private func refused(_ path: String, _ code: Diagnostic.Rule, _ message: String, _ advice: String)
    -> Inspection
  {
    Inspection(
      source: nil,
      problems: [Diagnostic(.error, code, file: path, message: message, advice: advice)]
    )
  }
}

extension Image {
  /// Whether EXIF or XMP says where the picture was taken.
  fileprivate var hasPosition: Bool {
    if fields.contains(where: { $0.hasPrefix("exif-") && $0.contains("GPSL") }) { return true }
    return bytes("xmp-data")?.range(of: Data("GPSLatitude".utf8)) != nil
  }
}
