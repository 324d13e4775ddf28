import AssetModel
import Foundation
import SystemResources

extension SiteBuild {
  /// The configuration with the widths at which the pages show their images, where none were measured yet.
  ///
  /// They are written into the configuration file, as `calibrate` does, so that builds without a browser have them too.
  ///
  /// - Parameters:
  ///   - pages: the folder with the generator's pages.
  ///   - hasDoor: whether the generator may give images of pages that scripts render again candidates.
  ///   - notes: gains what a person should know.
  /// - Throws: ``PipelineError`` where measuring failed, but for want of a browser; ``ConfigurationError``.
  func measured(
    _ pages: String, hasDoor: Bool, notes: inout [String], _ cancellation: Cancellation,
    _ progress: @escaping @Sendable (PipelineProgress) -> Void
  ) throws -> Configuration {
    guard !configuration.layouts.rules.contains(where: { $0.slot != nil }) else { return configuration }
    var chosen = configuration.ofPages
    chosen.cache = .off
    var wanted = Calibrator.Options()
    wanted.file = options.configurationFile ?? site + "/" + Configuration.fileName
    var calibrator = Calibrator(site: pages, configuration: chosen, options: wanted)
    (calibrator.log, calibrator.releasesFrameworks) = (log, hasDoor)
    do {
      let report = try calibrator.calibrate(cancellation: cancellation, progress: progress)
      guard report.layouts.rules.contains(where: { $0.slot != nil }) else {
        let reason = report.notes.first.map { " (\($0))" } ?? ""
        notes.append("--measure: no width was found that holds for all images of a kind" + reason)
        return configuration
      }
      try calibrator.write(report)
      notes.append(
        "--measure: \(report.images.count.counted("image")) on \(report.pages.counted("page")) measured in"
          + " \(report.browser), and"
          + " 'layouts' written to \(calibrator.file)")
      var configuration = configuration
      configuration.layouts = report.layouts
      return configuration
    } catch PipelineError.browser(let diagnostic) {
      notes.append("--measure: nothing was measured, the build goes on without: \(diagnostic.text)")
      return configuration
    }
  }
}

extension Configuration {
  /// The same for the pages that a generator made of a site: they are pages, whatever the site is, and folders of the sources
  /// are none of theirs.
  var ofPages: Configuration {
    var chosen = self
    (chosen.kind, chosen.folder, chosen.oracle) = (.html, nil, .builtIn)
    return chosen
  }
}
