import AssetModel

extension VariantPlanner {
  /// Adds one file to a plan for each of some pictures: with as many pixels, in the format of a `srcset`, which every browser
  /// shows that the site is made for.
  ///
  /// - Parameters:
  ///   - paths: the pictures.
  ///   - plan: gains them.
  /// - Returns: the digests of the pictures that nothing else wanted such a file of.
  package func addSingles(of paths: Set<String>, _ manifest: AssetManifest, to plan: inout Plan) -> Set<
    String
  > {
    var added: Set<String> = []
    for source in manifest.sources where paths.contains(source.path) && !added.contains(source.sha256) {
      guard passThroughReason(source) == nil, source.content != .animation, source.format != .avif,
        source.format != .webp
      else { continue }
      // Transparent AVIF is not shown alike everywhere.
      let rendition = Rendition(
        width: source.width, height: source.height, purpose: .sameSize,
        photograph: options.fitted(options.photographEncodings(for: [.srcset]), to: source),
        graphic: options.fitted(options.graphicEncodings(for: [], further: [.webp]), to: source))
      guard let index = plan.jobs.firstIndex(where: { $0.source.sha256 == source.sha256 }) else {
        var job = RenderJob(source: source, renditions: [rendition], content: nil)
        job.scores = options.scores
        plan.jobs.append(job)
        added.insert(source.sha256)
        continue
      }
      let isThere = plan.jobs[index].renditions.contains {
        $0.purpose == .sameSize && $0.width == source.width && $0.crop == nil
      }
      guard !isThere else { continue }
      plan.jobs[index].renditions = (plan.jobs[index].renditions + [rendition]).sorted(by: Self.isWider)
      added.insert(source.sha256)
    }
    plan.jobs.sort { $0.source.path < $1.source.path }
    return added
  }

  /// The order of renditions: the widest first.
  static func isWider(_ a: Rendition, _ b: Rendition) -> Bool {
    (b.width, b.height, a.purpose.rawValue, a.crop?.description ?? "")
      < (a.width, a.height, b.purpose.rawValue, b.crop?.description ?? "")
  }
}
