import SystemResources
import Vips

/// The memory that rendering may use, and what is done about sources that need more.
package struct MemoryBudget: Hashable, Sendable {
  /// Bytes that all units of work together may need by ``MemoryCost``.
  let bytes: Int
  /// Bytes that a process which does nothing else may have in memory by what it was made from; nil for no limit.
  let limit: Int?

  /// No limit.
  package static let unlimited = MemoryBudget(bytes: .max / 4)

  init(bytes: Int) {
    self.bytes = bytes
    limit = nil
  }

  /// What a limit on the process's resident memory leaves.
  ///
  /// - Parameters:
  ///   - limit: bytes that the process may have in memory.
  ///   - resident: bytes that it has before anything is rendered.
  package init(limit: Int, resident: Int = MemoryAllowance.resident ?? 0) {
    bytes = max(1, Int(Double(limit - resident) * Self.usable))
    self.limit = max(1, limit - resident)
  }

  /// The share of the memory that units are given. The rest is for what the C library keeps of freed memory, because
  /// pieces of it are in use. Chosen with room to spare, not measured for itself: with a limit of 1 GiB twenty pictures of
  /// 100 megapixels, five formats, came to 736,400 KiB.
  static let usable = 0.8

  /// What is used where the user says nothing: half of what the process may use, at most 2 GiB.
  package static var defaultLimit: Int { min(MemoryAllowance.bytes / 2, 2 << 30) }

  /// How the pixels of a source are kept that is estimated at so many bytes. It depends on nothing but the two, and no
  /// file's bytes depend on it.
  func storage(for reservation: Reservation) -> Image.Storage {
    reservation.working <= bytes ? .memory : .disc(above: Self.leastSpill)
  }

  /// Pictures of fewer bytes are kept in memory in any case.
  private static let leastSpill = 16 << 20
}
