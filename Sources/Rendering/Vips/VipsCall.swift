import CVips
import Foundation

/// One call of a libvips operation.
///
/// libvips' C functions are variadic, which Swift cannot call, so operations are created by name and their arguments
/// are set as GObject properties, as libvips' bindings for other languages do
/// (https://www.libvips.org/API/current/binding.html). The operation is built directly, past libvips' operation cache,
/// which this pipeline keeps switched off.
final class VipsCall {
  /// An argument's value. The property's own type decides how it is stored.
  enum Argument {
    case image(Image)
    case bool(Bool)
    case int(Int)
    case double(Double)
    case doubles([Double])
    case images([Image])
    /// A string, or the nickname of an enumeration's value.
    case text(String)
    /// Bytes, which libvips reads where they are.
    case bytes(Data)
  }

  private let name: String
  private let file: String
  private let pointer: UnsafeMutablePointer<VipsOperation>

  /// Makes an operation, sets its arguments and runs it.
  ///
  /// - Throws: ``VipsError`` when libvips has no such operation or argument, or when the operation fails.
  init(_ name: String, file: String, _ arguments: KeyValuePairs<String, Argument>) throws(VipsError) {
    try VipsLibrary.started()
    guard let pointer = vips_operation_new(name) else { throw .last(name, file: file) }
    self.name = name
    self.file = file
    self.pointer = pointer
    for (key, value) in arguments { try set(key, value) }
    guard VectorLock.build(object, named: name) == 0 else { throw .last(name, file: file) }
  }

  deinit { VectorLock.release(operation: object) }

  /// An output image.
  func image(_ key: String = "out") throws(VipsError) -> Image {
    var value = try get(key)
    defer { g_value_unset(&value) }
    guard let object = g_value_dup_object(&value) else { throw failure("gave no image as '\(key)'") }
    return Image(owning: object.assumingMemoryBound(to: VipsImage.self), file: file)
  }

  /// Output bytes.
  func bytes(_ key: String = "buffer") throws(VipsError) -> Data {
    var value = try get(key)
    defer { g_value_unset(&value) }
    var count = 0
    guard let start = vips_value_get_blob(&value, &count) else { throw failure("gave no bytes as '\(key)'") }
    return Data(bytes: start, count: count)
  }

  /// An output number.
  func double(_ key: String = "out") throws(VipsError) -> Double {
    var value = try get(key)
    defer { g_value_unset(&value) }
    return g_value_get_double(&value)
  }

  /// A blob of libvips' that keeps the data alive instead of copying it: a source can be hundreds of megabytes large.
  private static func blob(holding data: Data) -> UnsafeMutablePointer<VipsBlob>? {
    // A few bytes are stored inside the `Data` value itself and have no stable address. More bytes are in storage that
    // its copies share, and that no copy changes while there is another, so they stay where they are as long as the box
    // has one. (`NSData` would promise the same, and copies on Linux.)
    guard data.count > 64 else { return data.withUnsafeBytes { vips_blob_copy($0.baseAddress, $0.count) } }
    let box = DataBox(data)
    let free: VipsCallbackFn = { _, area in
      guard let area = area?.assumingMemoryBound(to: VipsArea.self), let owner = area.pointee.client else {
        return 0
      }
      area.pointee.client = nil
      Unmanaged<DataBox>.fromOpaque(owner).release()
      return 0
    }
    let blob = box.data.withUnsafeBytes { vips_blob_new(free, $0.baseAddress, $0.count) }
    guard let blob else { return nil }
    blob.pointee.area.client = Unmanaged.passRetained(box).toOpaque()
    return blob
  }

