import AssetModel

/// The guard step: whether a file is small enough to be taken on, by its length and by what its header claims. It comes
/// before any pixel is decoded, so a file that claims to be huge costs nothing.
enum GuardStep {
  /// What is wrong with a file of so many bytes; nil where nothing is.
  static func refusal(_ path: String, bytes: Int, _ limits: SourceLimits) -> Diagnostic? {
    guard bytes > limits.maxBytes else { return nil }
    return problem(path, "the file has \(bytes) bytes, more than the limit of \(limits.maxBytes)")
  }

  /// What is wrong with a source's dimensions; nil where nothing is.
  static func refusal(_ source: Source, _ limits: SourceLimits) -> Diagnostic? {
    // A header can claim anything, a product that no integer holds included.
    let (pixels, overflow) = source.width.multipliedReportingOverflow(by: source.height)
    guard overflow || pixels > limits.maxPixels else { return nil }
    return problem(
      source.path, "\(source.width)x\(source.height) pixels are more than the limit of \(limits.maxPixels)")
  }

  /// Why a source is not opened, whose reader libvips itself calls unfit for files of strangers; nil where it is.
  static func reserve(_ source: Source, _ limits: SourceLimits) -> Diagnostic? {
    guard let loader = source.format.loader, loader.isUntrusted, !limits.reads.contains(source.format) else {
      return nil
    }
    let title = source.format.title
    return Diagnostic(
      .warning, .notShown, file: source.path,
      message: "left as it is, and most browsers do not show it: libvips calls its \(title) reader unfit for"
        + " files of strangers",
      advice: "save it as JPEG or PNG, or have such files read: formats: {read: [\(source.format.rawValue)]}")
  }

  private static func problem(_ path: String, _ message: String) -> Diagnostic {
    Diagnostic(.error, .tooLarge, file: path, message: message, advice: "make it smaller, or raise the limit")
  }
}
