import AssetCache
import AssetModel
import Foundation
import VariantPlanner
import Vips

/// Remembers which sources have ended a worker, so that no later run tries them again with the same program and libraries.
struct CrashMemory: Sendable {
  let cache: AssetCache

  /// A decoder's end depends on the source and the libraries. An encoder's depends on the request, too.
  private func key(_ sha256: String, _ job: RenderJob?) -> String {
    var parts = [sha256, LoadedLibraries.libvips ?? "", LoadedLibraries.identity]
    if let job {
      parts += job.renditions.flatMap { rendition in
        (rendition.photograph + rendition.graphic).map {
          VariantName.key(source: job.source, rendition: rendition, settings: $0)
        }
      }
    }
    return cache.key("crash", parts.joined(separator: "\n"))
  }

  /// How sources ended a worker that was to look at them, by digest.
  func deaths(of digests: [String]) -> [String: WorkerDeath] {
    let names = Dictionary(digests.map { (key($0, nil), $0) }, uniquingKeysWith: { first, _ in first })
    return cache.values(.facts, Array(names.keys)).reduce(into: [:]) { deaths, value in
      guard let name = names[value.key] else { return }
      deaths[name] = try? JSONDecoder().decode(WorkerDeath.self, from: value.value)
    }
  }

  /// How a job ended a worker.
  func death(of job: RenderJob) -> WorkerDeath? {
    let keys = [key(job.source.sha256, nil), key(job.source.sha256, job)]
    return cache.values(.facts, keys).values.lazy.compactMap {
      try? JSONDecoder().decode(WorkerDeath.self, from: $0)
    }.first
  }

  /// - Parameter job: the request, if a source was rendered.
  func record(_ death: WorkerDeath, of sha256: String, _ job: RenderJob? = nil) {
    guard death.isRemembered, let data = try? JSONEncoder().encode(death) else { return }
    cache.set([key(sha256, death.isDecoders ? nil : job): data], in: .facts)
  }
}
