import AssetCache
import AssetModel
import Foundation
import Vips

/// Remembers which sources could not be rendered because of their bytes, so that a run with nothing else to do starts no
/// worker for them.
struct RefusalMemory: Sendable {
  let cache: AssetCache

  /// An animation is refused as one, and not as the picture that its author may say it is.
  private func key(_ source: Source) -> String {
    cache.key("refusal", source.sha256, source.content?.rawValue ?? "", LoadedLibraries.identity)
  }

  /// Why an earlier run refused a source with the same bytes.
  func refusal(of source: Source) -> Diagnostic? {
    guard let data = cache.value(.facts, key(source)),
      var problem = try? JSONDecoder().decode(Diagnostic.self, from: data)
    else { return nil }
    problem.file = source.path
    return problem
  }

  func record(_ problem: Diagnostic, of source: Source) {
    guard problem.isOfTheBytes, let data = try? JSONEncoder().encode(problem) else { return }
    cache.set([key(source): data], in: .facts)
  }
}

extension Diagnostic {
  /// Whether the same bytes would be refused again. What the machine lacked for a moment says nothing of them.
  var isOfTheBytes: Bool {
    guard rule == .undecodable || rule == .passedThrough else { return false }
    return !["memory", "space", "write", "open", "spill"].contains { message.contains($0) }
  }
}
