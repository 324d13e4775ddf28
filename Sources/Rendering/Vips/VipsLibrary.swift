import CVips
import Foundation

/// libvips as a whole: started once, with the settings that this pipeline needs.
package enum VipsLibrary {
  /// The version that is loaded, `8.14.1`. It starts libvips.
  package static var version: String {
    _ = start
    return (0..<3).map { String(vips_version(Int32($0))) }.joined(separator: ".")
  }

  /// Starts libvips the first time it is called.
  ///
  /// - Throws: ``VipsError`` when libvips does not start, the same one on each call.
  package static func started() throws(VipsError) {
    if let failure = start { throw failure }
  }

  /// Whether this build of libvips has an operation: savers and loaders depend on the libraries it was built
  /// with.
  package static func has(_ operation: String) -> Bool {
    _ = start
    return vips_type_find("VipsOperation", operation) != 0
  }

  /// Whether libvips itself calls an operation unfit for hostile input.
  static func isUntrusted(_ operation: String) -> Bool {
    guard start == nil, let kind = operationClass(operation) else { return false }
    return kind.pointee.flags.rawValue & VIPS_OPERATION_UNTRUSTED.rawValue != 0
  }

  /// From now on an operation fails.
  static func block(_ operation: String) {
    guard start == nil else { return }
    let type = vips_type_find("VipsOperation", operation)
    if type != 0, let name = g_type_name(type) { vips_operation_block_set(name, 1) }
  }

  /// The class stays: libvips' types are registered once and for all.
  private static func operationClass(_ operation: String) -> UnsafeMutablePointer<VipsOperationClass>? {
    let type = vips_type_find("VipsOperation", operation)
    guard type != 0 else { return nil }
    return g_type_class_ref(type)?.assumingMemoryBound(to: VipsOperationClass.self)
  }

  /// Frees what libvips keeps for the calling thread, at the end of a worker. Does nothing if libvips was never
  /// started, as in a run with nothing to render, because libvips would crash.
  package static func finishThread() {
    guard start == nil else { return }
    vips_thread_shutdown()
  }

  /// Gives memory that was freed back to the system, where the C library keeps it for later.
  package static func trim() {
    #if canImport(Glibc)
    malloc_trim(0)
    #endif
  }

  /// Bytes of pixels that libvips holds now.
  package static var trackedBytes: Int { Int(vips_tracked_get_mem()) }

  /// The most bytes of pixels that libvips has held at once.
  package static var trackedPeakBytes: Int { Int(vips_tracked_get_mem_highwater()) }

  /// Swift runs a static initializer once, on the first thread that needs it, and the others wait.
  private static let start: VipsError? = {
    let file = "libvips"
    limitArenas()
    guard vips_init("optimize-assets") == 0 else { return .last("vips_init", file: file) }
    // vips_block_untrusted_set came with 8.13.
    guard vips_version(0) == 8, vips_version(1) >= 13 else {
      return VipsError(
        operation: "vips_init",
        file: file,
        message: "version \(vips_version(0)).\(vips_version(1)) is loaded, 8.13 or a later 8.x is needed"
      )
    }
    // Each source is read once, so a cache of operations would only hold memory.
    vips_cache_set_max(0)
    // The pool gives the parallelism: whole images side by side scale better than threads inside one, and an
    // encoder's output never depends on a thread count.
    vips_concurrency_set(1)
    // Blocks what libvips itself calls unfit for hostile input. In 8.14 those are the loaders for CSV, raw,
    // vips, Analyze, PPM, Radiance, SVG, JPEG 2000, Matlab, FITS, OpenEXR, PDF, OpenSlide, JPEG XL and
    // everything read by ImageMagick (BMP, ICO, PSD …), and the savers of FITS, JPEG XL and ImageMagick.
    vips_block_untrusted_set(1)
    for name in Loader.mayBeOpened { vips_operation_block_set(name, 0) }
    silenceWarnings()
    return nil
  }()

  /// glibc gives each thread a heap of its own, and what a decoder freed in one stays there while another thread
  /// asks the system for more. Two heaps hold the peak of a run with AVIF at 470 MB instead of 660 and cost no time.
  private static func limitArenas() {
    #if canImport(Glibc)
    mallopt(M_ARENA_MAX, 2)
    #endif
  }

  /// libvips warns through GLib's log, which prints to standard error, between the lines of a progress bar and
  /// without the file's name. What matters arrives as a ``VipsError``; the rest is dropped.
  private static func silenceWarnings() {
    let levels = [
      G_LOG_LEVEL_WARNING, G_LOG_LEVEL_MESSAGE, G_LOG_LEVEL_INFO, G_LOG_LEVEL_DEBUG,
    ].reduce(0) { $0 | $1.rawValue }
    g_log_set_handler("VIPS", GLogLevelFlags(levels), { _, _, _, _ in }, nil)
  }
}
