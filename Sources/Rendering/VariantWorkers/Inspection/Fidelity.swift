import AssetModel
import Foundation
import Vips

/// Where what decoders give is not what browsers show, and what new files cannot hold.
enum Fidelity {
  /// Looks at a picture that was opened.
  ///
  /// - Returns: what a person should know about it.
  static func look(at image: Image, _ data: Data, _ source: inout Source) throws(VipsError) -> [Diagnostic] {
    let format = source.format
    source.leftAlone = obstacle(data, format, image)
    source.correction = correction(data, format, image)
    if format == .gif, GIFStructure(data)?.uncoveredFrame != nil { source.alpha = true }
    if case .converted(let colors) = DeclaredColors.verdict(data, format),
      let profile = colors.profile(bands: 3)
    {
      source.wideGamut = ColorProfile.isWideGamut(profile)
    }
    var problems: [Diagnostic] = []
    if format == .webp, image.orientation > 1 {
      problems.append(
        Diagnostic(
          .warning, .shownDifferently, file: source.path,
          message:
            "its EXIF orientation is \(image.orientation): Chromium shows the picture as it is stored, as new files do,"
            + " and Safari turns it",
          advice: "turn its pixels, and remove the orientation"))
    }
    let parts = lostParts(data, format, image)
    if !parts.isEmpty {
      problems.append(
        Diagnostic(
          .note, .partLeftOut, file: source.path,
          message: "new files do not hold \(parts.joined(separator: ", nor "))"))
    }
    return problems
  }

  /// What has to be corrected; nil for nearly all files.
  private static func correction(_ data: Data, _ format: ImageFormat, _ image: Image) -> String? {
    var all: [String] = []
    if format == .gif, GIFStructure(data)?.uncoveredFrame != nil { all.append("margin") }
    if case .converted = DeclaredColors.verdict(data, format) {
      all.append("colors")
    } else if let profile = image.bytes("icc-profile-data"), ColorProfile.isTable(profile) {
      all.append("table")
    }
    if format == .jpeg, image.interpretation == .cmyk, !image.hasProfile { all.append("inks") }
    if format == .webp, image.orientation > 1 { all.append("stored") }
    if image.hasAlpha, container(data, format)?.alphaHeader?.isFullRange == false { all.append("alpha") }
    return all.isEmpty ? nil : all.joined(separator: ", ")
  }

  /// Why a file gets no variants: the decoded pixels are not the picture that browsers show. Nil for nearly all files.
  ///
  /// - Parameter image: the picture as it was opened.
  static func obstacle(_ data: Data, _ format: ImageFormat, _ image: Image) -> String? {
    if case .unconverted(let what) = DeclaredColors.verdict(data, format) { return "its colors are \(what)" }
    if let profile = image.bytes("icc-profile-data"), let points = ColorProfile.points(in: profile),
      points.curve == nil
    {
      return "its colors are \(points.description)"
    }
    if let item = container(data, format), item.hasAlpha, !image.hasAlpha {
      return "the decoder loses its transparency"
    }
    return nil
  }

  /// What of a file its new files do not hold, in words; empty for nearly all files.
  static func lostParts(_ data: Data, _ format: ImageFormat, _ image: Image) -> [String] {
    var parts: [String] = []
    if hasGainMap(data, format) { parts.append("the gain map that makes it HDR") }
    if hasManifest(data, format) { parts.append("its C2PA manifest") }
    if format == .tiff, let pages = image.int("n-pages"), pages > 1 {
      parts.append("its pages but for the first of \(pages)")
    }
    return parts
  }

  private static func container(_ data: Data, _ format: ImageFormat) -> ContainerItem? {
    format == .avif || format == .heic ? ContainerItem(data) : nil
  }

  private static func hasGainMap(_ data: Data, _ format: ImageFormat) -> Bool {
    guard format == .jpeg else { return container(data, format)?.hasGainMap == true }
    // Ultra HDR says so in XMP, ISO 21496-1 in a segment of its own.
    return data.headerSegments.contains { marker, content in
      marker == 0xE1 && content.range(of: Data("http://ns.adobe.com/hdr-gain-map/1.0/".utf8)) != nil
        || marker == 0xE2 && content.starts(with: Data("urn:iso:std:iso:ts:21496:-1".utf8))
    }
  }

  private static func hasManifest(_ data: Data, _ format: ImageFormat) -> Bool {
    switch format {
    case .jpeg:
      data.headerSegments.contains { marker, content in
        marker == 0xEB && content.range(of: Data("c2pa".utf8)) != nil
      }
    case .png: data.chunkNames.contains("caBX")
    case .webp: WebPContainer(data)?.chunks.contains { $0.name == "C2PA" } ?? false
    default: container(data, format)?.hasManifest ?? false
    }
  }
}

extension Data {
  /// The segments of a JPEG in front of its first scan.
  var headerSegments: [(marker: Int, content: Data)] {
    var segments: [(marker: Int, content: Data)] = []
    var offset = 2
    while let marker = bigEndian(at: offset, count: 2), marker >= 0xFF00, marker != 0xFFDA {
      if marker == 0xFFFF {
        offset += 1
        continue
      }
      guard let length = bigEndian(at: offset + 2, count: 2), length >= 2, length <= count - offset - 2 else {
        break
      }
      let start = startIndex + offset + 4
      segments.append((marker & 0xFF, self[start..<(start + length - 2)]))
      offset += 2 + length
    }
    return segments
  }

  /// The names of a PNG's chunks.
  fileprivate var chunkNames: [String] {
    var names: [String] = []
    var offset = 8
    while let length = bigEndian(at: offset, count: 4), length <= count - offset - 12 {
      names.append(ascii(at: offset + 4, count: 4))
      offset += 12 + length
    }
    return names
  }
}
