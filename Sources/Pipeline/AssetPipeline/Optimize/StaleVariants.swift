import AssetCache
import AssetModel
import Foundation

/// The variants in an output folder that nothing needs any more, and since when. They stay for a grace period, so that a
/// page which a browser or a proxy keeps still finds them.
struct StaleVariants {
  private let cache: AssetCache
  private let key: String
  /// How long they stay, in seconds; nil removes them at once.
  private let grace: Int?
  /// Now, in seconds since 1970.
  private let now: Int

  /// - Parameters:
  ///   - output: the output folder, absolute.
  ///   - grace: how long they stay, in seconds; nil removes them at once.
  ///   - cache: remembers since when.
  ///   - now: seconds since 1970.
  init(output: String, grace: Int?, cache: AssetCache, now: Int = Int(Date().timeIntervalSince1970)) {
    self.cache = cache
    self.grace = grace
    self.now = now
    key = ContentDigest.sha256("stale\n" + output)
  }

  /// Which files stay, and when the first of them goes, in seconds since 1970.
  ///
  /// A variant that is needed again is forgotten: should it become unneeded once more, its time begins anew.
  ///
  /// - Parameters:
  ///   - unneeded: the files of the output that nothing needs.
  ///   - folder: the folder of variants in the output.
  func retained(of unneeded: [String], in folder: String) -> (files: Set<String>, until: Int?) {
    let variants = unneeded.filter { $0.hasPrefix(folder + "/") }
    guard let grace, !variants.isEmpty else {
      if cache.value(.stale, key) != nil { cache.remove([key], from: .stale) }
      return ([], nil)
    }
    let starts = since()
    var retained: [String: Int] = [:]
    for path in variants {
      // A clock that was set back must not keep a file for ever.
      let start = min(starts[path] ?? now, now)
      if now - start < grace { retained[path] = start }
    }
    if retained != starts, let data = CompactEncoder.data(of: retained) { cache.set([key: data], in: .stale) }
    return (Set(retained.keys), retained.values.min().map { $0 + grace })
  }

  private func since() -> [String: Int] {
    cache.value(.stale, key).flatMap { CompactDecoder.value([String: Int].self, of: $0) } ?? [:]
  }
}
