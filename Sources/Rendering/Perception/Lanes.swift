/// The number of pixels that one step of the inner loops works on: two registers of a plain x86-64 or arm64 processor,
/// so that each instruction has a second, independent one beside it.
typealias Lanes = SIMD8<Float>

extension UnsafePointer<Float> {
  /// The eight values from `index` on, which need no alignment.
  @inline(__always)
  func lanes(_ index: Int) -> Lanes {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lanes.self)
  }
}

extension UnsafeMutablePointer<Float> {
  /// Writes eight values from `index` on, which need no alignment.
  @inline(__always)
  func store(_ value: Lanes, at index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: value, as: Lanes.self)
  }
}

/// |v|, by clearing the sign bits.
@inline(__always)
func magnitude(_ value: Lanes) -> Lanes {
  unsafeBitCast(unsafeBitCast(value, to: SIMD8<UInt32>.self) & 0x7fff_ffff, to: Lanes.self)
}

/// The least multiple of eight that is not below `count`: the length of a row in memory.
@inline(__always)
func paddedToLanes(_ count: Int) -> Int { (count + 7) & ~7 }

/// Zeroed memory for rows of intermediate values, allocated once for a run and given back at its end.
final class RowStore {
  private let memory: UnsafeMutablePointer<Float>
  private let capacity: Int
  private var used = 0

  init(capacity: Int) {
    self.capacity = capacity
    memory = .allocate(capacity: capacity)
    memory.initialize(repeating: 0, count: capacity)
  }

  deinit {
    memory.deinitialize(count: capacity)
    memory.deallocate()
  }

  /// The next `count` floats. They live as long as the store.
  func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    precondition(count >= 0 && used + count <= capacity, "the store is sized by its plan")
    defer { used += count }
    return memory + used
  }
}
