import SystemResources
import Vips

/// The memory that rendering may use, and what is done about sources that need more.
package struct MemoryBudget: Hashable, Sendable {
  /// Bytes that all units of work together may need by ``MemoryCost``.
  let bytes: Int
  /// The most bytes that a process with no other work may have in memory; nil for no limit.
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

  /// The share of the memory that units get. The rest is for freed memory that the C library cannot return, because
  /// parts of it are still in use. It is chosen generously, not measured: with a limit of 1 GiB, twenty pictures of 100
  /// megapixels in five formats used 736,400 KiB.
  static let usable = 0.8

  /// What is used where the user says nothing: half of what the process may use, at most 2 GiB.
  package static var defaultLimit: Int { min(MemoryAllowance.bytes / 2, 2 << 30) }

  /// How the pixels of a source of this estimated size are stored. It depends only on the limit and the size, and no
  /// file's bytes depend on it.
  func storage(for reservation: Reservation) -> Image.Storage {
    reservation.working <= bytes ? .memory : .disc(above: Self.leastSpill)
  }

  /// Pictures of fewer bytes always stay in memory.
  private static let leastSpill = 16 << 20
}