  private var object: UnsafeMutablePointer<VipsObject> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: VipsObject.self)
  }

  private func failure(_ message: String) -> VipsError {
    VipsError(operation: name, file: file, message: message)
  }

  private func get(_ key: String) throws(VipsError) -> GValue {
    var value = try emptyValue(for: key)
    g_object_get_property(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: GObject.self), key, &value)
    return value
  }

  private func set(_ key: String, _ argument: Argument) throws(VipsError) {
    var value = try emptyValue(for: key)
    defer { g_value_unset(&value) }
    try store(argument, in: &value, of: key)
    g_object_set_property(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: GObject.self), key, &value)
  }

  /// An empty value of the type that the argument's parameter specification asks for.
  private func emptyValue(for key: String) throws(VipsError) -> GValue {
    var specification: UnsafeMutablePointer<GParamSpec>?
    var argumentClass: UnsafeMutablePointer<VipsArgumentClass>?
    var argumentInstance: UnsafeMutablePointer<VipsArgumentInstance>?
    guard
      vips_object_get_argument(object, key, &specification, &argumentClass, &argumentInstance) == 0,
      let specification
    else { throw .last(name, file: file) }
    var value = GValue()
    g_value_init(&value, specification.pointee.value_type)
    return value
  }

  private func store(_ argument: Argument, in value: inout GValue, of key: String) throws(VipsError) {
    let type = value.g_type
    switch argument {
    case .image(let image) where g_type_is_a(type, vips_image_get_type()) != 0:
      g_value_set_object(&value, image.pointer)
    case .images(let images) where type == vips_array_image_get_type():
      var pointers: [UnsafeMutablePointer<VipsImage>?] = images.map(\.pointer)
      guard let array = vips_array_image_new(&pointers, Int32(pointers.count)) else {
        throw failure("libvips made no array of images for '\(key)'")
      }
      g_value_set_boxed(&value, array)
      vips_area_unref(UnsafeMutableRawPointer(array).assumingMemoryBound(to: VipsArea.self))
    case .bool(let flag) where type == FundamentalType.boolean:
      g_value_set_boolean(&value, flag ? 1 : 0)
    case .int(let number) where type == FundamentalType.int:
      guard let number = Int32(exactly: number) else { throw failure("'\(key)' cannot be \(number)") }
      g_value_set_int(&value, number)
    case .int(let number) where g_type_is_a(type, FundamentalType.flags) != 0:
      guard let number = UInt32(exactly: number) else { throw failure("'\(key)' cannot be \(number)") }
      g_value_set_flags(&value, number)
    case .int(let number) where type == FundamentalType.double: g_value_set_double(&value, Double(number))
    case .double(let number) where type == FundamentalType.double: g_value_set_double(&value, number)
    case .doubles(let numbers) where type == vips_array_double_get_type():
      vips_value_set_array_double(&value, numbers, Int32(numbers.count))
    case .text(let text) where type == FundamentalType.string: g_value_set_string(&value, text)
    case .text(let nick) where g_type_is_a(type, FundamentalType.enumeration) != 0:
      let number = vips_enum_from_nick(name, type, nick)
      guard number >= 0 else { throw .last(name, file: file) }
      g_value_set_enum(&value, number)
    case .bytes(let data) where type == vips_blob_get_type():
      guard let blob = Self.blob(holding: data) else { throw failure("no memory for \(data.count) bytes") }
      g_value_set_boxed(&value, blob)
      vips_area_unref(UnsafeMutableRawPointer(blob).assumingMemoryBound(to: VipsArea.self))
    default:
      throw failure("'\(key)' does not take \(argument)")
    }
  }
}

/// Keeps bytes alive for libvips.
private final class DataBox {
  let data: Data
  init(_ data: Data) { self.data = data }
}

/// GLib's fundamental types, which C code knows through macros that Swift does not see.
private enum FundamentalType {
  static let boolean = g_type_from_name("gboolean")
  static let int = g_type_from_name("gint")
  static let double = g_type_from_name("gdouble")
  static let string = g_type_from_name("gchararray")
  static let enumeration = g_type_from_name("GEnum")
  static let flags = g_type_from_name("GFlags")
}
