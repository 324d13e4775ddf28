import CVips
import Foundation

extension Image {
  /// Names of the metadata that the image carries, libvips' own header fields among them.
  package var fields: [String] {
    guard let names = vips_image_get_fields(pointer) else { return [] }
    defer { g_strfreev(names) }
    var fields: [String] = []
    var next = names
    while let name = next.pointee {
      fields.append(String(cString: name))
      next += 1
    }
    return fields
  }

  /// Whether a field is there.
  package func has(_ field: String) -> Bool { vips_image_get_typeof(pointer, field) != 0 }

  /// A field that holds a number.
  package func int(_ field: String) -> Int? {
    var value: Int32 = 0
    guard has(field), vips_image_get_int(pointer, field, &value) == 0 else { return nil }
    return Int(value)
  }

  /// A field that holds bytes.
  package func bytes(_ field: String) -> Data? {
    var start: UnsafeRawPointer?
    var count = 0
    guard has(field), vips_image_get_blob(pointer, field, &start, &count) == 0, let start else { return nil }
    return Data(bytes: start, count: count)
  }

  /// Whether an ICC profile is embedded.
  package var hasProfile: Bool { has("icc-profile-data") }

  /// EXIF orientation, 1 to 8; 1 if there is none or it is invalid.
  package var orientation: Int {
    guard let value = int("orientation"), (1...8).contains(value) else { return 1 }
    return value
  }

  /// The same pixels without any metadata: EXIF, XMP, IPTC, ICC, comments, thumbnails, animation.
  ///
  /// Fields are removed one by one because not every saver of 8.14 honours `strip`: WebP's writes them all.
  ///
  /// - Parameter keepingProfile: whether the ICC profile stays.
  /// - Throws: ``VipsError``
  package func withoutMetadata(keepingProfile: Bool = false) throws(VipsError) -> Image {
    let copy = try operation("copy", ["in": .image(self)]).image()
    for field in copy.fields where !(keepingProfile && field == "icc-profile-data") {
      vips_image_remove(copy.pointer, field)
    }
    return copy
  }

  /// A copy that carries texts and bytes as metadata, for a saver to write.
  ///
  /// - Parameters:
  ///   - texts: EXIF fields under libvips' names: `exif-ifd0-Copyright`.
  ///   - blobs: whole blocks: `xmp-data`.
  /// - Throws: ``VipsError``
  package func carrying(texts: [String: String], blobs: [String: Data]) throws(VipsError) -> Image {
    let copy = try operation("copy", ["in": .image(self)]).image()
    for (field, text) in texts { vips_image_set_string(copy.pointer, field, text) }
    for (field, data) in blobs {
      data.withUnsafeBytes { vips_image_set_blob_copy(copy.pointer, field, $0.baseAddress, $0.count) }
    }
    return copy
  }

  /// Whether metadata is there that savers would write.
  var hasMetadata: Bool {
    fields.contains { $0 == "icc-profile-data" || $0 == "xmp-data" || $0.hasPrefix("exif-") }
  }

  /// A copy that carries a number as metadata.
  func carrying(_ number: Int, as field: String) throws(VipsError) -> Image {
    let copy = try operation("copy", ["in": .image(self)]).image()
    vips_image_set_int(copy.pointer, field, Int32(truncatingIfNeeded: number))
    return copy
  }
}
