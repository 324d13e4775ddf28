import CVips
import Synchronization

extension Image {
  /// The image without its alpha channel, on the assumption that every pixel is opaque.
  ///
  /// This is checked while the pixels are computed, so nothing has to be stored or decoded twice. The first pixel that
  /// is not opaque ends the computation with an error, and `check` records it.
  ///
  /// - Returns: nil if pixels of this type are not checked.
  /// - Throws: ``VipsError``
  package func assumedOpaque() throws(VipsError) -> (image: Image, check: OpaqueCheck)? {
    let format = vips_image_get_format(pointer)
    guard hasAlpha, bands > 1, format == VIPS_FORMAT_UCHAR || format == VIPS_FORMAT_USHORT else { return nil }
    let isWide = [.rgb16, .gray16].contains(interpretation)
    let check = OpaqueCheck(opaque: isWide ? 65535 : 255, bytes: format == VIPS_FORMAT_UCHAR ? 1 : 2)
    guard let out = vips_image_new() else { throw .last("vips_image_new", file: file) }
    let image = Image(owning: out, file: file)
    var inputs: [UnsafeMutablePointer<VipsImage>?] = [pointer, nil]
    guard vips_image_pipeline_array(out, VIPS_DEMAND_STYLE_THINSTRIP, &inputs) == 0 else {
      throw .last("vips_image_pipeline", file: file)
    }
    out.pointee.Bands -= 1
    // Both have to live as long as pixels of the new image may be requested.
    let object = UnsafeMutableRawPointer(out).assumingMemoryBound(to: GObject.self)
    g_object_ref(pointer)
    g_object_set_data_full(object, "optimize-assets-input", pointer, { g_object_unref($0) })
    let retainedCheck = Unmanaged.passRetained(check)
    g_object_set_data_full(
      object, "optimize-assets-check", retainedCheck.toOpaque(),
      { if let box = $0 { Unmanaged<OpaqueCheck>.fromOpaque(box).release() } })
    let failed = vips_image_generate(
      out, { vips_start_one($0, $1, $2) }, OpaqueCheck.generate, { vips_stop_one($0, $1, $2) },
      pointer, retainedCheck.toOpaque())
    guard failed == 0 else { throw .last("vips_image_generate", file: file) }
    return (image, check)
  }
}

/// Whether an alpha channel that is being left out is opaque everywhere; see ``Image/assumedOpaque()``.
package final class OpaqueCheck: Sendable {
  private let opaque: UInt16
  private let bytes: Int
  private let transparency = Atomic(false)

  fileprivate init(opaque: UInt16, bytes: Int) {
    self.opaque = opaque
    self.bytes = bytes
  }

  /// Whether a pixel is not opaque.
  package var hasTransparency: Bool { transparency.load(ordering: .sequentiallyConsistent) }

  /// Called by libvips for each part of the new image, from whatever thread computes it: `sequence` is a region of the
  /// input that belongs to that thread, and `box` the check.
  fileprivate static let generate: VipsGenerateFn = { region, sequence, _, box, _ in
    guard let region, let sequence, let box else { return -1 }
    let input = sequence.assumingMemoryBound(to: VipsRegion.self)
    let check = Unmanaged<OpaqueCheck>.fromOpaque(box).takeUnretainedValue()
    var area = region.pointee.valid
    guard vips_region_prepare(input, &area) == 0 else { return -1 }
    return check.copy(area, from: input.pointee, to: region.pointee) ? 0 : -1
  }

  /// - Returns: false at a pixel that is not opaque.
  private func copy(_ area: VipsRect, from input: VipsRegion, to output: VipsRegion) -> Bool {
    let bands = Int(input.im.pointee.Bands)
    let width = Int(area.width)
    for y in area.top..<(area.top + area.height) {
      guard let source = Self.row(of: input, area.left, y, pixel: bands * bytes),
        let target = Self.row(of: output, area.left, y, pixel: (bands - 1) * bytes)
      else { return false }
      let isOpaque =
        bytes == 1
        ? Self.copyRow(source, target, width, bands, UInt8(truncatingIfNeeded: opaque))
        : Self.copyRow(
          UnsafeRawPointer(source).assumingMemoryBound(to: UInt16.self),
          UnsafeMutableRawPointer(target).assumingMemoryBound(to: UInt16.self), width, bands, opaque)
      guard isOpaque else {
        transparency.store(true, ordering: .sequentiallyConsistent)
        return false
      }
    }
    return true
  }

  /// What libvips' `VIPS_REGION_ADDR` gives.
  private static func row(
    of region: VipsRegion, _ x: Int32, _ y: Int32, pixel: Int
  ) -> UnsafeMutablePointer<UInt8>? {
    let offset = Int(y - region.valid.top) * Int(region.bpl) + Int(x - region.valid.left) * pixel
    return region.data.map { $0 + offset }
  }

  /// Copies all numbers of each pixel but the last.
  @inline(__always)
  private static func copyRow<Number: FixedWidthInteger>(
    _ source: UnsafePointer<Number>, _ target: UnsafeMutablePointer<Number>, _ width: Int, _ bands: Int,
    _ opaque: Number
  ) -> Bool {
    var least = Number.max
    var (from, to) = (0, 0)
    for _ in 0..<width {
      for band in 0..<(bands - 1) { target[to + band] = source[from + band] }
      least = min(least, source[from + bands - 1])
      (from, to) = (from + bands, to + bands - 1)
    }
    return least >= opaque
  }
}
