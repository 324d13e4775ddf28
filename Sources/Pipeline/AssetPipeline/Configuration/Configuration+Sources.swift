import VariantWorkers

extension Configuration {
  /// Which image files are opened.
  var sourceLimits: SourceLimits { SourceLimits(maxPixels: maxPixels, reads: reads) }
}
