import AssetCache
import AssetModel
import Foundation
import Vips

/// Remembers which sources could not be rendered because of their bytes, so that a run with nothing else to do starts no
/// worker for them.
struct RefusalMemory: Sendable {
  let cache: AssetCache

  private func key(_ sha256: String) -> String {
    cache.key("refusal", sha256, LoadedLibraries.identity)
  }

  /// Why an earlier run refused a source with the same bytes.
  func refusal(of source: Source) -> Diagnostic? {
    guard let data = cache.value(.facts, key(source.sha256)),
      var problem = try? JSONDecoder().decode(Diagnostic.self, from: data)
    else { return nil }
    problem.file = source.path
    return problem
  }

  func record(_ problem: Diagnostic, of source: Source) {
    guard problem.isOfTheBytes, let data = try? JSONEncoder().encode(problem) else { return }
    cache.set([key(source.sha256): data], in: .facts)
  }
}

extension Diagnostic {
  /// Whether the same bytes would be refused again. What the machine lacked for a moment says nothing of them.
  var isOfTheBytes: Bool {
    guard rule == .undecodable || rule == .passedThrough else { return false }
    return !["memory", "space", "write", "open", "spill"].contains { message.contains($0) }
  }
}
