import CVips
import Foundation

/// One thread at a time makes or frees libvips' objects.
///
/// Resizing and sharpening compile their inner loops with Orc when they are created, and free that code with the
/// object. Orc 0.4.33 (Debian 12) has been observed to corrupt its list of such code and to crash, as when two threads
/// change it at once (a crash in `liborc` at a freed entry, and glibc's "unaligned fastbin chunk"). Creating and
/// freeing are short; the pixels are computed outside the lock, except for the few that a smart crop needs.
enum VectorLock {
  // Recursive, because freeing one object can free another.
  private static let lock = NSRecursiveLock()

  /// The operations that compile code when they are created. A smart crop resizes as well.
  private static let compiling: Set<String> = ["resize", "sharpen", "smartcrop"]

  /// Frees a reference.
  static func release(_ object: UnsafeMutableRawPointer) {
    lock.withLock { g_object_unref(object) }
  }

  /// Frees an operation with its unused outputs, which would otherwise keep each other alive.
  static func release(operation object: UnsafeMutablePointer<VipsObject>) {
    lock.withLock {
      vips_object_unref_outputs(object)
      g_object_unref(object)
    }
  }

  /// Builds an operation. Savers compute all pixels then, so only what compiles is built under the lock.
  ///
  /// - Returns: what `vips_object_build` does, 0 for success.
  static func build(_ object: UnsafeMutablePointer<VipsObject>, named name: String) -> Int32 {
    guard compiling.contains(name) else { return vips_object_build(object) }
    return lock.withLock { vips_object_build(object) }
  }
}
