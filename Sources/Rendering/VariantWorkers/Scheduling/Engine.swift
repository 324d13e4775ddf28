import AssetModel
import Vips

/// The libvips that does the work, and its features: builds of it differ in the libraries that they use.
package struct Engine: Hashable, Sendable, Encodable {
  /// `8.14.1`
  package var version: String
  /// The file that it was loaded from; nil if that is unknown.
  package var path: String?
  /// What can be decoded.
  package var reads: [ImageFormat]
  /// What can be encoded.
  package var writes: [ImageFormat]

  /// Every format that some build decodes, and every one that some build encodes.
  package static let allReads = ImageFormat.allCases.filter(\.isDecoded)
  /// See ``allReads``.
  package static let allWrites: [ImageFormat] = [.avif, .jpeg, .jxl, .png, .webp]

  /// Starts libvips and asks it.
  ///
  /// - Throws: ``EngineError/noStart(_:)``
  package static func loaded() throws(EngineError) -> Engine {
    try start()
    return Engine(
      version: VipsLibrary.version, path: LoadedLibraries.libvips, reads: allReads.filter(\.isReadable),
      writes: allWrites.filter(\.isWritable))
  }

  /// Refuses formats that cannot be encoded, before hours of work come to nothing.
  ///
  /// - Throws: ``EngineError``
  package static func check(writes formats: some Sequence<ImageFormat>) throws(EngineError) {
    try start()
    let missing = Set(formats).filter { !$0.isWritable }.sorted { $0.rawValue < $1.rawValue }
    guard let first = missing.first else { return }
    throw .writes(no: first, version: VipsLibrary.version, path: LoadedLibraries.libvips)
  }

  private static func start() throws(EngineError) {
    do throws(VipsError) { try VipsLibrary.started() } catch { throw .noStart(error.message) }
  }
}

/// What the libvips of this machine is not good for.
package enum EngineError: DiagnosticError, Hashable, Sendable {
  /// It does not start, or is of a version that does not do.
  case noStart(String)
  /// A format is wanted that it cannot encode.
  case writes(no: ImageFormat, version: String, path: String?)
  /// No render worker starts, or none stays: the reason.
  case noWorker(String)

  /// What is missing and what to do.
  package var diagnostic: Diagnostic {
    switch self {
    case .noStart(let message):
      Diagnostic(.error, .engine, message: "libvips does not start: \(message)")
    case .noWorker(let reason):
      Diagnostic(
        .error, .engine, message: "the render worker does not start: \(reason)",
        advice: "reinstall the program")
    case .writes(let format, let version, let path):
      Diagnostic(
        .error, .engine,
        message: "libvips \(version)\(path.map { " (\($0))" } ?? "") writes no \(format.title)",
        advice: Self.remedy(format))
    }
  }

  private static func remedy(_ format: ImageFormat) -> String {
    switch format {
    // The one encoder that Debian and Ubuntu keep apart from libvips.
    case .avif:
      "install its encoder, libheif-plugin-aomenc on Debian 13 and Ubuntu 24.04, or configure `formats: {avif: none}`"
    case .jxl: "install a libvips that does, or leave `jxl` out of `formats`"
    default: "install a libvips that does"
    }
  }
}
