import AssetModel
import SiteFiles

/// The result of a call of ``RenderPool/render(_:cache:progress:)``.
package struct RenderResult: Sendable {
  /// One for each job, in the order of the jobs whatever the number of workers.
  package var outcomes: [RenderOutcome]
  /// The disk is full or a folder cannot be written: the run stopped here, and unfinished jobs have fewer variants than
  /// requested.
  package var writeFailure: FileError?
  /// The libvips of this machine lacks a required feature: nothing was generated.
  package var engineFailure: EngineError?

  package init(
    outcomes: [RenderOutcome], writeFailure: FileError? = nil, engineFailure: EngineError? = nil
  ) {
    self.outcomes = outcomes
    self.writeFailure = writeFailure
    self.engineFailure = engineFailure
  }
}

/// What became of one job.
package struct RenderOutcome: Hashable, Sendable {
  /// The source, its content class and real alpha filled in.
  package var source: Source
  /// The files that exist now, generated or reused, in the order of the request.
  package var variants: [Variant]
  /// Requested files that were left out.
  package var dropped: [DroppedRendition]
  /// Failures, and results that deserve attention.
  package var problems: [Diagnostic]
  /// Variants that were there already.
  package var reused: Int
  /// Variants that were encoded and retained.
  package var encoded: Int

  package init(
    source: Source,
    variants: [Variant] = [],
    dropped: [DroppedRendition] = [],
    problems: [Diagnostic] = [],
    reused: Int = 0,
    encoded: Int = 0
  ) {
    self.source = source
    self.variants = variants
    self.dropped = dropped
    self.problems = problems
    self.reused = reused
    self.encoded = encoded
  }
}

/// A requested file that was left out, because the page is better without it.
package struct DroppedRendition: Hashable, Sendable {
  /// Why a file is left out.
  package enum Reason: String, Codable, Sendable {
    /// It would have at least as many bytes as the whole source.
    case notSmaller = "not-smaller"
    /// The format cannot hold so many pixels in a row or column.
    case beyondFormat = "beyond-format"
    /// It has nearly the bytes of the next wider file.
    case closeToNextRung = "close-to-next-rung"
    /// Its format saves too little over the next one.
    case littleOverNextFormat = "little-over-next-format"
    /// The source is too small for it, and nothing is ever enlarged.
    case wouldEnlarge = "would-enlarge"
  }

  /// What the file was for.
  package var purpose: Variant.Purpose
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// How it was to be encoded.
  package var settings: EncodingSettings
  /// Why it is left out.
  package var reason: Reason
  /// The bytes it would have had, where it was encoded.
  package var bytes: Int?

  package init(
    purpose: Variant.Purpose,
    width: Int,
    height: Int,
    settings: EncodingSettings,
    reason: Reason,
    bytes: Int? = nil
  ) {
    self.purpose = purpose
    self.width = width
    self.height = height
    self.settings = settings
    self.reason = reason
    self.bytes = bytes
  }
}

/// How far a render has come.
package struct RenderProgress: Hashable, Sendable {
  /// Jobs that are finished.
  package var finished: Int
  /// All jobs.
  package var total: Int
  /// The source that was finished just now, relative to the site's root.
  package var path: String
  /// Files encoded so far.
  package var encoded: Int

  package init(finished: Int, total: Int, path: String, encoded: Int) {
    self.finished = finished
    self.total = total
    self.path = path
    self.encoded = encoded
  }
}
