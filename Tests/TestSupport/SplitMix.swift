/// The random numbers of tests: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014),
/// which gives the same numbers for the same seed on every machine, so that a failure repeats.
package struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SplitMix {
  /// Damages bytes: some of them become others, and at times the end is missing.
  ///
  /// - Parameters:
  ///   - changes: how many bytes at most.
  ///   - places: where; everywhere if nil.
  package mutating func damage(_ bytes: inout [UInt8], changes: Int, in places: Range<Int>? = nil) {
    for _ in 0..<Int.random(in: 1...changes, using: &self) where !bytes.isEmpty {
      let place = Int.random(in: places ?? bytes.indices, using: &self)
      bytes[place] = UInt8.random(in: 0...255, using: &self)
    }
    if next() % 3 == 0 { bytes.removeLast(Int.random(in: 0...bytes.count, using: &self)) }
  }
}
